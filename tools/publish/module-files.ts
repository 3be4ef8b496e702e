import type { Module } from "../../lib/synth/module";

/**
 * The `.tf.json` files of a Terraform module, by their names: without provider, backend, CDKTF's metadata, or a path
 * of the machine that builds it.
 */
export function moduleFiles(published: Module): Map<string, string> {
  const { terraform, variable, output, locals, module, moved, data, resource } = published.configuration();
  const files = Object.entries({
    "versions.tf.json": { terraform },
    "variables.tf.json": { variable: conventional("variable", variable) },
    "main.tf.json": {
      locals,
      module: conventional("module", module),
      moved,
      data: byType(data),
      resource: byType(resource),
    },
    "outputs.tf.json": { output: conventional("output", output) },
  });
  return new Map(
    files.flatMap(([name, configuration]) => {
      const blocks = Object.entries(configuration).filter(([, block]) => block && Object.keys(block).length > 0);
      return blocks.length === 0 ? [] : [[name, `${JSON.stringify(Object.fromEntries(blocks), null, 2)}\n`]];
    }),
  );
}

/** The arguments that Terraform's style guide puts first and last in each kind of block. */
const ORDER: Record<"variable" | "output" | "module" | "element", Record<"first" | "last", readonly string[]>> = {
  variable: { first: ["type", "description", "default", "sensitive", "nullable"], last: ["validation"] },
  output: { first: ["description", "value", "sensitive"], last: ["depends_on"] },
  module: { first: ["source"], last: ["depends_on"] },
  element: { first: ["count"], last: ["dynamic", "lifecycle", "depends_on"] },
};

/**
 * Blocks with their arguments in the conventional order, and without the `//` in which CDKTF notes where an element
 * comes from.
 */
function conventional(kind: keyof typeof ORDER, blocks: unknown): Record<string, unknown> {
  const { first, last } = ORDER[kind];
  return Object.fromEntries(
    Object.entries((blocks ?? {}) as Record<string, Record<string, unknown>>).map(([name, block]) => {
      const others = Object.keys(block).filter((key) => key !== "//" && !first.includes(key) && !last.includes(key));
      const keys = [...first.filter((key) => key in block), ...others, ...last.filter((key) => key in block)];
      return [name, Object.fromEntries(keys.map((key) => [key, block[key]]))];
    }),
  );
}

function byType(blocks: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(blocks).map(([type, ofType]) => [type, conventional("element", ofType)]));
}
