import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export type { ParityCase, ParityResult } from "../../tools/parity/cases";

/** A module's contract, as read off the reference module. */
export interface ReferenceContract {
  readonly requires: Record<string, string | { readonly source: string; readonly version?: string }>;
  readonly modules: Record<string, string>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly inputs: Record<string, { readonly type: string; readonly required: boolean; readonly default?: unknown }>;
  readonly outputs: Record<string, { readonly sensitive: boolean }>;
  /** Addresses; `[count]` marks one that ends in an index. */
  readonly resources: readonly string[];
}

/** The modules that a module calls, by their calls: the reference's root module has them below it, ours beside it. */
export function calledModules({ modules }: ReferenceContract): Record<string, string> {
  return Object.fromEntries(
    Object.entries(modules).map(([call, source]) => [call, source.replace("./modules/", "../")]),
  );
}

/** What a module requires: what its reference does, and of the AWS provider no version that has no arguments of AWS Batch's any more. */
export function requirementsOf({ requires, resources, modules }: ReferenceContract): ReferenceContract["requires"] {
  const hasBatch =
    resources.some((address) => address.startsWith("aws_batch_")) ||
    Object.values(modules).some((source) => source.endsWith("/computation"));
  const { aws } = requires;
  if (!hasBatch || typeof aws !== "object") return requires;
  return { ...requires, aws: { ...aws, version: `${aws.version ?? ""}, < 6.0.0` } };
}

/** The names of the modules that reproduce reference modules: those whose contract is recorded. */
export const MODULES: readonly string[] = readdirSync(join(__dirname, "..", "fixtures", "contract"))
  .map((file) => file.replace(/\.json$/, ""))
  .sort();

/** Reads a fixture. */
export function fixture<Content>(path: string): Content {
  return JSON.parse(readFileSync(join(__dirname, "..", "fixtures", path), "utf8")) as Content;
}
