import * as path from "node:path";
import { recover } from "../recover/recover";
import { withAbsolutePaths } from "../terraform/arguments";
import { checkTools } from "./checks";
import { ProgressDisplay } from "../terraform/display";
import {
  claimEmulator,
  startEmulator,
  stopEmulator,
  type Emulator,
  type StartEmulatorOptions,
} from "../emulator/emulator";
import { EMULATED_REGION } from "../terraform/environment";
import { duration } from "../terraform/progress";
import { outlast } from "../system/processes";
import { awsSettingsFile, localProfile, PROFILE, profileFolder, writeAwsSettings, writeProfile } from "./profile";
import { preparePython, shellQuoted } from "../system/python";
import {
  discardState,
  hasState,
  isStateWhole,
  livingEmulator,
  lock,
  PATIENCE_SECONDS,
  readRecord,
  stackFolder,
  writeRecord,
  type LocalRecord,
} from "./record";
import {
  exitCode,
  initialize,
  interruption,
  outputs,
  passOnInterrupts,
  placeStack,
  runShown,
  stackOptions,
  synthesize,
  type StackTools,
} from "./stack";

const USAGE = `npm run local [-- [--environment NAME] TERRAFORM_OPTION …]

Deploys the app to an emulated AWS on this machine, which stays up until "npm run local:down".
NAME is an environment of cdktf.json; without it, what all of them have in common is deployed.
Options are those of "terraform apply", for example: npm run local -- -var db_engine_version=16
METAFLOW_LOCAL_PORT chooses the port of the emulated AWS (7766), METAFLOW_LOCAL_PYTHON the Python of jobs
(that of their image, as far as this machine has it).`;

interface Arguments {
  readonly environment: string | undefined;
  /** Terraform's. */
  readonly args: readonly string[];
}

/** "npm run local:down" destroys what is deployed here, with what flows have stored. */
const FOR_A_WHILE = ["-var=deletion_protection=false", "-var=force_destroy_s3_bucket=true"];

async function up({ environment, args }: Arguments): Promise<number> {
  const began = Date.now();
  const display = new ProgressDisplay(process.stdout);
  const say = (text: string) => {
    display.print(text);
  };
  passOnInterrupts(say);
  lock();
  const before = readRecord();
  const { terraform, python, port, jobPython } = await checkTools(before);
  if (before && before.environment !== environment && (await livingEmulator(before))) {
    const up =
      before.environment === undefined
        ? "what all environments have in common"
        : `the environment ${before.environment}`;
    throw new Error(`${up[0]?.toUpperCase() ?? ""}${up.slice(1)} is up: run "npm run local:down" first.`);
  }
  const synthesized = synthesize(environment);

  const interpreter = await preparePython({ python, progress: say });
  const emulator = await emulatorFor(before, { port, python: interpreter, jobPython }, say);
  const all = [...FOR_A_WHILE, ...args];
  const record: LocalRecord = { emulator, args: all, environment };
  const { args: applied = all, unfinished = false } = readRecord() ?? {};
  writeRecord({ ...record, args: applied, unfinished });
  if (!(await claimEmulator(emulator))) {
    throw new Error("The emulated AWS has just ended: try again.");
  }
  say(`Watch it in a browser: ${emulator.endpoint}/`);
  placeStack(synthesized);
  const tools = await initialize(terraform, emulator, say);

  if (unfinished) {
    await takeOver(tools, all, say);
  }
  const { code, progress } = await runShown("apply", all, tools, display, (pid) => {
    writeRecord({ ...record, running: pid });
  });
  writeRecord({ ...record, unfinished: code !== 0 });
  const signal = interruption();
  if (signal !== undefined) {
    say('Stopped. "npm run local" goes on from here, "npm run local:down" takes everything away.');
    return exitCode(signal);
  }
  const elapsed = duration((Date.now() - began) / 1000);
  if (code !== 0) {
    say(
      `terraform apply failed after ${elapsed}. "npm run local" tries again from here, "npm run local:down" takes everything away.`,
    );
    return 1;
  }
  const { length } = progress.done;
  const changes = length === 0 ? "nothing to change" : `${String(length)} change${length === 1 ? "" : "s"}`;
  say(await summary(tools, `Up on ${emulator.endpoint}: ${changes}, ${elapsed}.`));
  return 0;
}

/** Finds what the last run has created without recording it, for this one to go on from there. */
async function takeOver(tools: StackTools, args: readonly string[], say: (text: string) => void): Promise<void> {
  say("Looking for what the last run has left unfinished …");
  const { imports, kept, refused } = await recover(stackOptions(tools), args);
  [...imports.keys(), ...kept].forEach((address) => {
    say(`${address} is there`);
  });
  refused.forEach((reason, address) => {
    say(`${address}: ${reason}`);
  });
}

/** The emulated AWS that is up, or a new one, to which an earlier one's state does not apply. */
async function emulatorFor(
  record: LocalRecord | undefined,
  options: StartEmulatorOptions,
  say: (text: string) => void,
): Promise<Emulator> {
  const living = await livingEmulator(record);
  if (living !== undefined && record?.running === undefined && isStateWhole()) {
    return living;
  }
  if (living !== undefined) {
    say("The last run was cut off while it changed things: starting over with a new emulated AWS.");
    await stopEmulator(living);
  } else if (hasState()) {
    say("The emulated AWS of the last run is gone, and with it all it held: starting over.");
  }
  if (record?.running !== undefined) {
    await outlast(record.running, PATIENCE_SECONDS);
  }
  discardState();
  return startEmulator({ ...options, tasks: true, page: stackFolder });
}

async function summary(tools: StackTools, headline: string): Promise<string> {
  const folder = relative(stackFolder);
  const all = await outputs(tools);
  const deployed = all.metaflow_profile_json?.value;
  const profile = typeof deployed === "string" ? localProfile(deployed, tools.emulator) : {};
  writeProfile(profile);
  const shown = Object.entries(all).filter(([name]) => name.startsWith("METAFLOW_"));
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  const lines = shown.map(([name, { sensitive, value }]) => {
    const text = sensitive ? `(sensitive: terraform -chdir=${folder} output -raw ${name})` : (profile[name] ?? value);
    return `  ${name.padEnd(width)}  ${String(text)}`;
  });
  const arn = all.migration_function_arn?.value;
  const [, , , region = EMULATED_REGION, , , migration] = typeof arn === "string" ? arn.split(":") : [];
  writeAwsSettings(tools.emulator, region);
  const flow = "python examples/flows/hello.py";
  const runsJobs = profile.METAFLOW_BATCH_JOB_QUEUE !== undefined;
  const runsStateMachines = profile.METAFLOW_SFN_IAM_ROLE !== undefined;
  const inTheCloud = [
    ...(runsJobs ? [`${flow} run --with batch`] : []),
    ...(runsStateMachines ? [`${flow} step-functions create`, `${flow} step-functions trigger`] : []),
    "aws s3 ls",
    ...(migration === undefined ? [] : [`aws lambda invoke --function-name ${migration} /dev/stdout`]),
  ];
  const next = [`terraform -chdir=${folder} output`, "npm run local:down"];
  return [
    headline,
    `See it in a browser: ${tools.emulator.endpoint}/`,
    "",
    ...lines,
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

function relative(folder: string): string {
  return shellQuotedIfNeeded(path.relative(process.cwd(), folder));
}

function shellQuotedIfNeeded(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : shellQuoted(word);
}

function parse(argv: readonly string[]): Arguments {
  const at = argv.findIndex((arg) => /^--environment(=|$)/.test(arg));
  if (at < 0) return { environment: undefined, args: withAbsolutePaths(argv) };
  const [, given] = /^--environment=(.*)$/.exec(argv[at] ?? "") ?? [];
  const rest = argv.toSpliced(at, given === undefined ? 2 : 1);
  return { environment: given ?? argv[at + 1] ?? "", args: withAbsolutePaths(rest) };
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.some((arg) => /^--?h(elp)?$/.test(arg))) {
    console.log(USAGE);
    return;
  }
  // A reader that goes away (`npm run local | head`) must not end this process before Terraform.
  process.stdout.on("error", () => undefined);
  process.exitCode = await up(parse(args));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
