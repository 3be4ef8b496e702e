import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { emulatedOverride, sealedEnvironment } from "../../../tools/terraform/environment";
import { terraform } from "../../../tools/terraform/terraform";
import { askAws, emulatedAws, freshAccount } from "../../support/emulated-aws";

/** Stands for every place to which a hostile environment would send Terraform. */
const seen: string[] = [];
const canary = http.createServer((request, response) => {
  seen.push(`${String(request.method)} ${String(request.headers.host)}${String(request.url)}`);
  response.writeHead(200).end(
    JSON.stringify({
      AccessKeyId: "real",
      SecretAccessKey: "real",
      Token: "real",
      Expiration: "2099-01-01T00:00:00Z",
    }),
  );
});
canary.on("connect", (request, socket) => {
  seen.push(`CONNECT ${String(request.url)}`);
  socket.destroy();
});
const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "metaflow-test-"));

beforeAll(async () => {
  canary.listen(0, "127.0.0.1");
  await new Promise((resolve) => canary.once("listening", resolve));
});
afterAll(() => {
  canary.close();
  fs.rmSync(folder, { recursive: true });
});

function hostileEnvironment(): NodeJS.ProcessEnv {
  const trap = `http://127.0.0.1:${String((canary.address() as AddressInfo).port)}`;
  const home = path.join(folder, "home");
  const settings = `region = eu-west-1\nendpoint_url = ${trap}\nservices = trap\ncredential_process = sh -c 'touch ${folder}/called'\n`;
  const services = `[services trap]\ns3 =\n  endpoint_url = ${trap}\nsts =\n  endpoint_url = ${trap}\nkms =\n  endpoint_url = ${trap}\n`;
  fs.mkdirSync(path.join(home, ".aws"), { recursive: true });
  fs.writeFileSync(
    path.join(home, ".aws", "config"),
    `[default]\n${settings}[profile production]\n${settings}${services}`,
  );
  fs.writeFileSync(
    path.join(home, ".aws", "credentials"),
    "[default]\naws_access_key_id = AKIAREAL\naws_secret_access_key = real\n",
  );
  fs.writeFileSync(
    path.join(home, ".terraformrc"),
    'provider_installation {\n  filesystem_mirror { path = "/nowhere" }\n}\n',
  );
  fs.writeFileSync(path.join(folder, "token"), "token");
  const byService = ["S3", "STS", "KMS", "IAM", "EC2"].map((name) => [`AWS_ENDPOINT_URL_${name}`, trap]);
  return {
    ...process.env,
    ...Object.fromEntries(byService),
    HOME: home,
    AWS_ENDPOINT_URL: trap,
    AWS_PROFILE: "production",
    AWS_ACCESS_KEY_ID: "AKIAREALREALREALREAL",
    AWS_SECRET_ACCESS_KEY: "real",
    AWS_SESSION_TOKEN: "real",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: trap,
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/credentials",
    AWS_WEB_IDENTITY_TOKEN_FILE: path.join(folder, "token"),
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/real",
    AWS_EC2_METADATA_SERVICE_ENDPOINT: trap,
    AWS_CA_BUNDLE: "/nowhere.pem",
    AWS_USE_FIPS_ENDPOINT: "true",
    HTTP_PROXY: trap,
    HTTPS_PROXY: trap,
    https_proxy: trap,
    NO_PROXY: "",
    TF_CLI_ARGS: "-destroy",
    TF_WORKSPACE: "production",
    TF_VAR_name: "hostile",
    TF_DATA_DIR: "/nowhere",
  };
}

test("whatever the environment holds, Terraform speaks to the emulated AWS only", async () => {
  const { endpoint, cliConfig, terraform: command } = emulatedAws();
  const account = freshAccount();
  const root = {
    terraform: {
      required_providers: { aws: { source: "hashicorp/aws" } },
      backend: { s3: { bucket: "real", key: "state", region: "us-east-1" } },
    },
    variable: { name: { default: "metaflow-sealed" } },
    provider: { aws: [{ region: "us-east-1" }] },
    data: { aws_caller_identity: { current: {} } },
    resource: {
      aws_s3_bucket: { this: { bucket: "${var.name}" } },
      aws_kms_key: { this: { description: "${data.aws_caller_identity.current.account_id}" } },
      aws_iam_role: {
        this: { name: "sealed", assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) },
      },
    },
  };
  fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(root));
  fs.writeFileSync(path.join(folder, "emulated_override.tf.json"), JSON.stringify(emulatedOverride(root, account)));
  const source = hostileEnvironment();
  const run = async (args: string[]) =>
    terraform(args, { cwd: folder, command, env: sealedEnvironment({ endpoint, account, cliConfig, source }) });
  const init = sealedEnvironment({ endpoint, account, cliConfig, registry: true, source });
  await terraform(["init", "-no-color"], { cwd: folder, command, env: init });
  await run(["apply", "-no-color", "-auto-approve"]);
  expect((await askAws({ service: "s3", account, path: "/metaflow-sealed", method: "HEAD" })).status).toBe(200);
  await run(["destroy", "-no-color", "-auto-approve"]);
  expect(seen).toEqual([]);
  expect(fs.existsSync(path.join(folder, "called"))).toBe(false);
});

test("the same Terraform, not sealed, would have walked into every trap", async () => {
  const { cliConfig, terraform: command } = emulatedAws();
  const source = {
    ...hostileEnvironment(),
    TF_CLI_ARGS: "",
    TF_WORKSPACE: "",
    TF_DATA_DIR: "",
    AWS_CA_BUNDLE: "",
    NO_PROXY: "127.0.0.1",
  };
  const env = { ...source, TF_CLI_CONFIG_FILE: cliConfig, AWS_MAX_ATTEMPTS: "1" };
  await terraform(["plan", "-no-color", "-input=false"], { cwd: folder, command, env }, [0, 1]);
  expect(seen).not.toEqual([]);
});

test("a provider block that names a real account's keys is refused", async () => {
  const { endpoint, cliConfig, terraform: command } = emulatedAws();
  const root = { provider: { aws: [{ region: "us-east-1", access_key: "AKIAREALREALREALREAL", secret_key: "real" }] } };
  fs.writeFileSync(
    path.join(folder, "emulated_override.tf.json"),
    JSON.stringify(emulatedOverride(root, freshAccount())),
  );
  fs.writeFileSync(path.join(folder, "keys_override.tf.json"), JSON.stringify(root));
  const env = sealedEnvironment({ endpoint, cliConfig });
  await expect(terraform(["plan", "-no-color"], { cwd: folder, command, env })).rejects.toThrow(
    /AWS account ID not allowed/,
  );
});
