import { realpathSync } from "node:fs";
import { relative } from "node:path";
import type { ParityCase, ParityCases, ParityResult } from "./cases";
import { inScratchRoot, type ScratchRoot, type Tools } from "./emulated";
import { calledFolders, moduleFolder, outputNames } from "./modules";
import { APPLIED_CALL, applyingRoot, hasSetup, planningRoot, type FindModule } from "./roots";
import { appliedValues, plannedValues, touchedAddresses } from "./values";

/** The modules whose cases are resolved. */
export interface Modules {
  /** The folder that holds a folder for each module. */
  readonly folder: string;
  /** Whether they are the reference's: those need further inputs, and have the defects that ours correct. */
  readonly isReference: boolean;
}

/** What cases resolve to when they are planned: those that need nothing of the root share one. */
export async function planned(
  cases: ParityCases,
  modules: Modules,
  tools: Tools,
  endpoint: string,
): Promise<Record<string, ParityResult>> {
  const all = Object.entries(cases);
  const groups = [
    all.filter(([, parityCase]) => !hasSetup(parityCase)),
    ...all.filter(([, parityCase]) => hasSetup(parityCase)).map((one) => [one]),
  ].filter((group) => group.length > 0);
  const results: Record<string, ParityResult> = {};
  for (const group of groups) {
    await inScratchRoot(tools, endpoint, async (root) => {
      const given = group.map(([name, parityCase]) => [name, withReferenceInputs(parityCase, modules)] as const);
      await root.write(planningRoot(Object.fromEntries(given), finder(modules, root)));
      const plan = await root.plan();
      group.forEach(([name]) => {
        results[name] = plannedValues(plan, name, calledFolders(root.folder, name));
      });
    });
  }
  return results;
}

/** What a case comes to be when it is applied, on an emulated AWS on which nothing was applied before. */
export async function applied(
  parityCase: ParityCase,
  modules: Modules,
  tools: Tools,
  endpoint: string,
): Promise<ParityResult> {
  return inScratchRoot(tools, endpoint, async (root) => {
    await root.write(applyingRoot(withReferenceInputs(parityCase, modules), finder(modules, root)));
    const state = await root.apply();
    const second_plan_touches = touchedAddresses(await root.plan());
    return { ...appliedValues(state, calledFolders(root.folder, APPLIED_CALL)), second_plan_touches };
  });
}

/** The source by which a root calls the module of a folder: a relative path, or Terraform would copy the module. */
export function sourceOf(folder: string, { folder: root }: Pick<ScratchRoot, "folder">): string {
  return relative(root, realpathSync(folder));
}

function finder({ folder }: Modules, root: ScratchRoot): FindModule {
  return (name) => {
    const found = moduleFolder(folder, name);
    return { source: sourceOf(found, root), outputs: outputNames(found) };
  };
}

function withReferenceInputs(parityCase: ParityCase, { isReference }: Modules): ParityCase {
  if (!isReference) return parityCase;
  return { ...parityCase, inputs: { ...parityCase.inputs, ...parityCase.reference_inputs } };
}
