import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Contract } from "../lib/contract/contract";
import { projectFile } from "../lib/synth/project";

/** The names of the modules, in order: the folders below `modules` with a descriptor, `module.ts`. */
export const moduleNames: readonly string[] = folders();

/** The contract of every module, by the module's name. Reading them needs nothing that is generated. */
export function contracts(): ReadonlyMap<string, Contract> {
  return new Map(
    moduleNames.map((name) => [name, exported<Contract>(require(`../modules/${name}/contract.ts`), name, "Contract")]),
  );
}

/** What a module's file must export: the module's name in camel case, and what it is of. */
export function exportName(name: string, suffix: "Contract" | "Module"): string {
  return `${name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}${suffix}`;
}

/** The export of a module's file that {@link exportName} names. */
export function exported<Value>(file: unknown, name: string, suffix: "Contract" | "Module"): Value {
  const wanted = exportName(name, suffix);
  const value = (file as Readonly<Record<string, Value | undefined>>)[wanted];
  if (value === undefined) throw new Error(`modules/${name}: its ${suffix.toLowerCase()}.ts must export ${wanted}.`);
  return value;
}

function folders(): string[] {
  const root = join(dirname(projectFile("package.json")), "modules");
  return readdirSync(root)
    .filter((name) => existsSync(join(root, name, "module.ts")))
    .sort();
}
