import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { emulatedOverride, sealedEnvironment } from "../tools/terraform/environment";
import { terraform as terraformProgram } from "../tools/terraform/terraform";
import { appFolder, project } from "./support/app-folder";
import { stackConfiguration } from "./support/app-stack";
import { askAws, emulatedAws, freshAccount } from "./support/emulated-aws";
import { terraformRoot } from "./support/terraform-root";

async function cdktf(folder: string, account: string, ...args: string[]): Promise<string> {
  const { endpoint, cliConfig } = emulatedAws();
  const env = sealedEnvironment({ endpoint, account, cliConfig, extra: { CI: "1" } });
  const command = join(project, "node_modules", ".bin", "cdktf");
  const { stdout } = await run(command, args, { cwd: folder, env, maxBuffer: 1 << 26 });
  return stdout;
}

const run = promisify(execFile);

const stackFile = (folder: string, name = "metaflow") => join(folder, "cdktf.out", "stacks", name, "cdk.tf.json");

test("cdktf synth writes what npm run synth writes, byte for byte", async () => {
  const [ofCli, ofScript] = [appFolder(), appFolder()];
  await cdktf(ofCli, freshAccount(), "synth");
  await run(process.execPath, ["tools/run.js", "main.ts"], { cwd: ofScript });
  expect(readFileSync(stackFile(ofCli), "utf8")).toBe(readFileSync(stackFile(ofScript), "utf8"));
  expect(readFileSync(stackFile(ofCli), "utf8")).not.toContain(tmpdir());
});

test("the backend in cdktf.json is the stack's", async () => {
  const backend = { bucket: "state", key: "metaflow.tfstate", region: "us-west-2" };
  const folder = appFolder({ backend });
  await run(process.execPath, ["tools/run.js", "main.ts"], { cwd: folder });
  expect(JSON.parse(readFileSync(stackFile(folder), "utf8"))).toMatchObject({
    terraform: { backend: { s3: { ...backend, encrypt: true, use_lockfile: true } } },
  });
});

test("cdktf deploy NAME applies an environment, cdktf output tells of it, and cdktf destroy takes it down", async () => {
  const variables = { resource_prefix: "deployed-", deletion_protection: true };
  const [folder, account] = [appFolder({ environments: { dev: { variables }, prod: {} } }), freshAccount()];
  await cdktf(folder, account, "synth");
  const stack = JSON.parse(readFileSync(stackFile(folder, "dev"), "utf8")) as object;
  const { provider } = emulatedOverride(stack, account);
  writeFileSync(join(stackFile(folder, "dev"), "..", "emulated_override.tf.json"), JSON.stringify({ provider }));
  const file = join(folder, "settings.tfvars.json");
  writeFileSync(file, JSON.stringify({ deletion_protection: false }));

  // Providers cannot be locked for other platforms where no registry answers.
  await cdktf(folder, account, "deploy", "dev", "--auto-approve", "--skip-provider-lock", `--var-file=${file}`);
  const output = await cdktf(folder, account, "output", "dev", "--skip-synth");
  expect(output).toContain(`s3://deployed-s3-${account}-us-west-2-dev/metaflow`);

  await cdktf(folder, account, "destroy", "dev", "--auto-approve", "--skip-provider-lock", `--var-file=${file}`);
  const state = JSON.parse(readFileSync(join(folder, "terraform.dev.tfstate"), "utf8")) as { resources: unknown[] };
  expect(state.resources).toEqual([]);
  expect(existsSync(join(folder, "terraform.prod.tfstate"))).toBe(false);
});

/** A bucket for states; names are those of all accounts. */
async function makeBucket(name: string, account: string): Promise<void> {
  const body =
    "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";
  await askAws({ service: "s3", account, path: `/${name}`, method: "PUT", body });
}

test("the state lies in S3, and its lock keeps a second apply out", async () => {
  const account = freshAccount();
  await makeBucket("state", account);
  const { terraform } = stackConfiguration({
    backend: { bucket: "state", key: "metaflow.tfstate", region: "us-west-2" },
  }) as { terraform: { backend: { s3: object } } };
  const root = terraformRoot(
    {
      terraform: { backend: { s3: { ...terraform.backend.s3, use_path_style: true } } },
      resource: { terraform_data: { slow: { provisioner: { "local-exec": { command: "sleep 8" } } } } },
    },
    { account },
  );
  await root.init();

  const first = root.run(["apply", "-auto-approve", "-no-color"]);
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const second = await root.run(["apply", "-auto-approve", "-no-color"], [1]);
  expect(second.stderr).toContain("Error acquiring the state lock");
  await first;

  const { status, body } = await askAws({ service: "s3", account, path: "/state/metaflow.tfstate" });
  expect(status).toBe(200);
  expect(body).toContain("terraform_data");
});

test.each(["profile", "assumeRole"])("the state may lie in another account, reached by %s", async (way) => {
  const [account, other] = [freshAccount(), freshAccount()];
  const [bucket, key] = [`state-${other}`, "metaflow.tfstate"];
  await makeBucket(bucket, other);
  const roleArn = `arn:aws:iam::${other}:role/state`;
  const reached =
    way === "profile" ? { profile: "infrastructure" } : { assumeRole: { roleArn, externalId: "metaflow" } };
  const { terraform } = stackConfiguration({ backend: { bucket, key, region: "us-west-2", ...reached } }) as {
    terraform: { backend: { s3: object } };
  };
  const root = terraformRoot(
    {
      terraform: { backend: { s3: { ...terraform.backend.s3, use_path_style: true } } },
      resource: { terraform_data: { this: { input: 1 } } },
    },
    {
      account,
      files: { credentials: `[infrastructure]\naws_access_key_id = ${other}\naws_secret_access_key = emulated\n` },
    },
  );
  const options = root.options();
  const env = { ...options.env, AWS_SHARED_CREDENTIALS_FILE: join(root.folder, "credentials") };
  await terraformProgram(["init"], { ...options, env });
  await terraformProgram(["apply", "-auto-approve"], { ...options, env });
  const read = async (as: string) => (await askAws({ service: "s3", account: as, path: `/${bucket}/${key}` })).status;
  expect([await read(other), await read(account)]).toEqual([200, 404]);
});
