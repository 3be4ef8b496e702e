import * as fs from "node:fs";
import * as path from "node:path";
import { findTerraform } from "../../tools/terraform/terraform";
import { preparePython } from "../../tools/system/python";
import { prepareProviders, providerProgram } from "../../tools/terraform/providers";
import { sealedEnvironment } from "../../tools/terraform/environment";
import { localFolder } from "../../tools/system/paths";
import { projectTypes, recordSchema, type ProviderProgram } from "./attached-provider";
import { startEmulator, type StartedEmulator } from "../../tools/emulator/emulator";

/** What the tests that run Terraform share; `globalSetup` makes it and leaves it in these variables. */
const VARIABLES = {
  endpoint: "METAFLOW_TEST_ENDPOINT",
  cliConfig: "METAFLOW_TEST_CLI_CONFIG",
  terraform: "METAFLOW_TEST_TERRAFORM",
  standIns: "METAFLOW_TEST_STAND_INS",
  provider: "METAFLOW_TEST_PROVIDER",
  schema: "METAFLOW_TEST_PROVIDER_SCHEMA",
  programs: "METAFLOW_TEST_STAND_IN_PROGRAMS",
} as const;

export interface EmulatedAws {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Terraform's CLI configuration, by which an init finds the providers without a network. */
  readonly cliConfig: string;
  /** The Terraform binary. */
  readonly terraform: string;
  /** The providers of which there are only stand-ins here. */
  readonly standIns: readonly string[];
  /** The AWS provider's binary and its recorded schemas. @default - Terraform starts the provider itself */
  readonly provider?: { readonly program: string; readonly schema: string };
  /** The stand-ins' programs, by the names of the providers. */
  readonly programs: Readonly<Record<string, string>>;
}

let started: StartedEmulator | undefined;

/** Starts the emulated AWS for a test run; it ends with this process, whatever happens. */
export async function startEmulatedAws(): Promise<EmulatedAws> {
  const terraform = findTerraform();
  const progress = (message: string) => process.stderr.write(`${message}\n`);
  const providers = await prepareProviders({ terraform, progress });
  started = await startEmulator({ parent: process.pid, python: await preparePython({ progress }) });
  process.env[VARIABLES.endpoint] = started.endpoint;
  process.env[VARIABLES.cliConfig] = providers.cliConfig;
  process.env[VARIABLES.terraform] = terraform.command;
  process.env[VARIABLES.standIns] = providers.standIns.join(",");
  const program = providerProgram(providers.cliConfig, "aws", terraform.platform);
  if (program !== undefined) {
    const schema = path.join(localFolder, `aws-schema-${String(process.pid)}`);
    const where = { env: sealedEnvironment({ endpoint: started.endpoint }), cwd: localFolder };
    fs.writeFileSync(schema, await recordSchema({ ...attachable.aws(program), ...where }, projectTypes()));
    process.env[VARIABLES.provider] = program;
    process.env[VARIABLES.schema] = schema;
  }
  const programs = providers.standIns.map((name) => [
    name,
    providerProgram(providers.cliConfig, name, terraform.platform),
  ]);
  process.env[VARIABLES.programs] = JSON.stringify(Object.fromEntries(programs));
  return emulatedAws();
}

type Attachable = Pick<ProviderProgram, "address" | "protocol" | "command">;

/** How the providers' programs are told to wait for Terraform. */
export const attachable = {
  aws: (program: string): Attachable => ({
    address: "registry.terraform.io/hashicorp/aws",
    protocol: 5,
    command: [program, "-debug"],
  }),
  standIn: (name: string, program: string): Attachable => ({
    address: `registry.terraform.io/hashicorp/${name}`,
    protocol: 6,
    command: [program, "--dev"],
  }),
};

/** Ends it. */
export async function stopEmulatedAws(): Promise<void> {
  await started?.stop();
  [started?.log, process.env[VARIABLES.schema]].forEach((file) => {
    if (file !== undefined) fs.rmSync(file, { force: true });
  });
  started = undefined;
}

/** The emulated AWS of this test run. @throws outside of one. */
export function emulatedAws(): EmulatedAws {
  const read = (name: string) => {
    const value = process.env[name];
    if (value === undefined) {
      throw new Error(
        `${name} is not set: this test needs the jest project "terraform", whose globalSetup starts the emulated AWS.`,
      );
    }
    return value;
  };
  const { [VARIABLES.provider]: program, [VARIABLES.schema]: schema } = process.env;
  return {
    programs: JSON.parse(read(VARIABLES.programs)) as Record<string, string>,
    provider: program === undefined || schema === undefined ? undefined : { program, schema },
    endpoint: read(VARIABLES.endpoint),
    cliConfig: read(VARIABLES.cliConfig),
    terraform: read(VARIABLES.terraform),
    standIns: read(VARIABLES.standIns)
      .split(",")
      .filter((name) => name !== ""),
  };
}

/** An account in which nothing is yet: accounts do not see each other, not even by bucket names. */
export function freshAccount(): string {
  return `9${Array.from({ length: 11 }, () => Math.floor(Math.random() * 10)).join("")}`;
}

export interface AwsRequest {
  /** As in a credential scope: `lambda`, `s3`, `ecs`, … */
  readonly service: string;
  readonly account: string;
  /** @default - the one of the test run */
  readonly endpoint?: string;
  readonly path?: string;
  /** @default GET, or POST with a body */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** @default us-west-2 */
  readonly region?: string;
}

/** Asks the emulated AWS something that Terraform does not; it checks no signature, only whose key it is. */
export async function askAws(request: AwsRequest): Promise<{ status: number; headers: Headers; body: string }> {
  const { service, account, region = "us-west-2", endpoint = emulatedAws().endpoint, body } = request;
  const scope = `${account}/20260101/${region}/${service}/aws4_request`;
  const response = await fetch(endpoint + (request.path ?? "/"), {
    method: request.method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...request.headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body,
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** Invokes an emulated Lambda function, which runs its code. */
export async function invokeFunction(
  account: string,
  name: string,
  event: unknown = {},
): Promise<{ error?: string; answer: unknown }> {
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  const { status, headers, body } = await askAws({ service: "lambda", account, path, body: JSON.stringify(event) });
  if (status !== 200) {
    throw new Error(`Lambda answered ${String(status)}: ${body}`);
  }
  return { error: headers.get("x-amz-function-error") ?? undefined, answer: JSON.parse(body) as unknown };
}

/** A call of AWS, as its service's model reads it. */
export interface AwsCall {
  /** As botocore names it: `elbv2` */
  readonly service: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `{ Error: … }` of an error. @default - refused by the service's model, or not answered yet */
  readonly answer?: Readonly<Record<string, unknown>>;
}

/** Has the emulated AWS note an account's calls from now on. */
export async function noteCalls(account: string): Promise<void> {
  await fetch(`${emulatedAws().endpoint}/_emulator/calls`, { method: "POST", body: JSON.stringify({ account }) });
}

/** An account's calls since then, in their order. */
export async function notedCalls(account: string): Promise<AwsCall[]> {
  const response = await fetch(`${emulatedAws().endpoint}/_emulator/calls?account=${account}`);
  return (await response.json()) as AwsCall[];
}
