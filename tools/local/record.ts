import * as fs from "node:fs";
import * as path from "node:path";
import { findEmulator, type Emulator } from "../emulator/emulator";
import { localFolder } from "../system/paths";
import { isAlive } from "../system/processes";
import { removeProfile } from "./profile";

/** What `npm run local` remembers of what it has set up. */
export interface LocalRecord {
  readonly emulator: Emulator;
  /** Terraform's arguments of the last apply, which a destroy needs as well. */
  readonly args: readonly string[];
  /** The environment of cdktf.json that is deployed; absent for what all of them have in common. */
  readonly environment?: string;
  /** The Terraform process while it changes things. Still there in a later run: that one did not end in order. */
  readonly running?: number;
  /** The last apply was interrupted, or failed: something may exist that the state does not record. */
  readonly unfinished?: boolean;
}

const recordFile = path.join(localFolder, "local.json");
const lockFile = path.join(localFolder, "local.lock");

/** How long a Terraform that was left alone may take to notice it: every ten seconds it prints something. */
export const PATIENCE_SECONDS = 30;

/** The folder that Terraform runs in, with the state. */
export const stackFolder = path.join(localFolder, "stack");

/** What an earlier run has set up, as far as it can be read. */
export function readRecord(): LocalRecord | undefined {
  try {
    const record = JSON.parse(fs.readFileSync(recordFile, "utf8")) as Partial<LocalRecord>;
    return record.emulator && record.args
      ? {
          emulator: record.emulator,
          args: record.args,
          environment: record.environment,
          running: record.running,
          unfinished: record.unfinished,
        }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers it for the next run. */
export function writeRecord(record: LocalRecord): void {
  fs.writeFileSync(`${recordFile}.new`, JSON.stringify(record, undefined, 1));
  fs.renameSync(`${recordFile}.new`, recordFile);
}

/** Forgets the record and the state: what they speak of is gone with the emulated AWS. */
export function discardState(): void {
  fs.rmSync(recordFile, { force: true });
  fs.rmSync(stackFolder, { recursive: true, force: true });
  for (const name of ["databases", "jobs"]) {
    fs.rmSync(path.join(localFolder, name), { recursive: true, force: true });
  }
  removeProfile();
}

/** Whether there is a state of which something may be left. */
export function hasState(): boolean {
  return fs.existsSync(path.join(stackFolder, "terraform.tfstate"));
}

/** Whether the state can be read; Terraform does not write it in one step. */
export function isStateWhole(): boolean {
  try {
    JSON.parse(fs.readFileSync(path.join(stackFolder, "terraform.tfstate"), "utf8"));
    return true;
  } catch {
    return !hasState();
  }
}

/** The emulated AWS of the record, if that very one still answers. */
export async function livingEmulator(record: LocalRecord | undefined): Promise<Emulator | undefined> {
  const found = record && (await findEmulator(record.emulator.port));
  return found?.instance === record?.emulator.instance ? found : undefined;
}

/**
 * Keeps a second `npm run local` or `npm run local:down` out of this checkout until this process ends.
 * @throws when one is at work already.
 */
export function lock(): void {
  fs.mkdirSync(localFolder, { recursive: true });
  const own = `${lockFile}.${String(process.pid)}`;
  fs.writeFileSync(own, String(process.pid));
  try {
    if (tryLink(own)) {
      return;
    }
    const holder = Number.parseInt(fs.readFileSync(lockFile, "utf8"), 10);
    if (isAlive(holder)) {
      throw new Error(
        `Another "npm run local" or "npm run local:down" (process ${String(holder)}) is at work in this checkout: wait for it to end. ` +
          `If there is none, delete ${lockFile}.`,
      );
    }
    // Left behind by a run that was killed.
    fs.rmSync(lockFile, { force: true });
    if (!tryLink(own)) {
      throw new Error('Another "npm run local" has just begun in this checkout: wait for it to end.');
    }
  } finally {
    fs.rmSync(own, { force: true });
  }
}

function tryLink(own: string): boolean {
  try {
    fs.linkSync(own, lockFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
  process.once("exit", () => {
    fs.rmSync(lockFile, { force: true });
  });
  return true;
}
