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
import { wrapped } from "../terraform/prose";
import { outlast } from "../system/processes";
import { prepareProviders } from "../terraform/providers";
import { localProfile, writeAwsSettings, writeProfile } from "./profile";
import { isPart, type Part } from "./parts";
import { preparePython } from "../system/python";
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
import { summary } from "./summary";

const USAGE = `npm run local [-- [--environment NAME] [--ui] [--notebook] TERRAFORM_OPTION …]

Deploys the app to an emulated AWS on this machine, which stays up until "npm run local:down".
NAME is an environment of cdktf.json; without it, what all of them have in common is deployed.
--ui and --notebook add the web interface and the notebook, which do not run there: only their resources are made.
Options are those of "terraform apply", for example: npm run local -- -var db_engine_version=16
METAFLOW_LOCAL_PORT chooses the port of the emulated AWS (7766, or the next one that is free), METAFLOW_LOCAL_PYTHON the
Python of jobs (that of their image, as far as this machine has it).`;

interface Arguments {
  readonly environment: string | undefined;
  readonly parts: readonly Part[];
  /** Terraform's. */
  readonly args: readonly string[];
}

/** "npm run local:down" destroys what is deployed here, with what flows have stored. */
const FOR_A_WHILE = ["-var=deletion_protection=false", "-var=force_destroy_s3_bucket=true"];

async function up({ environment, parts, args }: Arguments): Promise<number> {
  const began = Date.now();
  const display = new ProgressDisplay(process.stdout);
  const say = (text: string) => {
    display.say(text);
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
  const synthesized = synthesize(environment, parts);

  const [interpreter, providers] = await Promise.all([
    preparePython({ python, progress: say }),
    prepareProviders({ terraform, progress: say }),
  ]);
  if (providers.note) {
    say(providers.note);
  }
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
  const tools: StackTools = { terraform, emulator, providers };
  await initialize(tools);

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
  display.print(await whatIsUp(tools, `Up on ${emulator.endpoint}: ${changes}, ${elapsed}.`));
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

/** Writes what a shell and Metaflow's client need. @returns what to say */
async function whatIsUp(tools: StackTools, headline: string): Promise<string> {
  const all = await outputs(tools);
  const deployed = all.metaflow_profile_json?.value;
  const profile = typeof deployed === "string" ? localProfile(deployed, tools.emulator) : {};
  writeProfile(profile);
  const arn = all.migration_function_arn?.value;
  writeAwsSettings(tools.emulator, (typeof arn === "string" ? arn.split(":")[3] : undefined) ?? EMULATED_REGION);
  return summary(headline, { outputs: all, profile, emulator: tools.emulator });
}

function parse(argv: readonly string[]): Arguments {
  const parts = argv.filter(isPart);
  const others = argv.filter((arg) => !isPart(arg));
  const at = others.findIndex((arg) => /^--environment(=|$)/.test(arg));
  if (at < 0) return { environment: undefined, parts, args: withAbsolutePaths(others) };
  const [, given] = /^--environment=(.*)$/.exec(others[at] ?? "") ?? [];
  const rest = others.toSpliced(at, given === undefined ? 2 : 1);
  return { environment: given ?? others[at + 1] ?? "", parts, args: withAbsolutePaths(rest) };
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
  console.error(error instanceof Error ? wrapped(error.message) : error);
  process.exitCode = 1;
});
