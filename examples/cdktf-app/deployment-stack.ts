import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { Metaflow, type MetaflowProps } from "cdktf-metaflow/metaflow";
import type { Construct } from "constructs";

/** The props of {@link DeploymentStack}. */
export interface DeploymentStackProps {
  /** The region of the deployment and of the state's bucket. */
  readonly region: string;

  /** The name of the bucket that holds the states of all deployments. */
  readonly stateBucket: string;

  /** The settings of Metaflow in which this deployment is not like the others. */
  readonly settings: Omit<MetaflowProps, "resourcePrefix" | "resourceSuffix">;

  /**
   * The ARN of the SNS topic to tell when the database runs out of storage.
   *
   * @default - no alarm
   */
  readonly alarmTopicArn?: string;
}

/** A deployment of Metaflow. The stack's id is the name of its environment. */
export class DeploymentStack extends TerraformStack {
  /** What the stack deploys. */
  public readonly metaflow: Metaflow;

  public constructor(scope: Construct, id: string, props: DeploymentStackProps) {
    super(scope, id);
    const { region, stateBucket, settings, alarmTopicArn } = props;
    new AwsProvider(this, "aws", { region });
    new RandomProvider(this, "random");
    const backend = new S3Backend(this, { bucket: stateBucket, key: `metaflow/${id}.tfstate`, region, encrypt: true });
    // Terraform 1.10 locks the state in its bucket; CDKTF's types do not have the argument.
    backend.addOverride("use_lockfile", true);

    this.metaflow = new Metaflow(this, "metaflow", {
      resourcePrefix: "acme-metaflow-",
      resourceSuffix: `-${id}`,
      standardTags: { application: "metaflow", environment: id },
      ...settings,
    });
    if (alarmTopicArn !== undefined) this.alarm(alarmTopicArn);
    new TerraformOutput(this, "profile", { value: this.metaflow.metaflowProfileJson, sensitive: true });
  }

  /** Tells a topic when the database has less than 2 GiB of storage left. */
  private alarm(topicArn: string): void {
    new CloudwatchMetricAlarm(this, "database_storage", {
      alarmName: `acme-metaflow-database-storage-${this.node.id}`,
      namespace: "AWS/RDS",
      metricName: "FreeStorageSpace",
      dimensions: { DBInstanceIdentifier: this.metaflow.datastore.instance.identifier },
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 2 ** 31,
      period: 300,
      evaluationPeriods: 1,
      alarmActions: [topicArn],
    });
  }
}
