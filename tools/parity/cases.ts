import { existsSync, readFileSync } from "node:fs";

/** A set of inputs with which a module of the reference is planned or applied. */
export interface ParityCase {
  /** The module's folder; `root` is the reference's root module. */
  readonly module: string;
  readonly mode: Mode;
  /** The module call's arguments. `$setup` holds configuration that the root needs beside the call. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs that only the reference needs, where it has a defect that the project's modules have not. */
  readonly reference_inputs?: Readonly<Record<string, unknown>>;
  /** Texts of the reference, and what the project's modules say in their place, where the reference has a defect. */
  readonly corrected?: Readonly<Record<string, string>>;
}

/** How far a case goes. */
export type Mode = (typeof MODES)[number];
const MODES = ["plan", "apply"] as const;

/** Cases by name. */
export type ParityCases = Readonly<Record<string, ParityCase>>;

/** What the resources and outputs of a module resolve to. */
export interface ParityResult {
  readonly resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** After an apply: the addresses that a second plan would change. */
  readonly second_plan_touches?: readonly string[];
}

/**
 * Reads a file of cases.
 * @throws Error that names the case and what is wrong with it
 */
export function readCases(file: string): ParityCases {
  if (!existsSync(file)) throw new Error(`--cases ${file}: there is no such file. Expected a JSON file of cases.`);
  const cases = JSON.parse(readFileSync(file, "utf8")) as ParityCases;
  for (const [name, { module, mode, inputs }] of Object.entries(cases)) {
    const caseError = (key: string, value: unknown, allowed: string) =>
      new Error(`${file}: ${key} of ${name} is ${JSON.stringify(value) ?? "missing"}. Allowed: ${allowed}.`);
    if (typeof module !== "string" || module === "") throw caseError("module", module, "the name of a module's folder");
    if (!MODES.includes(mode)) throw caseError("mode", mode, MODES.join(", "));
    if (typeof inputs !== "object") throw caseError("inputs", inputs, "an object of the module's inputs");
  }
  return cases;
}

/**
 * The entries with the given names, in the order of the whole; all of them where no name is given.
 * @throws Error that names what is not there
 */
export function chosen<Entry>(
  what: string,
  all: Readonly<Record<string, Entry>>,
  names: readonly string[],
): Record<string, Entry> {
  const unknown = names.filter((name) => !(name in all));
  if (unknown.length > 0) {
    throw new Error(`There is no ${what} ${unknown.join(", ")}. Allowed: ${Object.keys(all).join(", ")}.`);
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.length === 0 || names.includes(name)));
}
