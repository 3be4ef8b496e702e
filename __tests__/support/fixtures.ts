import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export type { ParityCase, ParityResult } from "../../tools/parity/cases";

/** A module's contract, as read off the reference module. */
export interface ReferenceContract {
  readonly requires: Record<string, string | { readonly source: string; readonly version?: string }>;
  readonly modules: Record<string, string>;
  readonly inputs: Record<string, { readonly type: string; readonly required: boolean; readonly default?: unknown }>;
  readonly outputs: Record<string, { readonly sensitive: boolean }>;
  /** Addresses; `[count]` marks one that ends in an index. */
  readonly resources: readonly string[];
}

/** The names of the modules that reproduce reference modules: those whose contract is recorded. */
export const MODULES: readonly string[] = readdirSync(join(__dirname, "..", "fixtures", "contract"))
  .map((file) => file.replace(/\.json$/, ""))
  .sort();

/** Reads a fixture. */
export function fixture<Content>(path: string): Content {
  return JSON.parse(readFileSync(join(__dirname, "..", "fixtures", path), "utf8")) as Content;
}
