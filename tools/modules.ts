import type { Module } from "../lib/synth/module";
import { exported, moduleNames } from "./contracts";

/** Every module, by its name. */
export function modules(): ReadonlyMap<string, Module> {
  return new Map(
    moduleNames.map((name) => [name, exported<Module>(require(`../modules/${name}/module.ts`), name, "Module")]),
  );
}

/** The modules that a release has in its folder `modules`, by their names. */
export function publishedModules(): ReadonlyMap<string, Module> {
  return new Map([...modules()].filter(([, { place }]) => place !== "root"));
}

/** The module at the root of a release. */
export function rootModule(): Module {
  const root = [...modules().values()].find(({ place }) => place === "root");
  if (!root) throw new Error("No module has its place at the root of a release.");
  return root;
}
