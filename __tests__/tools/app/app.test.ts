import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { appFolder } from "../../support/app-folder";

// What an engineer sees who writes cdktf.json and runs `npm run synth`.

const folder = appFolder();
const given = readFileSync(join(folder, "cdktf.json"), "utf8");

beforeEach(() => {
  writeFileSync(join(folder, "cdktf.json"), given);
  for (const name of readdirSync(folder)) {
    if (name === "cdktf.out" || name.includes(".tfstate")) rmSync(join(folder, name), { recursive: true });
  }
});

function run(extra: NodeJS.ProcessEnv = {}, program = "main.ts", ...args: string[]) {
  const own = { ...process.env, CDKTF_CONTEXT_JSON: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/run.js", program, ...args], {
    cwd: folder,
    env: { ...own, ...extra },
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

function write(context: unknown): void {
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ ...(JSON.parse(given) as object), context }));
}

interface Stack {
  readonly terraform: { readonly backend?: unknown };
  readonly variable: Record<string, { readonly default?: unknown }>;
}

const stack = (name: string, output = join(folder, "cdktf.out")) =>
  JSON.parse(readFileSync(join(output, "stacks", name, "cdk.tf.json"), "utf8")) as Stack;

const USED = JSON.stringify({ version: 4, serial: 1, resources: [{ mode: "managed", type: "aws_vpc" }] });

function place(file: string, text = USED): string {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
  return file;
}

test.each([
  ["{", /^cdktf\.json is no JSON[^\n]+\n$/],
  ['{ "context": { "environments": { "Prod": {} } } }', /^cdktf\.json: environments\.Prod: the name [^\n]+\.\n$/],
  [
    '{ "context": { "environments": { "prod": { "backend": { "bukket": "a" } } } } }',
    /^MetaflowStack at prod:\n {2}- backend has no option bukket \(did you mean bucket\?\)[^\n]+\n(?: {2}- [^\n]+\n)+$/,
  ],
  [
    '{ "context": { "variables": { "backup_retention_days": 36 } } }',
    /^MetaflowStack at metaflow: backupRetentionDays \(backup_retention_days\) must be [^\n]+; received 36\.\n$/,
  ],
])("an error of cdktf.json is shown in words alone, and nothing is synthesized: %s", (text, output) => {
  writeFileSync(join(folder, "cdktf.json"), text);
  expect(run()).toEqual({ status: 1, output: expect.stringMatching(output) as string });
  expect(existsSync(join(folder, "cdktf.out", "manifest.json"))).toBe(false);
});

test("each environment is a stack with settings and a state of its own, whose settings may lie in a file", () => {
  const backend = { bucket: "acme", key: "prod", region: "us-west-2" };
  write({ environments: { dev: { variables: "dev.tfvars.json" }, prod: { backend } } });
  place("dev.tfvars.json", JSON.stringify({ db_instance_type: "db.t4g.medium" }));
  expect(run()).toEqual({ status: 0, output: "" });
  expect(readdirSync(join(folder, "cdktf.out", "stacks")).sort()).toEqual(["dev", "prod"]);
  const [dev, prod] = [stack("dev"), stack("prod")];
  const values = ({ variable }: Stack) => [variable.resource_suffix?.default, variable.db_instance_type?.default];
  expect(values(dev)).toEqual(["-dev", "db.t4g.medium"]);
  expect(values(prod)).toEqual(["-prod", "db.t4g.small"]);
  expect(dev.terraform.backend).toEqual({
    local: { path: "../../../cdktf.out/stacks/dev/../../../terraform.dev.tfstate" },
  });
  expect(prod.terraform.backend).toEqual({ s3: expect.objectContaining(backend) as object });
});

describe("a stack that is written", () => {
  test("into another folder of the project has its state beside cdktf.json", () => {
    mkdirSync(join(folder, "cdktf.out"));
    expect(run({ CDKTF_OUTDIR: "cdktf.out/a" })).toEqual({ status: 0, output: "" });
    const path = "../../../../cdktf.out/a/stacks/metaflow/../../../../terraform.metaflow.tfstate";
    expect(stack("metaflow", join(folder, "cdktf.out", "a")).terraform.backend).toEqual({ local: { path } });
  });

  test("outside of the project, or by npm run local, has it beside its configuration", () => {
    place("terraform.other.tfstate");
    const outside = join(appFolder(), "out");
    mkdirSync(join(folder, ".local"), { recursive: true });
    for (const output of [outside, join(folder, ".local", "out")]) {
      expect(run({ CDKTF_OUTDIR: output })).toEqual({ status: 0, output: "" });
      expect(stack("metaflow", output).terraform.backend).toBeUndefined();
    }
  });
});

test("a state that no stack has stops the synth, before CDKTF's command line deletes its folder", () => {
  const file = place(join("cdktf.out", "stacks", "metaflow", "terraform.tfstate"));
  expect(run()).toEqual({
    status: 0,
    output: expect.stringContaining(`mv -n ${file} terraform.metaflow.tfstate\n`) as string,
  });
  rmSync(join(folder, "cdktf.out", "manifest.json"));
  write({ environments: { prod: {} } });
  expect(run()).toEqual({
    status: 1,
    output: expect.stringContaining(`mv -n ${file} terraform.prod.tfstate\n`) as string,
  });
  expect(existsSync(join(folder, "cdktf.out", "manifest.json"))).toBe(false);
});

test("npm run recover without a folder names those of the environments", () => {
  write({ environments: { dev: {}, prod: {} } });
  expect(run().status).toBe(0);
  expect(run({}, "tools/recover/index.ts")).toEqual({
    status: 1,
    output:
      'cdktf.out/stacks/metaflow holds no stack: synthesize it ("npm run synth"), or name its --folder (cdktf.out/stacks/dev, cdktf.out/stacks/prod).\n',
  });
});
