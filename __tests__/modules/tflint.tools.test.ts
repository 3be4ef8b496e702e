import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { release, releaseFiles } from "../../tools/publish/release";
import { stackContract } from "../../modules/metaflow/stack-contract";
import { publishedModules } from "../../tools/modules";
import { stackConfiguration } from "../support/app-stack";
import { ofModules } from "../support/module-folders";
import { notSnakeCase } from "../support/tflint";

/** What TFLint finds in the modules of the reference with every rule of its Terraform ruleset, as far as it is in ours, too. */
const OF_REFERENCE = new Map(
  [...ofModules<readonly string[]>("tflint", "moduleFindings")].map(([name, found]) => [`modules/${name}`, found]),
);

/** The outputs of the modules that the root module, the stack and the examples pass on have their names. */
const PASSED_ON = Object.keys(stackContract.outputs).filter((name) => name.startsWith("METAFLOW_"));

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

test.each([...OF_REFERENCE.keys()])("TFLint finds in %s what the reference has, and nothing else", (module) => {
  expect(findings(module)).toEqual(OF_REFERENCE.get(module));
});

test.each(modules.filter((module) => !OF_REFERENCE.has(module)))("TFLint finds nothing in %s", (module) => {
  expect(ownFindings(module)).toEqual([]);
});

test("TFLint finds nothing in the stack", () => {
  mkdirSync(join(folder, "stack"));
  writeFileSync(join(folder, "stack", "cdk.tf.json"), JSON.stringify(stackConfiguration()));
  expect(ownFindings("stack")).toEqual([]);
});

test("every module of the release is looked at", () => {
  expect(modules).toEqual(
    expect.arrayContaining([...[...publishedModules().keys()].map((name) => `modules/${name}`), "."]),
  );
});

/** What is neither a name that is passed on nor a matter of a module's files. */
function ownFindings(module: string): string[] {
  const known = PASSED_ON.map((name) => notSnakeCase(name));
  return findings(module).filter((finding) => !known.includes(finding) && !OF_STRUCTURE.test(finding));
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
