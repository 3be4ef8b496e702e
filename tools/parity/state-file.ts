import type { Variant } from "./shapes";

/** A state as Terraform keeps it in a file. */
export interface StateFile {
  readonly resources: readonly StateResource[];
}

interface StateResource {
  readonly module?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

/** The state without the reference's own Lambda code: what is recorded is data, and holds none of its code. */
export function withoutCode(state: StateFile): StateFile {
  return changed(state, (resource) =>
    resource.type === "archive_file"
      ? withAttributes(resource, (values) => ({ ...values, source: sourcesWithoutCode(values.source) }))
      : resource,
  );
}

/** The state as a variant has it. Data sources move along: one left behind would hold the address. */
export function edited(state: StateFile, { attributes = {}, modules = {} }: Variant): StateFile {
  return changed(state, (resource) => {
    const { module = "", mode, type } = resource;
    const moved = module in modules ? { ...resource, module: modules[module] } : resource;
    if (mode !== "managed") return moved;
    const own = Object.entries(attributes).filter(([path]) => path.startsWith(`${type}.`));
    return withAttributes(moved, (values) =>
      own.reduce((all, [path, value]) => replaced(all, path.split(".").slice(1), value) as typeof values, values),
    );
  });
}

function changed(state: StateFile, change: (resource: StateResource) => StateResource): StateFile {
  return { ...state, resources: state.resources.map(change) };
}

function withAttributes(
  resource: StateResource,
  change: (attributes: Readonly<Record<string, unknown>>) => Record<string, unknown>,
): StateResource {
  const instances = resource.instances.map((instance) => ({ ...instance, attributes: change(instance.attributes) }));
  return { ...resource, instances };
}

function sourcesWithoutCode(source: unknown): unknown {
  if (!Array.isArray(source)) return source;
  return source.map((file: object) => ({ ...file, content: "# the reference's code, left out" }));
}

/** A value with another one at a path in it; numbers in the path are indices. */
function replaced(value: unknown, [key = "", ...path]: readonly string[], by: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (String(index) === key ? replacement(item, path, by) : item));
  }
  const map = value as Readonly<Record<string, unknown>>;
  return { ...map, [key]: replacement(map[key], path, by) };
}

function replacement(value: unknown, path: readonly string[], by: unknown): unknown {
  return path.length === 0 ? by : replaced(value, path, by);
}
