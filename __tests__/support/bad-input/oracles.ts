import { ofModules } from "../module-folders";
import { SHARED_INPUTS, type InputOracle } from "./inputs";
import type { ModuleOracle } from "./oracle";

/** The modules that have an oracle, by their names. */
export const ORACLES: ReadonlyMap<string, ModuleOracle> = ofModules<ModuleOracle>("oracle", "moduleOracle");

/** A module's oracle. @throws where it has none */
export function oracleOf(module: string): ModuleOracle {
  const found = ORACLES.get(module);
  if (!found) throw new Error(`__tests__/modules/${module} has no oracle.ts: write down what AWS accepts.`);
  return found;
}

/** The oracle of a module's input. @throws where there is none */
export function inputOracle(module: string, name: string): InputOracle {
  const found = oracleOf(module).inputs[name] ?? SHARED_INPUTS[name];
  if (!found) {
    throw new Error(`${module} has an input ${name}, of which its oracle says nothing: write down what AWS accepts.`);
  }
  return found;
}
