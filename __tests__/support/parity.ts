import type { ParityResult } from "./fixtures";

/** A Terraform module or resource as `terraform show -json` has them. */
interface Module {
  readonly resources?: readonly { readonly address: string; readonly values?: Record<string, unknown> }[];
  readonly child_modules?: readonly Module[];
}

export interface PlanJson {
  readonly planned_values: { readonly root_module: Module };
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly after_unknown: unknown };
  }[];
  readonly output_changes?: Record<string, { readonly after: unknown; readonly after_unknown: unknown }>;
}

export interface StateJson {
  readonly values: { readonly root_module: Module; readonly outputs?: Record<string, { readonly value: unknown }> };
}

/**
 * What a plan gives the resources of one of its modules, in the form in which the reference's values are recorded:
 * unknown values are `<computed>`, nulls and empty values are left out, JSON texts are parsed, and the module's own
 * folder is `${path.module}`.
 */
export function plannedValues(plan: PlanJson, call: string, folder: string): ParityResult {
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
  return portable(
    { resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) } as ParityResult,
    folder,
  );
}

/** What the resources of the module `m` came to be, every generated value as `<address.attribute>`. */
export function appliedValues(state: StateJson, folder: string): ParityResult {
  const all = resourcesOf(state.values.root_module).map(({ address, values }) => ({
    address,
    name: address.replace(/^module\.m\./, ""),
    values: tidy(values) as Record<string, unknown>,
  }));
  const names = generatedNames(all);
  const resources = all
    .filter(({ address }) => address.startsWith("module.m."))
    .map(({ name, values }) => [name, symbolic(values, names)]);
  const outputs = Object.entries(state.values.outputs ?? {}).map(([name, { value }]) => [
    name,
    symbolic(tidy(value), names),
  ]);
  return portable(
    { resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) } as ParityResult,
    folder,
  );
}

/** What all resources of a root came to be, every generated value as `<address.attribute>`. */
export function deployedValues(state: StateJson, account: string): Record<string, unknown> {
  const all = resourcesOf(state.values.root_module)
    .filter(({ address }) => !address.startsWith("data."))
    .map(({ address, values }) => ({ name: address, values: tidy(values) as Record<string, unknown> }));
  const names = [...generatedNames(all), [account, "<account>"] as const];
  return Object.fromEntries(all.map(({ name, values }) => [name, symbolic(values, names)]));
}

/** Where two values differ, by path. */
export function differences(expected: unknown, actual: unknown, path = ""): string[] {
  if (isMap(expected) && isMap(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    return keys.flatMap((key) => {
      if (!(key in actual)) return [`${path}/${key}: missing`];
      if (!(key in expected)) return [`${path}/${key}: not in the reference, ${JSON.stringify(actual[key])}`];
      return differences(expected[key], actual[key], `${path}/${key}`);
    });
  }
  const [want, have] = [JSON.stringify(expected), JSON.stringify(actual)];
  return want === have ? [] : [`${path}: ${have} instead of ${want}`];
}

/** A module's resources, its data sources first, as Terraform 1 lists them and 0.13 does not. */
function resourcesOf({ resources = [], child_modules = [] }: Module): NonNullable<Module["resources"]>[number][] {
  const rank = ({ address }: { readonly address: string }) => (/(^|\.)data\./.test(address) ? 0 : 1);
  return [...[...resources].sort((a, b) => rank(a) - rank(b)), ...child_modules.flatMap(resourcesOf)];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withUnknown(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return "<computed>";
  if (isMap(value) || isMap(unknown)) {
    const [known, unknowns] = [isMap(value) ? value : {}, isMap(unknown) ? unknown : {}];
    const keys = [...new Set([...Object.keys(known), ...Object.keys(unknowns)])].sort();
    return Object.fromEntries(keys.map((key) => [key, withUnknown(known[key], unknowns[key] ?? false)]));
  }
  if (!Array.isArray(value)) return value;
  const unknowns = Array.isArray(unknown) ? (unknown as unknown[]) : [];
  return value.map((item: unknown, index) => withUnknown(item, unknowns[index] ?? false));
}

/** The Lambda's code is the project's own. */
const NOT_COMPARED = new Set(["source_code_hash"]);

function tidy(value: unknown): unknown {
  if (isMap(value)) {
    const entries = Object.entries(value).flatMap(([key, item]) => {
      const clean = NOT_COMPARED.has(key) ? null : tidy(item);
      return isEmpty(clean) ? [] : [[key, clean] as const];
    });
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "string" || !/^[[{].*[\]}]$/s.test(value)) return value;
  try {
    return tidy(JSON.parse(value));
  } catch {
    return value;
  }
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** The attributes that AWS and the random provider make up. */
const GENERATED =
  "id arn key_id root_resource_id dns_name endpoint address zone_id hosted_zone_id result bcrypt_hash unique_id invoke_arn " +
  "qualified_arn execution_arn invoke_url value created_date last_updated_date create_date bucket_domain_name " +
  "bucket_regional_domain_name arn_suffix resource_id latest_restorable_time last_modified output_md5 output_sha " +
  "output_sha256 output_base64sha256 output_sha512 output_base64sha512 output_size code_sha256 source_code_hash " +
  "source_code_size qualified_invoke_arn revision arn_without_revision created_time domain_name reader_endpoint " +
  "cluster_resource_id dbi_resource_id vpc_id version_id";

function generatedNames(resources: readonly { readonly name: string; readonly values: Record<string, unknown> }[]) {
  const names = new Map<string, string>();
  for (const { name, values } of resources) {
    for (const attribute of GENERATED.split(" ")) {
      const value = values[attribute];
      const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
      if (text.length >= 8 && !names.has(text)) names.set(text, `<${name}.${attribute}>`);
    }
  }
  return [...names].sort(([a], [b]) => b.length - a.length);
}

function order(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function symbolic(value: unknown, names: readonly (readonly [string, string])[]): unknown {
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, symbolic(item, names)]));
  if (Array.isArray(value)) {
    const items = value.map((item) => symbolic(item, names));
    return items.sort((a, b) => order(sortKey(a), sortKey(b)));
  }
  if (typeof value !== "string" && typeof value !== "number") return value;
  const text = names.reduce((current, [generated, name]) => current.replaceAll(generated, name), String(value));
  return text === String(value) ? value : text;
}

/** As Python's `json.dumps` with sorted keys, by which the recorded lists are sorted. */
function sortKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortKey).join(", ")}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => order(a, b));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${sortKey(item)}`).join(", ")}}`;
}

function portable<Value>(value: Value, folder: string): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(folder, "${path.module}")) as Value;
}
