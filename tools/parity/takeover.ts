import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "./arguments";
import { chosen } from "./cases";
import { differences } from "./differences";
import { inScratchRoot, onFreshAws, type ScratchRoot, type Tools } from "./emulated";
import { moduleFolder } from "./modules";
import { AT_ONCE, pooled } from "./pool";
import { writeRecorded } from "./record";
import { sourceOf, type Modules } from "./resolve";
import { SHAPES, UPSTREAM_SHAPES, type Change, type Shape, type ShapeRoot, type Variant } from "./shapes";
import { edited, withoutCode, type StateFile } from "./state-file";
import type { PlanJson } from "./values";

/** A change, and what the reference plans for it: actions by address. */
type RecordedChange = Change & { readonly plan: Readonly<Record<string, string>> };

type Options = Pick<Command, "modules" | "takeover" | "names">;
type Say = (text: string) => void;

const STATE = "terraform.tfstate";

/**
 * Applies the reference in each shape, and writes the root, the state and what the reference plans for later changes.
 * @returns how many shapes failed
 */
export async function recordTakeover(options: Options, tools: Tools, say: Say): Promise<number> {
  const all = options.names.length === 0 ? SHAPES : { ...SHAPES, ...UPSTREAM_SHAPES };
  return each(chosen("shape", all, options.names), tools, say, async (name, shape, root) => {
    const configuration = placed(shape.root, options.modules, root);
    if (shape.callsLast) {
      const { module, ...others } = configuration;
      void module;
      await root.write(others);
      await root.apply();
    }
    await root.write(configuration);
    await root.apply();
    const state = readFileSync(join(root.folder, STATE), "utf8");
    const changes: RecordedChange[] = [];
    for (const change of shape.changes ?? []) {
      changes.push({ ...change, plan: await plannedChanges(shape.root, change, options.modules, root) });
    }
    const folder = join(options.takeover, name);
    const write = (file: string, content: unknown, indent: number) => {
      writeRecorded(join(folder, file), JSON.stringify(content, undefined, indent));
    };
    write("root.tf.json", shape.root, 1);
    // As Terraform writes it.
    write("state.json", withoutCode(JSON.parse(state) as StateFile), 2);
    if (changes.length > 0) write("changes.json", changes, 1);
    if (shape.variants !== undefined) write("variants.json", shape.variants, 1);
    return "recorded";
  });
}

/**
 * Plans other modules on the recorded states: no managed resource may change but the Lambda's code, and later changes
 * must plan what the reference plans for them.
 * @returns how many shapes would change something
 */
export async function checkTakeover({ modules, takeover, names }: Options, tools: Tools, say: Say): Promise<number> {
  const all = Object.fromEntries(recordedShapes(takeover).map((name) => [name, readShape(join(takeover, name))]));
  return each(chosen("shape", all, names), tools, say, async (_, { shape, changes, state }, root) => {
    const found: string[] = [];
    const takeOver = async (its: StateFile) => {
      writeFileSync(join(root.folder, STATE), JSON.stringify(its));
      return Object.entries(touched(await root.plan("-refresh=false")));
    };
    await root.write(placed(shape.root, modules, root));
    for (const [address, actions] of await takeOver(state)) found.push(`${address}: ${actions}`);
    for (const variant of shape.variants ?? []) {
      for (const [address, actions] of await takeOver(edited(state, variant))) {
        found.push(`${variant.name}: ${address}: ${actions}`);
      }
    }
    writeFileSync(join(root.folder, STATE), JSON.stringify(state));
    for (const change of changes) {
      const planned = await plannedChanges(shape.root, change, modules, root);
      found.push(...differences(change.plan, planned, `${change.module} with ${JSON.stringify(change.inputs)}`));
    }
    return found;
  });
}

/** Runs `work` for each shape on a fresh emulated AWS, and says what came of it. @returns how many shapes failed */
async function each<Its>(
  shapes: Readonly<Record<string, Its>>,
  tools: Tools,
  say: Say,
  work: (name: string, shape: Its, root: ScratchRoot) => Promise<string | readonly string[]>,
): Promise<number> {
  let bad = 0;
  await pooled(Object.entries(shapes), AT_ONCE, async ([name, shape]) => {
    const words = await onFreshAws(tools, (endpoint) =>
      inScratchRoot(tools, endpoint, (root) => work(name, shape, root)),
    ).catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
    if (typeof words === "string" || words.length === 0) {
      say(`${name}: ${typeof words === "string" ? words : "nothing would change"}`);
    } else {
      bad++;
      say([`${name}:`, ...words.map((line) => `  ${line}`)].join("\n"));
    }
  });
  return bad;
}

/** The names of the recorded shapes. @throws Error where there is none */
export function recordedShapes(takeover: string): string[] {
  const folders = existsSync(takeover) ? readdirSync(takeover) : [];
  const names = folders.filter((name) => existsSync(join(takeover, name, "root.tf.json")));
  if (names.length > 0) return names;
  throw new Error(`--takeover ${takeover}: no shape is recorded there. Expected folders with a root.tf.json each.`);
}

function readShape(folder: string): { shape: Shape; changes: readonly RecordedChange[]; state: StateFile } {
  const read = <Content>(file: string) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Content;
  const readAny = <Item>(file: string) => (existsSync(join(folder, file)) ? read<readonly Item[]>(file) : []);
  const shape = { root: read<ShapeRoot>("root.tf.json"), variants: readAny<Variant>("variants.json") };
  return { shape, changes: readAny<RecordedChange>("changes.json"), state: read<StateFile>("state.json") };
}

async function plannedChanges(
  shape: ShapeRoot,
  { module, inputs }: Change,
  modules: Modules,
  root: ScratchRoot,
): Promise<Record<string, string>> {
  const changed = { ...shape, module: { ...shape.module, [module]: { ...shape.module[module], ...inputs } } };
  await root.write(placed(changed, modules, root));
  return touched(await root.plan("-refresh=false"));
}

/** A shape's root with the modules of a folder. */
function placed(shape: ShapeRoot, { folder }: Modules, root: ScratchRoot): Record<string, unknown> {
  const calls = Object.entries(shape.module).map(([call, { source, ...inputs }]) => {
    const name = String(source).replace(/^MODULES\//, "");
    return [call, { source: sourceOf(moduleFolder(folder, name), root), ...inputs }] as const;
  });
  return { ...shape, module: Object.fromEntries(calls) };
}

/** The actions on each managed resource that a plan changes otherwise than by the Lambda's own code. */
function touched({ resource_changes: all = [] }: PlanJson): Record<string, string> {
  const changed = all.filter(({ mode, address, change }) => {
    if (mode !== "managed" || change.actions.join() === "no-op") return false;
    const keys = Object.keys({ ...change.before, ...change.after }).filter(
      (key) => JSON.stringify(change.before?.[key]) !== JSON.stringify(change.after?.[key]),
    );
    return !(/\baws_lambda_function\./.test(address) && keys.every((key) => OF_CODE.has(key)));
  });
  return Object.fromEntries(changed.map(({ address, change }) => [address, change.actions.join("+")]));
}

/** Attributes that follow from the Lambda's code. */
export const OF_CODE: ReadonlySet<string> = new Set(
  "source_code_hash last_modified qualified_arn qualified_invoke_arn version code_sha256".split(" "),
);
