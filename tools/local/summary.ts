import * as path from "node:path";
import type { Emulator } from "../emulator/emulator";
import { shellQuoted } from "../system/python";
import { PROSE_COLUMNS } from "../terraform/prose";
import { awsSettingsFile, PROFILE, profileFolder } from "./profile";
import { stackFolder } from "./record";

/** An output as `terraform output -json` has it. */
export interface ShownOutput {
  readonly sensitive: boolean;
  readonly value: unknown;
}

/** What {@link summary} tells of. */
export interface Deployed {
  readonly outputs: Readonly<Record<string, ShownOutput>>;
  /** Metaflow's profile on this machine; its values take the place of the outputs of the same names. */
  readonly profile: Readonly<Record<string, unknown>>;
  readonly emulator: Pick<Emulator, "endpoint">;
}

/** What `npm run local` says when everything is up: the keys of Metaflow's configuration, and the commands to try. */
export function summary(headline: string, deployed: Deployed): string {
  const { outputs, profile } = deployed;
  const flow = "python examples/flows/hello.py";
  const runsJobs = profile.METAFLOW_BATCH_JOB_QUEUE !== undefined;
  const runsStateMachines = profile.METAFLOW_SFN_IAM_ROLE !== undefined;
  const inTheCloud = [
    ...(runsJobs ? [`${flow} run --with batch`] : []),
    ...(runsStateMachines ? [`${flow} step-functions create`, `${flow} step-functions trigger`] : []),
    "aws s3 ls",
    ...migrationCommand(outputs.migration_function_arn?.value),
  ];
  const stack = relative(stackFolder);
  const next = [
    `terraform -chdir=${stack} output`,
    ...Object.keys(outputs)
      .filter((name) => isKey(name) && outputs[name]?.sensitive)
      .map((name) => `terraform -chdir=${stack} output -raw ${name}`),
    "npm run local:down",
  ];
  return [
    headline,
    `See it in a browser: ${deployed.emulator.endpoint}/`,
    "",
    ...keys(deployed),
    ...idle(outputs),
    "",
    "Run a flow on it, where Metaflow is installed (pip install metaflow boto3):",
    `  export METAFLOW_HOME="$PWD/${relative(profileFolder)}" METAFLOW_PROFILE=${PROFILE}`,
    `  ${flow} run`,
    "",
    "With the emulated AWS for this shell's AWS, until the shell ends:",
    `  . ${relative(awsSettingsFile)}`,
    ...inTheCloud.map((command) => `  ${command}`),
    "",
    "What to try next:",
    ...next.map((command) => `  ${command}`),
  ].join("\n");
}

/** What is deployed and does not run. */
function idle(outputs: Deployed["outputs"]): string[] {
  return [
    ...(outputs.METAFLOW_UI_URL === undefined
      ? []
      : ["  The web interface does not run here: nothing answers at METAFLOW_UI_URL."]),
    ...(outputs.notebook_url === undefined ? [] : ["  The notebook does not run here."]),
  ];
}

/** A line for each key that has a value. What does not fit beside its key stands below it, as nothing that one copies is broken. */
function keys({ outputs, profile }: Deployed): string[] {
  const shown = Object.entries(outputs)
    .filter(([name]) => isKey(name))
    .map(([name, { sensitive, value }]) => [name, sensitive ? "(sensitive)" : (profile[name] ?? value)] as const)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => [name, String(value)] as const);
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => {
    const line = `  ${name.padEnd(width)}  ${value}`;
    return line.length <= PROSE_COLUMNS ? line : `  ${name}\n    ${value}`;
  });
}

function isKey(name: string): boolean {
  return name.startsWith("METAFLOW_");
}

function migrationCommand(arn: unknown): string[] {
  const name = typeof arn === "string" ? arn.split(":")[6] : undefined;
  return name === undefined ? [] : [`aws lambda invoke --function-name ${name} /dev/stdout`];
}

function relative(folder: string): string {
  const word = path.relative(process.cwd(), folder);
  return /^[\w./-]+$/.test(word) ? word : shellQuoted(word);
}
