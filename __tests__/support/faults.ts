import { spawn } from "node:child_process";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { differences } from "../../tools/parity/differences";
import { deployedValues, type StateJson } from "../../tools/parity/values";
import { askAws } from "./emulated-aws";
import { project } from "./app-folder";
import { changesOf, type TerraformRoot } from "./terraform-root";

/** When something happens to an apply. */
export interface Moment {
  /** The share of the resources that are created by then; 0 when the first is begun. */
  readonly done: number;
  /** How long after that. @default 0 */
  readonly seconds?: number;
}

/** An apply that ended otherwise than it should have. */
export interface Disturbed {
  readonly code: number | null;
  /** Resources that Terraform said to have created, and that it was to create. */
  readonly done: number;
  readonly total: number;
  readonly output: string;
}

/** Applies a root and sends a signal to Terraform and its providers at a moment. */
export async function disturb(root: TerraformRoot, signal: "SIGINT" | "SIGKILL", moment: Moment): Promise<Disturbed> {
  await root.init();
  let [done, total, begun] = [0, Infinity, false];
  let reached: (() => void) | undefined;
  const due = new Promise<void>((resolve) => (reached = resolve));
  const run = root.start(["apply", "-no-color", "-auto-approve", "-lock-timeout=60s"], (line) => {
    total = Number(/^Plan: (?:\d+ to import, )?(\d+) to add/.exec(line)?.[1] ?? total);
    begun ||= line.endsWith(": Creating...");
    if (line.includes(": Creation complete after")) done += 1;
    if (begun && done >= moment.done * total) reached?.();
  });
  await Promise.race([due.then(() => sleep((moment.seconds ?? 0) * 1000)), run.result]);
  if (run.child.pid !== undefined && run.child.exitCode === null) process.kill(-run.child.pid, signal);
  const { code, stdout, stderr } = await run.result;
  return { code, done, total, output: stdout + stderr };
}

/** Runs a program of this project as `npm run` does. */
export async function runProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd = project,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["tools/run.js", program, ...args], { cwd, env });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, output });
    });
  });
}

/** `npm run recover` for a root. */
export async function recover(root: TerraformRoot, ...args: readonly string[]) {
  return runProgram("tools/recover/index.ts", ["--folder", root.folder, ...args], root.options().env);
}

/** What `npm run recover` says, after what it asks for where the state file is half-written. @throws unless all goes well */
export async function recovered(root: TerraformRoot, ...args: readonly string[]): Promise<string> {
  const { code, output } = await recover(root, ...args);
  const state = join(root.folder, "terraform.tfstate");
  if (output.includes("half-written: move it out of the folder") && existsSync(state)) {
    renameSync(state, `${state}.broken`);
    return recovered(root, ...args);
  }
  if (code !== 0) throw new Error(`npm run recover ended with ${String(code)}:\n${output}`);
  return output;
}

/** What a deployment came to be: its resources' values, and how much of everything there is in its account. */
export interface Outcome {
  readonly values: Record<string, unknown>;
  readonly census: Readonly<Record<string, number>>;
  /** What a plan would still change. */
  readonly changes: readonly string[];
}

export async function outcome(root: TerraformRoot): Promise<Outcome> {
  const plan = await root.plan();
  const { prior_state: refreshed } = plan as unknown as { prior_state: StateJson };
  return {
    values: withoutGenerated(without(deployedValues(refreshed, root.account), NOT_COMPARED) as Outcome["values"]),
    census: await census(root.account),
    changes: changesOf(plan),
  };
}

/** Dates; hashes of ids; how the provider makes its next call, which AWS does not know; what AWS makes with every VPC. */
const NOT_COMPARED =
  /^(\w+_date|redeployment|put_rest_api_mode|recovery_window_in_days|(default|main)_(network_acl|route_table|security_group)_id)$/;

function without(value: unknown, names: RegExp): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, names));
  if (typeof value !== "object" || value === null) return value;
  // What is false in a plan may be null in an import.
  const entries = Object.entries(value).filter(([name, item]) => !names.test(name) && item !== false);
  return Object.fromEntries(entries.map(([name, item]) => [name, without(item, names)]));
}

/** Names that end with the time of their creation: the provider's of a prefix, and the load balancer's. */
const GENERATED = { aws_launch_template: /(?<=-)\d{26}$/, aws_lb: /(?<=-)[0-9a-f]{5}$/ };

/** The values with such names' ends put out, as each deployment has others. */
function withoutGenerated(values: Outcome["values"]): Outcome["values"] {
  const entries = Object.entries(values).map(([address, value]) => {
    const [, end] = Object.entries(GENERATED).find(([type]) => address.startsWith(`${type}.`)) ?? [];
    if (end === undefined) return [address, value];
    const { name, ...others } = value as { readonly name: string };
    return [address, { ...others, name: name.replace(end, "GENERATED") }];
  });
  return Object.fromEntries(entries) as Outcome["values"];
}

/**
 * Where an outcome is not that of an undisturbed apply.
 *
 * @param anew - tells resources that were made anew, whose values may be others
 */
export function deviations(
  expected: Outcome,
  actual: Outcome,
  anew: (address: string) => boolean = () => false,
): string[] {
  const compared = (values: Outcome["values"]) =>
    Object.fromEntries(Object.entries(values).filter(([address]) => !anew(address)));
  return [
    ...differences(compared(expected.values), compared(actual.values)),
    ...differences(expected.census, actual.census, "number of"),
    ...actual.changes,
  ];
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const query = (service: string, action: string, version: string, counted: RegExp) => ({
  service,
  headers: FORM,
  body: `Action=${action}&Version=${version}`,
  counted,
});
const json = (service: string, target: string, counted: RegExp) => ({
  service,
  headers: { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" },
  body: "{}",
  counted,
});
const get = (service: string, path: string, counted: RegExp) => ({ service, path, counted });

/** How each kind of thing is listed, and what of the answer is one of them. */
const LISTS = {
  vpcs: query("ec2", "DescribeVpcs", "2016-11-15", /<vpcId>/g),
  subnets: query("ec2", "DescribeSubnets", "2016-11-15", /<subnetId>/g),
  gateways: query("ec2", "DescribeInternetGateways", "2016-11-15", /<internetGatewayId>/g),
  routeTables: query(
    "ec2",
    "DescribeRouteTables",
    "2016-11-15",
    /<routeTableId>rtb-\w+<\/routeTableId><vpcId>|<propagatingVgwSet/g,
  ),
  securityGroups: query("ec2", "DescribeSecurityGroups", "2016-11-15", /<groupDescription>/g),
  buckets: get("s3", "/", /<Bucket>/g),
  databases: query("rds", "DescribeDBInstances", "2014-10-31", /<DbiResourceId>/g),
  clusters: query("rds", "DescribeDBClusters", "2014-10-31", /<DbClusterResourceId>/g),
  subnetGroups: query("rds", "DescribeDBSubnetGroups", "2014-10-31", /<DBSubnetGroupArn>/g),
  balancers: query("elasticloadbalancing", "DescribeLoadBalancers", "2015-12-01", /<DNSName>/g),
  targetGroups: query("elasticloadbalancing", "DescribeTargetGroups", "2015-12-01", /<TargetGroupName>/g),
  restApis: get("apigateway", "/restapis", /"rootResourceId"/g),
  vpcLinks: get("apigateway", "/vpclinks", /"targetArns"/g),
  apiKeys: get("apigateway", "/apikeys", /"createdDate"/g),
  usagePlans: get("apigateway", "/usageplans", /"apiStages"/g),
  keys: json("kms", "TrentService.ListKeys", /"KeyArn"/g),
  roles: query("iam", "ListRoles", "2010-05-08", /<RoleId>/g),
  functions: get("lambda", "/2015-03-31/functions/", /"FunctionArn"/g),
  ecsClusters: json("ecs", "AmazonEC2ContainerServiceV20141113.ListClusters", /"arn:/g),
  taskFamilies: json("ecs", "AmazonEC2ContainerServiceV20141113.ListTaskDefinitionFamilies", /"metaflow/g),
  logGroups: json("logs", "Logs_20140328.DescribeLogGroups", /"logGroupName"/g),
  secrets: json("secretsmanager", "secretsmanager.ListSecrets", /"ARN"/g),
};

/** How many things of each kind an account has in the region. */
async function census(account: string): Promise<Record<string, number>> {
  const counts = Object.entries(LISTS).map(async ([kind, { counted, ...request }]) => {
    const { status, body } = await askAws({ ...request, account });
    if (status !== 200) throw new Error(`The emulated AWS does not list ${kind}: ${body}`);
    return [kind, (body.match(counted) ?? []).length] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

/** Does things at most so many at a time. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  each: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results[next[0]] = await each(next[1]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
