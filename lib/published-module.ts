import { TerraformStack } from "cdktf";
import { RootConstruct, type Construct } from "constructs";
import { terraformBlock, type Requirements } from "./requirements";

/** What a published Terraform module is made of. */
export interface PublishedModule {
  readonly requirements: Requirements;
  /** Files of the project that belong to the module, by their names in it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Declares variables, resources and outputs. */
  readonly build: (scope: Construct) => void;
}

/** A Terraform configuration in JSON, by its kinds of blocks. */
type Configuration = Record<string, Record<string, unknown> | undefined>;

/**
 * The `.tf.json` files of a Terraform module, by their names: without provider, backend, CDKTF's metadata, or a path
 * of the machine that builds it.
 */
export function moduleFiles({ requirements, build }: PublishedModule): Map<string, string> {
  const stack = new ModuleStack(new RootConstruct(), "module");
  build(stack);
  const { variable, output, terraform, data, locals, module, resource } = stack.configuration();
  const files: [string, Configuration][] = [
    ["versions.tf.json", { terraform: { ...terraform, ...terraformBlock(requirements) } }],
    ["variables.tf.json", { variable }],
    ["main.tf.json", { locals, module, data, resource }],
    ["outputs.tf.json", { output }],
  ];
  return new Map(
    files.flatMap(([name, configuration]) => {
      const blocks = Object.entries(configuration).filter(([, block]) => block && Object.keys(block).length > 0);
      return blocks.length === 0 ? [] : [[name, `${JSON.stringify(Object.fromEntries(blocks), null, 2)}\n`]];
    }),
  );
}

/** A stack whose configuration is a module that anybody may call. */
class ModuleStack extends TerraformStack {
  public configuration(): Configuration {
    const { resource, data, module, variable, ...rest } = this.toTerraform() as Configuration;
    return {
      ...rest,
      variable: conventional(variable),
      module: conventional(module),
      resource:
        resource && Object.fromEntries(Object.entries(resource).map(([type, each]) => [type, conventional(each)])),
      data: data && Object.fromEntries(Object.entries(data).map(([type, each]) => [type, conventional(each)])),
    };
  }
}

const FIRST = ["count", "source", "type", "description"];
const LAST = ["dynamic", "validation", "lifecycle", "depends_on"];

/**
 * Blocks with their arguments in the order that Terraform's style guide asks for, and without the `//` in which CDKTF
 * notes where an element comes from.
 */
function conventional(blocks: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries((blocks ?? {}) as Record<string, Record<string, unknown>>).map(([name, block]) => {
      const others = Object.keys(block).filter((key) => key !== "//" && !FIRST.includes(key) && !LAST.includes(key));
      const keys = [...FIRST.filter((key) => key in block), ...others, ...LAST.filter((key) => key in block)];
      return [name, Object.fromEntries(keys.map((key) => [key, block[key]]))];
    }),
  );
}
