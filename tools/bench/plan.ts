import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { startEmulator } from "../emulator/emulator";
import { emulatedProvider, sealedEnvironment } from "../terraform/environment";
import { prepareProviders } from "../terraform/providers";
import { findTerraform, terraform } from "../terraform/terraform";
import { publish } from "../publish/publish";

/** What a plan took, in seconds. */
export interface PlanCost {
  readonly elapsed: number;
  /** Processor time, user and system, of Terraform and its providers. */
  readonly processor: number;
  /** `Plan: 48 to add, 0 to change, 0 to destroy.` */
  readonly summary: string;
}

/** The costs of the two sides, by round. */
export interface PlanCosts {
  readonly ours: PlanCost[];
  readonly reference: PlanCost[];
}

/**
 * What `terraform plan` costs for a root that calls the published modules and for one that differs from it only in
 * calling the reference's, both in one emulated AWS where nothing is deployed, after `terraform init`. The two run by
 * turns, and take turns at being first. A first round is not counted.
 *
 * @param reference - a checkout of the reference modules' repository
 * @param rounds - how often each is planned
 * @throws Error where the reference is not there, a plan fails, or the two do not plan as many changes
 */
export async function planCosts(reference: string, rounds: number): Promise<PlanCosts> {
  const modules = join(reference, "modules");
  if (!existsSync(join(modules, "metadata-service"))) {
    throw new Error(`--reference ${reference}: there is no folder ${join(modules, "metadata-service")}.`);
  }
  const binary = findTerraform();
  const { command } = binary;
  const { cliConfig } = await prepareProviders({ terraform: binary });
  const scratch = mkdtempSync(join(tmpdir(), "bench-plan-"));
  const emulator = await startEmulator({ parent: process.pid });
  const env = sealedEnvironment({ endpoint: emulator.endpoint, cliConfig });
  const costs: PlanCosts = { ours: [], reference: [] };
  const sides = ["ours", "reference"] as const;
  try {
    publish(join(scratch, "ours", "modules"));
    cpSync(modules, join(scratch, "reference", "modules"), { recursive: true });
    for (const side of sides) {
      const cwd = join(scratch, side, "root");
      mkdirSync(cwd);
      writeFileSync(join(cwd, "main.tf.json"), JSON.stringify(root()));
      await terraform(["init", "-no-color"], { command, cwd, env });
    }
    for (let round = 0; round <= rounds; round++) {
      for (const side of round % 2 ? sides : [...sides].reverse()) {
        const cost = await plan(command, join(scratch, side, "root"), env);
        if (round > 0) costs[side].push(cost);
      }
    }
    const summaries = sides.map((side) => costs[side][0]?.summary ?? "");
    if (new Set(summaries).size > 1) throw new Error(`The two plans differ: ${summaries.join(" ")}`);
  } finally {
    await emulator.stop();
    rmSync(emulator.log, { force: true });
    rmSync(scratch, { recursive: true, force: true });
  }
  return costs;
}

/** A network, and both modules in it with nothing but what they require. */
function root(): object {
  const common = {
    resource_prefix: "metaflow-",
    resource_suffix: "-bench",
    metaflow_vpc_id: "${aws_vpc.this.id}",
    subnet1_id: "${aws_subnet.a.id}",
    subnet2_id: "${aws_subnet.b.id}",
    standard_tags: { application: "metaflow" },
  };
  const fromDatastore = [
    "database_name",
    "database_password",
    "database_username",
    "datastore_s3_bucket_kms_key_arn",
    "rds_master_instance_endpoint",
    "s3_bucket_arn",
  ].map((name) => [name, `\${module.datastore.${name}}`] as const);
  const subnet = (index: number, zone: string) => ({
    vpc_id: "${aws_vpc.this.id}",
    cidr_block: `10.20.${String(index)}.0/24`,
    availability_zone: `us-west-2${zone}`,
  });
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: emulatedProvider() },
    resource: {
      aws_vpc: { this: { cidr_block: "10.20.0.0/16" } },
      aws_subnet: { a: subnet(1, "a"), b: subnet(2, "b") },
    },
    module: {
      datastore: {
        source: "../modules/datastore",
        ...common,
        metadata_service_security_group_id: "${module.metadata-service.metadata_service_security_group_id}",
      },
      "metadata-service": {
        source: "../modules/metadata-service",
        ...common,
        ...Object.fromEntries(fromDatastore),
        access_list_cidr_blocks: [],
        fargate_execution_role_arn: "arn:aws:iam::123456789012:role/execution",
        vpc_cidr_blocks: ["10.20.0.0/16"],
      },
    },
  };
}

/** Plans once. The shell's `times` says what its children took, among them the providers that Terraform waits for. */
function plan(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<PlanCost> {
  const start = performance.now();
  const child = spawn("sh", ["-c", '"$0" plan -no-color -lock=false >&2 && times', command], { cwd, env });
  let [times, words] = ["", ""];
  child.stdout.on("data", (data) => (times += String(data)));
  child.stderr.on("data", (data) => (words += String(data)));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0) reject(new Error(`terraform plan failed (${String(code)}) in ${cwd}:\n${words}`));
      else {
        const [summary = ""] = /^Plan: .*$/m.exec(words) ?? [];
        resolve({ elapsed: (performance.now() - start) / 1000, processor: childrenTime(times), summary });
      }
    });
  });
}

/** The sum of the second line of `times`, the children's: `0m1.250s 0m0.030s`. */
function childrenTime(times: string): number {
  const [, children = ""] = times.trim().split("\n");
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}
