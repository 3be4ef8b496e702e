import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { release, releaseFiles } from "../../tools/publish/release";
import { stackConfiguration } from "../support/app-stack";

/** What TFLint finds in the reference with every rule of its Terraform ruleset, as far as it is in ours, too. */
const OF_REFERENCE: Record<string, readonly string[]> = {
  "modules/common": ['terraform_required_version: terraform "required_version" attribute is required'],
  "modules/computation": [
    notSnakeCase("METAFLOW_BATCH_JOB_QUEUE"),
    'terraform_unused_declarations: data "aws_region" "current" is declared but not used',
    'terraform_unused_declarations: data "aws_ssm_parameter" "ecs_optimized_cpu_ami" is declared but not used',
  ],
  "modules/datastore": [
    ...["METAFLOW_DATASTORE_SYSROOT_S3", "METAFLOW_DATATOOLS_S3ROOT"].map(notSnakeCase),
    'terraform_required_providers: Missing version constraint for provider "random" in `required_providers`',
  ],
  "modules/metadata-service": [
    "terraform_naming_convention: module name `metaflow-common` must match the following format: snake_case",
    ...["METAFLOW_SERVICE_INTERNAL_URL", "METAFLOW_SERVICE_URL"].map(notSnakeCase),
    'terraform_required_providers: Missing version constraint for provider "archive" in `required_providers`',
    'terraform_required_providers: Missing version constraint for provider "aws" in `required_providers`',
    'terraform_unused_declarations: variable "is_gov" is declared but not used',
  ],
  "modules/step-functions": [
    'terraform_required_providers: Missing version constraint for provider "aws" in `required_providers`',
  ],
  "modules/ui": [
    "terraform_naming_convention: module name `metaflow-common` must match the following format: snake_case",
    "terraform_naming_convention: variable name `METAFLOW_DATASTORE_SYSROOT_S3` must match the following format: snake_case",
    'terraform_required_providers: Missing version constraint for provider "aws" in `required_providers`',
    'terraform_unused_declarations: data "aws_caller_identity" "current" is declared but not used',
    'terraform_unused_declarations: variable "iam_partition" is declared but not used',
    'terraform_unused_declarations: variable "is_gov" is declared but not used',
  ],
};

/** What TFLint finds in the module `root`, as in the reference's: its calls and outputs have these names. */
const OF_ROOT = [
  ...["common", "computation", "datastore", "metadata-service", "step-functions", "ui"].map(
    (name) =>
      `terraform_naming_convention: module name \`metaflow-${name}\` must match the following format: snake_case`,
  ),
  ...[
    "METAFLOW_BATCH_JOB_QUEUE",
    "METAFLOW_DATASTORE_SYSROOT_S3",
    "METAFLOW_DATATOOLS_S3ROOT",
    "METAFLOW_ECS_S3_ACCESS_IAM_ROLE",
    "METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE",
    "METAFLOW_SERVICE_INTERNAL_URL",
    "METAFLOW_SERVICE_URL",
    "METAFLOW_SFN_DYNAMO_DB_TABLE",
    "METAFLOW_SFN_IAM_ROLE",
  ].map(notSnakeCase),
];

/** The outputs of the modules that the root module, the stack and the examples pass on have their names. */
const PASSED_ON = [
  ...["METAFLOW_DATASTORE_SYSROOT_S3", "METAFLOW_DATATOOLS_S3ROOT", "METAFLOW_DEFAULT_DATASTORE"],
  ...[
    "METAFLOW_DEFAULT_METADATA",
    "METAFLOW_SERVICE_AUTH_KEY",
    "METAFLOW_SERVICE_INTERNAL_URL",
    "METAFLOW_SERVICE_URL",
  ],
];

/** The rules that tell how a module with variables and outputs in files of their own looks, which no example has. */
const OF_STRUCTURE = /^terraform_standard_module_structure: /;

const folder = mkdtempSync(join(tmpdir(), "metaflow-tflint-"));

beforeAll(() => {
  release(folder);
  writeFileSync(join(folder, ".tflint.hcl"), 'plugin "terraform" {\n  enabled = true\n  preset  = "all"\n}\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const modules = [...releaseFiles().keys()]
  .filter((file) => /(^|\/)(outputs\.tf\.json|main\.tf)$/.test(file))
  .map(dirname);

test.each(Object.keys(OF_REFERENCE))("TFLint finds in %s what the reference has, and nothing else", (module) => {
  expect(findings(module)).toEqual(OF_REFERENCE[module]);
});

test.each(modules.filter((module) => !(module in OF_REFERENCE) && module !== "modules/root"))(
  "TFLint finds nothing in %s",
  (module) => {
    expect(ownFindings(module)).toEqual([]);
  },
);

test("TFLint finds in modules/root what the reference has, and nothing else", () => {
  expect(findings("modules/root")).toEqual(OF_ROOT);
});

test("TFLint finds nothing in the stack", () => {
  mkdirSync(join(folder, "stack"));
  writeFileSync(join(folder, "stack", "cdk.tf.json"), JSON.stringify(stackConfiguration()));
  expect(ownFindings("stack")).toEqual([]);
});

test("every module of the release is looked at", () => {
  expect(modules).toEqual(expect.arrayContaining([...Object.keys(OF_REFERENCE), "modules/custom-role", "."]));
});

/** What is neither a name that is passed on nor a matter of a module's files. */
function ownFindings(module: string): string[] {
  const known = PASSED_ON.flatMap((name) => [
    notSnakeCase(name),
    notSnakeCase(name).replace("output name", "variable name"),
  ]);
  return findings(module).filter((finding) => !known.includes(finding) && !OF_STRUCTURE.test(finding));
}

function notSnakeCase(output: string): string {
  return `terraform_naming_convention: output name \`${output}\` must match the following format: snake_case`;
}

/** What TFLint says of a module of the release, in order. */
function findings(module: string): string[] {
  const command = process.env.TFLINT ?? "tflint";
  const args = [`--chdir=${join(folder, module)}`, `--config=${join(folder, ".tflint.hcl")}`, "--format=json"];
  const { error, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (error) {
    throw new Error(
      `${command} cannot be run (${error.message}). Put TFLint on the PATH or its path into TFLINT: ` +
        "go install github.com/terraform-linters/tflint@v0.64.0",
    );
  }
  const answer = JSON.parse(stdout) as {
    issues: readonly { rule: { name: string }; message: string }[];
    errors: readonly unknown[];
  };
  if (answer.errors.length > 0) throw new Error(`TFLint failed in ${module}: ${stdout}${stderr}`);
  return answer.issues.map(({ rule, message }) => `${rule.name}: ${message}`).sort();
}
