import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { Construct } from "constructs";
import { instanceAttribute, resource } from "../../lib/synth/addresses";
import { all, countIf, notEqual } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { assumedBy, assumedIn } from "../../lib/aws/policy";
import { attachServicePolicy, type OwnRole, ownRole } from "./own-role";
import type { MetaflowInputs } from "./generated/interface";
import type { Location } from "../../lib/aws/location";

/** The role by which RDS writes the database's metrics to CloudWatch Logs. */
export class MonitoringRole extends Construct {
  public readonly arn: string;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, location: Location) {
    super(scope, id);
    const hasRole = notEqual(inputs.monitoringInterval, 0);
    this.arn = managedRole(this, inputs, location, {
      count: countIf(hasRole),
      middle: "rds-monitoring",
      what: "role of RDS's monitoring",
      trust: assumedIn(location.account, "monitoring.rds.amazonaws.com"),
      managedPolicy: "AmazonRDSEnhancedMonitoringRole",
    }).arn;
  }
}

/** API Gateway's role for CloudWatch Logs: a setting that an account has once a region. */
export class ApiGatewayAccountRole extends Construct {
  /** The setting, without which a stage with logs is refused. */
  public readonly account: ApiGatewayAccount;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, location: Location) {
    super(scope, id);
    const count = countIf(all(inputs.apiAccessLogs, inputs.apiGatewayAccountRole));
    const { arn, attachment } = managedRole(this, inputs, location, {
      count,
      middle: "api-logs",
      what: "role of API Gateway's logs",
      trust: assumedBy("apigateway.amazonaws.com"),
      managedPolicy: "AmazonAPIGatewayPushToCloudWatchLogs",
    });
    this.account = resource(this, ApiGatewayAccount, "this", {
      count,
      cloudwatchRoleArn: arn,
      dependsOn: [attachment],
    });
  }
}

interface ManagedRole extends OwnRole {
  readonly count: number;
  /** The name of AWS's own policy for that service. */
  readonly managedPolicy: string;
}

/** A role for one of AWS's services, with AWS's own policy for it. */
function managedRole(scope: Construct, inputs: Inputs<MetaflowInputs>, { partition }: Location, wanted: ManagedRole) {
  const role = ownRole(scope, inputs, wanted);
  const attachment = attachServicePolicy(scope, role, partition, wanted.managedPolicy, wanted.count);
  return { arn: instanceAttribute(role, 0, "arn").string, attachment };
}
