import { readCases, type ParityCase, type ParityResult } from "../../tools/parity/cases";
import { corrected, differences } from "../../tools/parity/differences";
import { ACCOUNT } from "../../tools/parity/emulated";
import { calledFolders } from "../../tools/parity/modules";
import * as roots from "../../tools/parity/roots";
import { appliedValues, plannedValues, type PlanJson, type StateJson } from "../../tools/parity/values";
import { projectFile } from "../../lib/synth/project";
import { fixture } from "./fixtures";
import { outputNames, publishedFiles } from "./published";
import { terraformRoot, type TerraformRoot, type TerraformRootOptions } from "./terraform-root";

const cases = readCases(projectFile("__tests__/fixtures/parity/cases.json"));

/** The names of the cases that the reference was planned or applied with. */
export function parityCases(mode: ParityCase["mode"]): string[] {
  return Object.keys(cases).filter((name) => cases[name]?.mode === mode);
}

/** A root that calls the published modules once for each case that is planned. */
export function planningRoot(options: TerraformRootOptions = {}): TerraformRoot {
  const planned = Object.fromEntries(Object.entries(cases).filter(([, { mode }]) => mode === "plan"));
  return published(roots.planningRoot(planned, find), options);
}

/** Where the plan of {@link planningRoot}, which lies in the folder, differs from what the reference resolved to. */
export function planDifferences(name: string, plan: PlanJson, folder: string): string[] {
  return differences(expected(name), plannedValues(plan, name, calledFolders(folder, name)));
}

/** A root that calls a published module with a case that is applied. */
export function applyingRoot(name: string, options: TerraformRootOptions = {}): TerraformRoot {
  return published(roots.applyingRoot(caseOf(name), find), options);
}

/** Where the state of {@link applyingRoot}, which lies in the folder, differs from what the reference came to be. */
export function stateDifferences(name: string, state: StateJson, folder: string): string[] {
  const values = appliedValues(state, calledFolders(folder, roots.APPLIED_CALL));
  // A second plan is not among the values: the tests look at it themselves.
  return differences({ ...expected(name), second_plan_touches: [] }, { ...values, second_plan_touches: [] });
}

function caseOf(name: string): ParityCase {
  const found = cases[name];
  if (found === undefined) throw new Error(`There is no case ${name}. Allowed: ${Object.keys(cases).join(", ")}.`);
  return found;
}

function expected(name: string): ParityResult {
  return corrected(fixture<ParityResult>(`parity/expected/${name}.json`), caseOf(name).corrected);
}

function find(module: string) {
  return { source: `./modules/${module}`, outputs: outputNames(module) };
}

function published(configuration: roots.RootConfiguration, options: TerraformRootOptions): TerraformRoot {
  return terraformRoot(configuration, { account: ACCOUNT, files: publishedFiles(), ...options });
}
