import type { Progress, StateResource } from "./data";

/** A part of the diagram, as README.md draws it. */
export interface Part {
  readonly id: string;
  readonly title: string;
  /** The type of the resource that gives it its name. */
  readonly main: string;
  /** Types, or types and names, of its resources: `aws_lb_listener.metadata_service_this`. */
  readonly holds: RegExp;
}

/** The first part that holds a resource has it. */
export const PARTS: readonly Part[] = [
  { id: "keys", title: "KMS keys", main: "aws_kms_key", holds: /^aws_kms_/ },
  {
    id: "network",
    title: "Network",
    main: "aws_vpc",
    holds: /^aws_(vpc|subnet|route|internet|nat|eip|flow|default)|\.(network|flow_logs)_/,
  },
  {
    id: "api",
    title: "API Gateway",
    main: "aws_api_gateway_rest_api",
    holds: /^aws_(api_gateway|apigateway)|\.(api_gateway|metadata_service_api)(_|$)/,
  },
  {
    id: "migration",
    title: "Lambda: schema migration",
    main: "aws_lambda_function",
    holds: /^aws_lambda|^aws_sqs|^aws_security_group\.\w*db_migrate|^aws_cloudwatch_log_group\.\w*db_migrate|lambda/,
  },
  { id: "balancer", title: "Network load balancer", main: "aws_lb", holds: /^aws_lb|load_balancer/ },
  { id: "bucket", title: "S3 bucket", main: "aws_s3_bucket", holds: /^aws_s3_/ },
  {
    id: "database",
    title: "PostgreSQL on RDS",
    main: "aws_db_instance|aws_rds_cluster",
    holds: /^aws_(db|rds|secretsmanager)_|\.(datastore|database|monitoring)_/,
  },
  {
    id: "events",
    title: "EventBridge",
    main: "aws_cloudwatch_event_rule",
    holds: /^aws_cloudwatch_event|\.step_functions_eventbridge/,
  },
  { id: "table", title: "DynamoDB", main: "aws_dynamodb_table", holds: /^aws_dynamodb/ },
  {
    id: "machines",
    title: "Step Functions",
    main: "aws_sfn_state_machine",
    holds: /^aws_sfn|\.step_functions_/,
  },
  {
    id: "queue",
    title: "AWS Batch",
    main: "aws_batch_job_queue",
    holds: /^aws_(batch|launch_template|autoscaling)|\.(compute|job_role)_/,
  },
  {
    id: "service",
    title: "Metadata service on Fargate",
    main: "aws_ecs_service",
    holds: /^aws_(ecs|appautoscaling|service_discovery)|\.(metadata_service|execution_role)_/,
  },
  { id: "other", title: "Other", main: "", holds: /^/ },
];

/** The order in which they are read. */
const READ = "api bucket balancer service database migration network queue machines events table keys other".split(" ");

export function part(id: string): Part | undefined {
  return PARTS.find((one) => one.id === id);
}

/** The parts in the order in which they are read. */
export const READING: readonly Part[] = READ.flatMap((id) => part(id) ?? []);

type Side = "top" | "right" | "bottom" | "left";

/** An arrow of the diagram. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly leaves: Side;
  readonly arrives: Side;
}

export const ARROWS: readonly Arrow[] = [
  { from: "client", leaves: "right", to: "api", arrives: "left" },
  { from: "client", leaves: "right", to: "bucket", arrives: "left" },
  { from: "client", leaves: "bottom", to: "compute", arrives: "left" },
  { from: "api", leaves: "right", to: "balancer", arrives: "left" },
  { from: "balancer", leaves: "right", to: "service", arrives: "left" },
  { from: "migration", leaves: "left", to: "balancer", arrives: "bottom" },
  { from: "service", leaves: "right", to: "database", arrives: "left" },
  { from: "events", leaves: "left", to: "machines", arrives: "right" },
  { from: "machines", leaves: "left", to: "queue", arrives: "right" },
  { from: "machines", leaves: "bottom", to: "table", arrives: "top" },
  { from: "queue", leaves: "left", to: "bucket", arrives: "right" },
  { from: "queue", leaves: "top", to: "balancer", arrives: "bottom" },
];

/** What is, or will be, deployed. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly part: string;
  /** `deployed`, `creating`, `waiting`, … */
  readonly state: string;
  /** For how long it has been creating, in seconds. */
  readonly seconds?: number;
  readonly name?: string;
  readonly arn?: string;
  readonly reached?: string;
}

const PRESENT: Readonly<Record<string, string>> = { create: "creating", update: "updating", delete: "destroying" };

/** What the state has, and what Terraform is at or will come to, in the order of the parts. */
export function resources(state: readonly StateResource[], progress: Progress | null, now: number): Resource[] {
  const held = new Map(state.map((resource) => [resource.address, resource]));
  const running = new Map(progress?.running.map((operation) => [operation.address, operation]));
  const failed = new Set(progress?.failures.map(({ address }) => address));
  const expected = (progress?.expected ?? []).filter(({ action }) => action !== "delete");
  const addresses = new Set([...held.keys(), ...expected.map(({ address }) => address)]);
  const all = [...addresses].map((address): Resource => {
    const known = held.get(address);
    const operation = running.get(address);
    const there = known === undefined ? (progress?.ended === undefined ? "waiting" : "missing") : "deployed";
    return {
      address,
      type: known?.type ?? typeOf(address),
      part: partOf(address),
      state:
        operation !== undefined
          ? (PRESENT[operation.action] ?? operation.action)
          : failed.has(address)
            ? "failed"
            : known?.tainted === true
              ? "tainted"
              : there,
      ...(operation === undefined ? {} : { seconds: Math.max(0, Math.round((now - operation.began) / 1000)) }),
      ...(known?.name ? { name: known.name } : {}),
      ...(known?.arn ? { arn: known.arn } : {}),
      ...(known?.reached ? { reached: known.reached } : {}),
    };
  });
  return all.sort((a, b) => rank(a) - rank(b) || (a.address < b.address ? -1 : 1));
}

/** `type.name` of a resource's address. */
function plain(address: string): string {
  const names = address.replace(/\[("[^"]*"|\d+)\]/g, "").split(".");
  return names.slice(-2).join(".");
}

export function typeOf(address: string): string {
  return plain(address).split(".")[0] ?? "";
}

/** The part that a resource belongs to. */
export function partOf(address: string): string {
  return PARTS.find(({ holds }) => holds.test(plain(address)))?.id ?? "other";
}

function rank(resource: Resource): number {
  return READ.indexOf(resource.part);
}

/** The state of several: the one that matters most. */
export function together(states: readonly string[]): string {
  const order = ["failed", "tainted", "missing", "destroying", "creating", "updating", "waiting", "deployed"];
  return order.find((state) => states.includes(state)) ?? "deployed";
}
