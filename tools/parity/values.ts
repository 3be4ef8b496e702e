import type { ParityResult } from "./cases";
import type { Folders } from "./modules";
import { APPLIED_CALL } from "./roots";
import { symbolic, symbolicValues, symbolsOf, type Applied } from "./symbols";
import { tidy, withUnknown } from "./tidy";

/** A Terraform module as `terraform show -json` has it. */
interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

interface Resource {
  readonly address: string;
  readonly type: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** A plan as `terraform show -json` has it. */
export interface PlanJson {
  readonly planned_values: { readonly root_module: Module };
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: "managed" | "data";
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Readonly<Record<string, unknown>> | null;
      readonly after: Readonly<Record<string, unknown>> | null;
      readonly after_unknown: unknown;
    };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly after: unknown; readonly after_unknown: unknown }>>;
}

/** A state as `terraform show -json` has it. */
export interface StateJson {
  readonly values: {
    readonly root_module: Module;
    readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

/** What a plan gives the resources and outputs of one of its module calls; unknown values are `<computed>`. */
export function plannedValues(plan: PlanJson, call: string, folders: Folders): ParityResult {
  const unknown = new Map(plan.resource_changes?.map(({ address, change }) => [address, change.after_unknown]));
  const resources = resourcesOf(plan.planned_values.root_module)
    .filter(({ address }) => address.startsWith(`module.${call}.`))
    .map(({ address, values }) => [
      address.slice(`module.${call}.`.length),
      tidy(withUnknown(values, unknown.get(address) ?? false)),
    ]);
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([name]) => name.startsWith(`${call}_`))
    .map(([name, { after, after_unknown }]) => [name.slice(call.length + 1), tidy(withUnknown(after, after_unknown))]);
  return portable({ resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) }, folders);
}

/** What the resources and outputs of an applied case came to be, every generated value as `<address.attribute>`. */
export function appliedValues(state: StateJson, folders: Folders): ParityResult {
  const call = `module.${APPLIED_CALL}.`;
  const all = resourcesOf(state.values.root_module).map((resource) => ({
    ...applied(resource),
    isOfCall: resource.address.startsWith(call),
    name: resource.address.startsWith(call) ? resource.address.slice(call.length) : resource.address,
  }));
  const symbols = symbolsOf(all);
  const resources = all
    .filter(({ isOfCall }) => isOfCall)
    .map((resource) => [resource.name, symbolicValues(resource, symbols)]);
  const outputs = Object.entries(state.values.outputs ?? {}).map(([name, { value }]) => [
    name,
    symbolic(tidy(value), symbols),
  ]);
  return portable({ resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) }, folders);
}

/** What all resources of a root came to be, every generated value as `<address.attribute>`. */
export function deployedValues(state: StateJson, account: string): Record<string, unknown> {
  const all = resourcesOf(state.values.root_module)
    .filter(({ address }) => !address.startsWith("data."))
    .map(applied);
  const symbols = [...symbolsOf(all), [account, "<account>"] as const];
  return Object.fromEntries(all.map((resource) => [resource.name, symbolicValues(resource, symbols)]));
}

/** The addresses of an applied case that a plan would change. */
export function touchedAddresses({ resource_changes: all = [] }: PlanJson): string[] {
  const touched = all.filter(({ change }) => change.actions.join() !== "no-op");
  return touched.map(({ address }) => address.replace(/^module\.m\./, "")).sort();
}

/** A module's resources, its data sources first, as Terraform 1 lists them and 0.13 does not. */
function resourcesOf({ resources = [], child_modules = [] }: Module): Resource[] {
  const rank = ({ address }: Resource) => (/(^|\.)data\./.test(address) ? 0 : 1);
  return [...[...resources].sort((a, b) => rank(a) - rank(b)), ...child_modules.flatMap(resourcesOf)];
}

function applied({ address, type, values = {} }: Resource): Applied {
  return { name: address, type, values: tidy(values) as Applied["values"] };
}

/** Names of folders in place of folders, so that no path of a machine is compared. */
function portable(result: ParityResult, folders: Folders): ParityResult {
  const longestFirst = Object.entries(folders).sort(([a], [b]) => b.length - a.length);
  const text = longestFirst.reduce((all, [folder, name]) => all.replaceAll(folder, name), JSON.stringify(result));
  return JSON.parse(text) as ParityResult;
}
