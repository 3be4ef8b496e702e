import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sealedEnvironment } from "../../../tools/terraform/environment";
import { appFolder } from "../../support/app-folder";
import { emulatedAws } from "../../support/emulated-aws";

// Terraform itself, on the backend that is synthesized and one resource that needs no provider.

const folder = appFolder();
const stack = join(folder, "cdktf.out", "stacks", "metaflow");
const RESOURCE = { terraform_data: { this: { input: 1 } } };

/** Synthesizes the app, and leaves its backend alone. */
function synthesize(): void {
  expect(spawnSync(process.execPath, ["tools/run.js", "main.ts"], { cwd: folder }).status).toBe(0);
  const file = join(stack, "cdk.tf.json");
  const { terraform } = JSON.parse(readFileSync(file, "utf8")) as { terraform: { backend: unknown } };
  writeFileSync(file, JSON.stringify({ terraform: { backend: terraform.backend }, resource: RESOURCE }));
}

function terraform(cwd: string, args: string, input = "") {
  const { endpoint, cliConfig } = emulatedAws();
  const env = sealedEnvironment({ endpoint, cliConfig });
  delete env.TF_INPUT;
  const { status, stdout, stderr } = spawnSync("terraform", [...args.split(" "), "-no-color"], {
    cwd,
    env,
    input,
    encoding: "utf8",
  });
  return { status, output: (stdout + stderr).replace(/\s*[│╷╵]?\s+/g, " ") };
}

const UNCHANGED = "No changes. Your infrastructure matches the configuration.";

beforeEach(() => {
  for (const name of readdirSync(folder)) {
    if (name === "cdktf.out" || name.includes(".tfstate")) rmSync(join(folder, name), { recursive: true });
  }
});

function deployed(): void {
  synthesize();
  expect(terraform(stack, "init").status).toBe(0);
  expect(terraform(stack, "apply -auto-approve").status).toBe(0);
}

/** A deployment as it was when the stack named no backend. */
function deployedBefore(): void {
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ resource: RESOURCE }));
  expect(terraform(stack, "init").status).toBe(0);
  expect(terraform(stack, "apply -auto-approve").status).toBe(0);
  expect(existsSync(join(stack, "terraform.tfstate"))).toBe(true);
  synthesize();
}

test("the state survives whoever deletes the output folder", () => {
  deployed();
  rmSync(join(folder, "cdktf.out"), { recursive: true });
  synthesize();
  expect(terraform(stack, "init").status).toBe(0);
  expect(terraform(stack, "plan").output).toContain(UNCHANGED);
  expect(readdirSync(folder).filter((name) => name.includes("tfstate"))).toEqual(["terraform.metaflow.tfstate"]);
});

describe("a state that lies in the output folder from before", () => {
  test("is not passed over: Terraform does nothing until it is moved", () => {
    deployedBefore();
    const { status, output } = terraform(stack, "apply -auto-approve");
    expect([status, output]).toEqual([1, expect.stringContaining("Backend initialization required")]);
  });

  test("is moved by terraform init -migrate-state", () => {
    deployedBefore();
    expect(terraform(stack, "init -migrate-state", "yes\n").status).toBe(0);
    expect(terraform(stack, "plan").output).toContain(UNCHANGED);
    expect(existsSync(join(folder, "terraform.metaflow.tfstate"))).toBe(true);
  });

  test("is moved by mv as well", () => {
    deployedBefore();
    renameSync(join(stack, "terraform.tfstate"), join(folder, "terraform.metaflow.tfstate"));
    expect(terraform(stack, "init").status).toBe(0);
    expect(terraform(stack, "plan").output).toContain(UNCHANGED);
  });
});

describe("a copy of the stack's folder", () => {
  const elsewhere = join(folder, "elsewhere", "a", "b", "metaflow");

  beforeEach(() => {
    rmSync(join(folder, "elsewhere"), { recursive: true, force: true });
    synthesize();
    cpSync(stack, elsewhere, { recursive: true });
  });

  test("has its state beside it, where that is said at the first init", () => {
    expect(terraform(elsewhere, "init -backend-config=path=terraform.tfstate").status).toBe(0);
    expect(terraform(elsewhere, "apply -auto-approve").status).toBe(0);
    expect(readdirSync(elsewhere)).toContain("terraform.tfstate");
    expect(terraform(elsewhere, "init").status).toBe(0);
    expect(terraform(elsewhere, "plan").output).toContain(UNCHANGED);
  });

  test("has none anywhere else: Terraform stops before it makes anything", () => {
    expect(terraform(elsewhere, "init").status).toBe(0);
    const { status, output } = terraform(elsewhere, "apply -auto-approve");
    expect([status, output]).toEqual([1, expect.stringMatching(/terraform\.metaflow\.tfstate: no such file/)]);
    const left = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith("metaflow.tfstate"));
    expect(left).toEqual([]);
  });
});

test("-var and -var-file override what cdktf.json says, and Terraform takes its text as it is", () => {
  const text = { MF_NOTE: "${path.root} %{if}" };
  const settings = JSON.parse(readFileSync(join(folder, "cdktf.json"), "utf8")) as object;
  const context = { variables: { metadata_service_environment: text, db_username: "flows" } };
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ ...settings, context }));
  expect(spawnSync(process.execPath, ["tools/run.js", "main.ts"], { cwd: folder }).status).toBe(0);
  const { variable } = JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8")) as {
    variable: Record<string, object>;
  };
  const { metadata_service_environment, db_username } = variable;
  const root = join(folder, "variables");
  mkdirSync(root);
  const output = { all: { value: ["${var.metadata_service_environment}", "${var.db_username}"] } };
  writeFileSync(
    join(root, "cdk.tf.json"),
    JSON.stringify({ variable: { metadata_service_environment, db_username }, output }),
  );
  writeFileSync(join(root, "prod.tfvars.json"), JSON.stringify({ db_username: "other", db_usernam: "typo" }));
  const outputs = () =>
    (JSON.parse(readFileSync(join(root, "terraform.tfstate"), "utf8")) as { outputs: { all: { value: unknown } } })
      .outputs.all.value;
  expect(terraform(root, "apply -auto-approve").status).toBe(0);
  expect(outputs()).toEqual([text, "flows"]);
  const over = terraform(root, "apply -auto-approve -var-file=prod.tfvars.json");
  expect(over).toEqual({ status: 0, output: expect.stringContaining("Value for undeclared variable") as string });
  expect(outputs()).toEqual([text, "other"]);
  expect(terraform(root, "plan -var db_usernam=typo").status).toBe(1);
});
