import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { projectFile } from "../../lib/synth/project";
import type { Modules } from "./resolve";

export const USAGE = `npm run parity -- record          --reference FOLDER [OPTION …] [CASE …]
npm run parity -- check           --reference FOLDER | --modules FOLDER [OPTION …] [CASE …]
npm run parity -- record-takeover --reference FOLDER [OPTION …] [SHAPE …]
npm run parity -- check-takeover  --reference FOLDER | --modules FOLDER [OPTION …] [SHAPE …]

Records what the reference's modules resolve to on the emulated AWS, and checks modules against it (docs/parity.md).

  --reference FOLDER   a checkout of the reference's repository
  --modules FOLDER     a folder of modules, such as dist/modules
  --cases FILE         the cases (__tests__/fixtures/parity/cases.json)
  --expected FOLDER    what they resolve to (expected, beside the file of cases)
  --takeover FOLDER    the roots and states of the takeover (takeover, beside the file of cases)`;

const ACTIONS = ["record", "check", "record-takeover", "check-takeover"] as const;
const OPTIONS = ["--reference", "--modules", "--cases", "--expected", "--takeover"] as const;
const CASES = "__tests__/fixtures/parity/cases.json";

/** What the command is to do. */
export interface Command {
  readonly action: (typeof ACTIONS)[number];
  readonly modules: Modules;
  readonly cases: string;
  readonly expected: string;
  readonly takeover: string;
  /** The chosen cases or shapes; empty for all. */
  readonly names: readonly string[];
}

/**
 * Reads the command's arguments.
 * @param from - the folder to which relative paths refer
 * @throws Error that names the argument, what was received and what is allowed
 */
export function parse(args: readonly string[], from: string = process.env.INIT_CWD ?? "."): Command {
  const [given, ...others] = args;
  const action = ACTIONS.find((each) => each === given);
  if (action === undefined) throw refused("command", given, ACTIONS);
  const options = new Map<string, string>();
  const names: string[] = [];
  for (let index = 0; index < others.length; index++) {
    const argument = others[index] ?? "";
    if (!argument.startsWith("-")) {
      names.push(argument);
      continue;
    }
    const [, named = argument, joined] = /^(--[^=]+)=(.*)$/s.exec(argument) ?? [];
    const option = OPTIONS.find((each) => each === named);
    if (option === undefined) throw refused("option", argument, OPTIONS);
    const value = joined ?? others[++index];
    if (value === undefined || value === "") throw new Error(`${option} is empty. Expected a path.`);
    options.set(option, resolve(from, value));
  }
  const cases = options.get("--cases") ?? projectFile(CASES);
  const beside = (option: string, name: string) => options.get(option) ?? join(dirname(cases), name);
  return {
    action,
    modules: modulesOf(action, options),
    cases,
    expected: beside("--expected", "expected"),
    takeover: beside("--takeover", "takeover"),
    names,
  };
}

function modulesOf(action: string, options: ReadonlyMap<string, string>): Modules {
  const [reference, modules] = [options.get("--reference"), options.get("--modules")];
  const isRecording = action.startsWith("record");
  if ((reference === undefined) === (modules === undefined) || (isRecording && reference === undefined)) {
    const received = [...options.keys()].filter((option) => ["--reference", "--modules"].includes(option));
    const needed = isRecording ? "--reference FOLDER" : "either --reference FOLDER or --modules FOLDER";
    throw new Error(`${action} needs ${needed}; received ${received.join(" and ") || "neither"}.`);
  }
  const [option, given] = reference === undefined ? ["--modules", modules ?? ""] : ["--reference", reference];
  const folder = reference === undefined ? given : join(given, "modules");
  if (!existsSync(folder)) throw new Error(`${option} ${given}: there is no folder ${folder}.`);
  return { folder, isReference: reference !== undefined };
}

function refused(kind: string, received: string | undefined, allowed: readonly string[]): Error {
  return new Error(`The ${kind} is ${JSON.stringify(received) ?? "missing"}. Allowed: ${allowed.join(", ")}.`);
}
