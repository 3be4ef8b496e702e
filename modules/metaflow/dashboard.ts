import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { dashboardName, dashboardUrl } from "../../lib/aws/cloudwatch";
import type { Location } from "../../lib/aws/location";
import { isAurora } from "../../lib/aws/rds";
import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { ifElse, jsonencode } from "../../lib/hcl/functions";
import { isAbsent, resource } from "../../lib/synth/addresses";
import { affixedName } from "../../lib/synth/checked";
import type { Datastore } from "../datastore";
import type { MetadataService } from "../metadata-service";
import type { MetaflowInputs } from "./generated/interface";

/** What a dashboard shows, and where it is. */
export interface DashboardParts {
  readonly location: Location;
  readonly datastore: Datastore;
  readonly metadataService: MetadataService;
}

/** A dashboard of CloudWatch with the measurements that AWS makes of a deployment without being asked. */
export class Dashboard extends Construct {
  public readonly dashboard: CloudwatchDashboard;
  /** Its page in the AWS console. */
  public readonly url: string;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, parts: DashboardParts) {
    super(scope, id);
    const { datastore, location, metadataService } = parts;
    const rows = [
      serviceGraphs(metadataService),
      apiGraphs(metadataService),
      databaseGraphs(datastore, inputs.dbEngine),
      bucketGraphs(datastore),
    ].filter((row) => row.length > 0);
    this.dashboard = resource(this, CloudwatchDashboard, "this", {
      dashboardName: affixedName(this, "name", inputs, {
        middle: "dashboard",
        what: "dashboard",
        rule: dashboardName,
      }),
      dashboardBody: jsonencode({
        // S3 measures once a day: a shorter time would show nothing of the bucket, and a shorter period gaps.
        start: "-P7D",
        periodOverride: "inherit",
        widgets: widgets(rows, location.region),
      }),
    });
    this.url = dashboardUrl(location, this.dashboard.dashboardName);
  }
}

/** A graph over time. */
interface Graph {
  readonly title: Operand;
  /** Each as the dashboard's body has it: namespace, name, a name and a value for each dimension, settings. */
  readonly metrics: readonly Operand[];
  readonly stat: "Average" | "Maximum" | "Minimum" | "Sum";
  /** The seconds of a point. */
  readonly period: number;
}

const COLUMNS = 24;
const HEIGHT = 6;
const FIVE_MINUTES = 300;
const DAY = 86400;

/**
 * The graphs of each row, which share its width.
 *
 * Source: "Dashboard Body Structure and Syntax" in the Amazon CloudWatch API Reference.
 */
function widgets(rows: readonly (readonly Graph[])[], region: Operand): Operand[] {
  return rows.flatMap((row, index) => {
    const width = COLUMNS / row.length;
    return row.map(({ title, metrics, stat, period }, column) => ({
      type: "metric",
      x: column * width,
      y: index * HEIGHT,
      width,
      height: HEIGHT,
      properties: { title, metrics, stat, period, region, view: "timeSeries", yAxis: { left: { min: 0 } } },
    }));
  });
}

type Dimensions = Readonly<Record<string, Operand>>;

/** Metrics of a namespace with the same dimensions, each by its name or with settings of its own. */
function metrics(
  namespace: string,
  dimensions: Dimensions,
  ...of: readonly (string | readonly [name: string, settings: Dimensions])[]
): Operand[] {
  const place = Object.entries(dimensions).flat();
  return of.map((one) =>
    typeof one === "string" ? [namespace, one, ...place] : [namespace, one[0], ...place, one[1]],
  );
}

/** The service's tasks, the load balancer's targets, and the migrations. */
function serviceGraphs(service: MetadataService): Graph[] {
  const { cluster, loadBalancer, migrationFunction, service: tasks, targetGroup } = service;
  return [
    {
      title: "Metadata service: CPU and memory (%)",
      metrics: metrics(
        "AWS/ECS",
        { ClusterName: cluster.name, ServiceName: tasks.name },
        "CPUUtilization",
        "MemoryUtilization",
      ),
      stat: "Average",
      period: FIVE_MINUTES,
    },
    {
      title: "Load balancer: targets",
      metrics: metrics(
        "AWS/NetworkELB",
        { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: targetGroup.arnSuffix },
        "HealthyHostCount",
        ["UnHealthyHostCount", { stat: "Maximum" }],
      ),
      stat: "Minimum",
      period: FIVE_MINUTES,
    },
    {
      title: "Schema migration: calls and errors",
      metrics: metrics("AWS/Lambda", { FunctionName: migrationFunction.functionName }, "Invocations", "Errors"),
      stat: "Sum",
      period: FIVE_MINUTES,
    },
  ];
}

/** The REST API, where there is one. */
function apiGraphs({ api, apiStage }: MetadataService): Graph[] {
  if (isAbsent(api)) return [];
  const dimensions = { ApiName: api.name, Stage: apiStage.stageName };
  return [
    {
      title: "REST API: requests and errors",
      metrics: metrics("AWS/ApiGateway", dimensions, ["Count", { stat: "SampleCount" }], "4XXError", "5XXError"),
      stat: "Sum",
      period: FIVE_MINUTES,
    },
    {
      title: "REST API: latency (ms)",
      metrics: metrics(
        "AWS/ApiGateway",
        dimensions,
        ["Latency", { label: "average" }],
        ["Latency", { label: "p99", stat: "p99" }],
      ),
      stat: "Average",
      period: FIVE_MINUTES,
    },
  ];
}

/** The database, where the deployment has made it: an instance of RDS, or one in an Aurora cluster, whose storage grows by itself. */
function databaseGraphs({ cluster, clusterInstance, instance }: Datastore, engine: string): Graph[] {
  if (isAbsent(instance) && isAbsent(cluster)) return [];
  const ofAurora = isAurora(engine);
  const dimensions = { DBInstanceIdentifier: ifElse(ofAurora, clusterInstance.identifier, instance.identifier) };
  const one = { stat: "Average", period: FIVE_MINUTES } as const;
  return [
    { ...one, title: "Database: CPU (%)", metrics: metrics("AWS/RDS", dimensions, "CPUUtilization") },
    { ...one, title: "Database: connections", metrics: metrics("AWS/RDS", dimensions, "DatabaseConnections") },
    {
      ...one,
      title: ifElse(ofAurora, "Database: used storage (bytes)", "Database: free storage (bytes)"),
      metrics: [
        [
          "AWS/RDS",
          ifElse(ofAurora, "VolumeBytesUsed", "FreeStorageSpace"),
          ifElse(ofAurora, "DBClusterIdentifier", "DBInstanceIdentifier"),
          ifElse(ofAurora, cluster.clusterIdentifier, instance.identifier),
        ],
      ],
    },
  ];
}

/** The bucket, whoever has made it. */
function bucketGraphs({ s3BucketName: BucketName }: Datastore): Graph[] {
  const daily = { stat: "Average", period: DAY } as const;
  return [
    {
      ...daily,
      title: "Bucket: size (bytes)",
      metrics: metrics("AWS/S3", { BucketName, StorageType: "StandardStorage" }, "BucketSizeBytes"),
    },
    {
      ...daily,
      title: "Bucket: objects",
      metrics: metrics("AWS/S3", { BucketName, StorageType: "AllStorageTypes" }, "NumberOfObjects"),
    },
  ];
}
