import { ProgressDisplay } from "../terraform/display";
import { type Emulator, stopEmulator } from "../emulator/emulator";
import { duration } from "../terraform/progress";
import { wrapped } from "../terraform/prose";
import {
  discardState,
  hasState,
  isStateWhole,
  livingEmulator,
  lock,
  PATIENCE_SECONDS,
  readRecord,
  writeRecord,
  type LocalRecord,
} from "./record";
import { outlast } from "../system/processes";
import { exitCode, initialize, interruption, passOnInterrupts, runShown } from "./stack";
import { prepareProviders } from "../terraform/providers";
import { findTerraform } from "../terraform/terraform";

async function down(): Promise<number> {
  const began = Date.now();
  const display = new ProgressDisplay(process.stdout);
  const say = (text: string) => {
    display.say(text);
  };
  passOnInterrupts(say);
  lock();
  const record = readRecord();
  const emulator = await livingEmulator(record);
  if (record === undefined || emulator === undefined) {
    const was = record !== undefined || hasState();
    await endLeftovers(record);
    discardState();
    say(was ? "The emulated AWS was gone already; its state is now, too." : "Nothing is up.");
    return 0;
  }
  const failure = await destroy(record, emulator, display).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
  const signal = interruption();
  if (signal !== undefined) {
    say('Stopped. "npm run local:down" goes on from here.');
    return exitCode(signal);
  }
  if (failure !== undefined) {
    say(`${failure}\nWhat is left was only emulated, and goes with the emulated AWS.`);
  }
  await stopEmulator(emulator);
  await endLeftovers(record);
  discardState();
  say(`Down, ${duration((Date.now() - began) / 1000)}.`);
  return 0;
}

/** Waits for a Terraform that a killed run has left alone: without an emulated AWS it has nothing to do. */
async function endLeftovers(record: LocalRecord | undefined): Promise<void> {
  if (record?.running !== undefined) {
    await outlast(record.running, PATIENCE_SECONDS);
  }
}

/** Lets Terraform destroy what it knows of. @returns what went wrong, if something did. */
async function destroy(record: LocalRecord, emulator: Emulator, display: ProgressDisplay): Promise<string | undefined> {
  if (!hasState()) {
    return undefined;
  }
  if (record.running !== undefined || !isStateWhole()) {
    return "The last run was cut off while it changed things.";
  }
  const terraform = findTerraform();
  const tools = { terraform, emulator, providers: await prepareProviders({ terraform }) };
  await initialize(tools);
  const { code } = await runShown("destroy", variableArguments(record.args), tools, display, (pid) => {
    writeRecord({ ...record, running: pid });
  });
  writeRecord(record);
  return code === 0 ? undefined : "terraform destroy failed.";
}

/** Of the arguments of the last apply, those that a destroy understands the same way: the values of variables. */
function variableArguments(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (/^-{1,2}var(-file)?$/.test(arg)) {
      return args.slice(index, index + 2);
    }
    return /^-{1,2}var(-file)?=/.test(arg) ? [arg] : [];
  });
}

process.stdout.on("error", () => undefined);
down().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? wrapped(error.message) : error);
    process.exitCode = 1;
  },
);
