import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Dynamic {
  readonly content: object;
}

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

/** What Terraform itself takes in every block, and CDKTF's notes. */
const META = new Set(["//", "count", "depends_on", "for_each", "lifecycle", "provider", "dynamic"]);

/**
 * The arguments of a configuration that the installed bindings do not know. TypeScript sees to those that are set by
 * props; overrides, such as dynamic blocks, pass it by.
 *
 * @param configuration - a file in Terraform's JSON
 * @param folder - where the bindings are installed
 */
export function unknownArguments(configuration: string, folder: string): string[] {
  const { resource = {}, data = {} } = JSON.parse(configuration) as { resource?: Blocks; data?: Blocks };
  const kinds = [
    { blocks: resource, prefix: "" },
    { blocks: data, prefix: "data-" },
  ];
  return kinds.flatMap(({ blocks, prefix }) =>
    Object.entries(blocks).flatMap(([type, byName]) => {
      // Terraform's own: terraform_remote_state, terraform_data.
      if (type.startsWith("terraform_")) return [];
      const { own, nested } = knownArguments(type, prefix, folder);
      return Object.entries(byName).flatMap(([name, block]) =>
        [
          ...argumentsOf(block).filter((argument) => !own.has(argument)),
          ...Object.values((block.dynamic ?? {}) as Record<string, Dynamic | Dynamic[]>)
            .flat()
            .flatMap(({ content }) => Object.keys(content).filter((argument) => !nested.has(argument))),
        ].map((argument) => `${prefix}${type}.${name}: ${argument}`),
      );
    }),
  );
}

function argumentsOf(block: Record<string, unknown>): string[] {
  const dynamic = Object.keys((block.dynamic ?? {}) as object);
  return [...Object.keys(block).filter((argument) => !META.has(argument)), ...dynamic];
}

/** The arguments in the code of a resource's class: its own, and those of all the blocks in it. */
function knownArguments(type: string, prefix: string, folder: string): { own: Set<string>; nested: Set<string> } {
  const [provider = "", ...words] = type.split("_");
  // Data sources carry their provider's name: data-aws-region.
  const service = prefix === "" ? words.join("-") : `${prefix}${[provider, ...words].join("-")}`;
  const file = join(folder, "node_modules", "@cdktf", `provider-${provider}`, "lib", service, "index.js");
  if (!existsSync(file)) throw new Error(`There is no ${service} in the bindings of the provider ${provider}.`);
  const code = readFileSync(file, "utf8");
  const [before = "", attributes = ""] = code.split(" synthesizeAttributes() {");
  const [own = ""] = attributes.split("synthesizeHclAttributes() {");
  return { own: keysIn(own), nested: keysIn(before) };
}

function keysIn(code: string): Set<string> {
  return new Set([...code.matchAll(/^\s+"?([a-z0-9_]+)"?: /gm)].map(([, key = ""]) => key));
}
