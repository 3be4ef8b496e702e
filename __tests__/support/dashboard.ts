import { block } from "./blocks";
import type { Configuration } from "./synth";

/** A metric as a widget has it: namespace, name, names and values of dimensions, settings. */
export type Metric = readonly (string | Readonly<Record<string, unknown>>)[];

/** The body of a dashboard, as far as ours have it. */
export interface DashboardBody {
  readonly start: string;
  readonly periodOverride: string;
  readonly widgets: readonly {
    readonly type: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly properties: {
      readonly title: string;
      readonly metrics: readonly Metric[];
      readonly stat: string;
      readonly period: number;
      readonly region: string;
      readonly view: string;
    };
  }[];
}

/** The widgets of a deployment with an instance of RDS and a REST API. */
export const TITLES = [
  "Metadata service: CPU and memory (%)",
  "Load balancer: targets",
  "Schema migration: calls and errors",
  "REST API: requests and errors",
  "REST API: latency (ms)",
  "Database: CPU (%)",
  "Database: connections",
  "Database: free storage (bytes)",
  "Bucket: size (bytes)",
  "Bucket: objects",
];

/**
 * The dimensions with which AWS has each metric.
 *
 * Source: the lists of CloudWatch metrics in the guides of Amazon ECS, Network Load Balancers, AWS Lambda, Amazon API Gateway, Amazon RDS,
 * Amazon Aurora and Amazon S3.
 */
const DIMENSIONS: Readonly<Record<string, readonly string[]>> = {
  "AWS/ApiGateway 4XXError": ["ApiName", "Stage"],
  "AWS/ApiGateway 5XXError": ["ApiName", "Stage"],
  "AWS/ApiGateway Count": ["ApiName", "Stage"],
  "AWS/ApiGateway Latency": ["ApiName", "Stage"],
  "AWS/ECS CPUUtilization": ["ClusterName", "ServiceName"],
  "AWS/ECS MemoryUtilization": ["ClusterName", "ServiceName"],
  "AWS/Lambda Errors": ["FunctionName"],
  "AWS/Lambda Invocations": ["FunctionName"],
  "AWS/NetworkELB HealthyHostCount": ["LoadBalancer", "TargetGroup"],
  "AWS/NetworkELB UnHealthyHostCount": ["LoadBalancer", "TargetGroup"],
  "AWS/RDS CPUUtilization": ["DBInstanceIdentifier"],
  "AWS/RDS DatabaseConnections": ["DBInstanceIdentifier"],
  "AWS/RDS FreeStorageSpace": ["DBInstanceIdentifier"],
  "AWS/RDS VolumeBytesUsed": ["DBClusterIdentifier"],
  "AWS/S3 BucketSizeBytes": ["BucketName", "StorageType"],
  "AWS/S3 NumberOfObjects": ["BucketName", "StorageType"],
};

const STATISTIC = /^(Average|Maximum|Minimum|SampleCount|Sum|p\d{1,2}(\.\d+)?)$/;

/**
 * What a body has that CloudWatch does not document for it.
 *
 * Source: "Dashboard Body Structure and Syntax" in the Amazon CloudWatch API Reference.
 */
export function problemsOf({ start, periodOverride, widgets }: DashboardBody): string[] {
  const problems: string[] = [];
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  check(/^-P(\d+[DWM]|T\d+[MH])$/.test(start), `start is ${start}`);
  check(["auto", "inherit"].includes(periodOverride), `periodOverride is ${periodOverride}`);
  check(widgets.length > 0 && widgets.length <= 500, `there are ${String(widgets.length)} widgets`);
  const taken = new Set<string>();
  for (const { type, x, y, width, height, properties } of widgets) {
    const { title, metrics, stat, period, region, view } = properties;
    check(type === "metric", `${title} is of the type ${type}`);
    check([x, y, width, height].every(Number.isInteger), `${title} is at fractions of the grid`);
    check(x >= 0 && y >= 0 && width >= 1 && height >= 1 && height <= 1000, `${title} is outside of the grid`);
    check(x + width <= 24, `${title} ends at column ${String(x + width)}`);
    for (let column = x; column < x + width; column++) {
      for (let row = y; row < y + height; row++) {
        const place = `${String(column)},${String(row)}`;
        check(!taken.has(place), `${title} overlaps another widget`);
        taken.add(place);
      }
    }
    check(title !== "", "a widget has no title");
    check(["bar", "gauge", "pie", "singleValue", "timeSeries"].includes(view), `${title} has the view ${view}`);
    check(region !== "", `${title} has no region`);
    check([1, 5, 10, 30].includes(period) || period % 60 === 0, `${title} has the period ${String(period)}`);
    check(metrics.length > 0, `${title} has no metrics`);
    for (const metric of metrics) problems.push(...problemsOfMetric(metric, stat));
  }
  return [...new Set(problems)];
}

function problemsOfMetric(metric: Metric, ofWidget: string): string[] {
  const { name, dimensions, settings } = partsOf(metric);
  const stat = settings.stat ?? ofWidget;
  const wanted = DIMENSIONS[name];
  return [
    ...(wanted === undefined ? [`${name} is no metric of AWS's`] : []),
    ...(JSON.stringify(Object.keys(dimensions)) === JSON.stringify(wanted) ? [] : [`${name} has other dimensions`]),
    ...(Object.values(dimensions).every((value) => value !== "") ? [] : [`${name} has a dimension without a value`]),
    ...(STATISTIC.test(String(stat)) ? [] : [`${name} has the statistic ${String(stat)}`]),
    ...Object.keys(settings)
      .filter((each) => !["color", "id", "label", "period", "region", "stat", "visible", "yAxis"].includes(each))
      .map((each) => `${name} has the setting ${each}`),
  ];
}

function partsOf(metric: Metric) {
  const last = metric.at(-1);
  const settings = typeof last === "object" ? last : {};
  const [namespace = "", name = "", ...rest] = metric.filter((part): part is string => typeof part === "string");
  const pairs = rest.flatMap((key, index) => (index % 2 === 0 ? [[key, rest[index + 1] ?? ""] as const] : []));
  return { namespace, name: `${namespace} ${name}`, dimensions: Object.fromEntries(pairs), settings };
}

/** The titles of the widgets, in their order. */
export function titlesOf({ widgets }: DashboardBody): string[] {
  return widgets.map(({ properties }) => properties.title);
}

/** The dimensions of each namespace, with the values of its last metric. */
export function dimensionsOf({ widgets }: DashboardBody): Record<string, Record<string, string>> {
  const all = widgets.flatMap(({ properties }) => properties.metrics).map(partsOf);
  return Object.fromEntries(all.map(({ namespace, dimensions }) => [namespace, dimensions]));
}

/** The values of all dimensions of all metrics. */
export function valuesOf({ widgets }: DashboardBody): string[] {
  const all = widgets
    .flatMap(({ properties }) => properties.metrics)
    .flatMap((one) => Object.values(partsOf(one).dimensions));
  return [...new Set(all)];
}

/** The body as it is synthesized, each reference being a text, `<aws_ecs_cluster.metadata_service_this.name>`. */
export function synthesizedBody(configuration: Configuration): DashboardBody {
  const text = String(block(configuration, "aws_cloudwatch_dashboard.dashboard_this")?.dashboard_body);
  const [, object = ""] = /^\$\{jsonencode\((.*)\)\}$/s.exec(text) ?? [];
  const json = object.replace(/(?<!["\w.])(data\.)?aws_\w+\.\w+(\[0\])?\.\w+/g, '"<$&>"').replace(/" = /g, '": ');
  return JSON.parse(json) as DashboardBody;
}
