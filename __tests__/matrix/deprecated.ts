/** A block of a provider's schema, as `terraform providers schema -json` has it. */
interface Block {
  readonly deprecated?: boolean;
  readonly attributes?: Readonly<Record<string, { readonly deprecated?: boolean }>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

type Schemas = Readonly<Record<string, { readonly block: Block }>>;

export interface ProviderSchema {
  readonly resource_schemas: Schemas;
  readonly data_source_schemas: Schemas;
}

type Blocks = Record<string, Record<string, unknown>>;

/**
 * What a configuration uses that its provider has deprecated: arguments and blocks that are set, and attributes that are
 * read. (`terraform validate` warns of arguments alone.)
 *
 * @param configuration - a file in Terraform's JSON
 */
export function deprecated(configuration: string, schema: ProviderSchema): string[] {
  const { resource = {}, data = {} } = JSON.parse(configuration) as { resource?: Blocks; data?: Blocks };
  const set = [
    { blocks: resource, schemas: schema.resource_schemas },
    { blocks: data, schemas: schema.data_source_schemas },
  ].flatMap(({ blocks, schemas }) =>
    Object.entries(blocks).flatMap(([type, byName]) => {
      const block = schemas[type]?.block;
      return block ? Object.values(byName).flatMap((value) => deprecatedIn(block, value, type)) : [];
    }),
  );
  const read = [...configuration.matchAll(/\b(data\.)?(aws_\w+)\.\w+(?:\[\d+\])?\.(\w+)/g)].flatMap(
    ([, isData, type = "", attribute = ""]) => {
      const schemas = isData ? schema.data_source_schemas : schema.resource_schemas;
      return schemas[type]?.block.attributes?.[attribute]?.deprecated
        ? [`${isData ?? ""}${type}.${attribute} read`]
        : [];
    },
  );
  return [...new Set([...set, ...read])].sort();
}

function deprecatedIn(block: Block, value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => deprecatedIn(block, item, path));
  if (typeof value !== "object" || value === null) return [];
  const found = block.deprecated ? [path] : [];
  for (const [name, argument] of Object.entries(value)) {
    if (block.attributes?.[name]?.deprecated) found.push(`${path}.${name}`);
    const nested = block.block_types?.[name]?.block;
    if (nested) found.push(...deprecatedIn(nested, argument, `${path}.${name}`));
    if (name !== "dynamic") continue;
    for (const [dynamic, { content }] of Object.entries(argument as Record<string, { content: unknown }>)) {
      const type = block.block_types?.[dynamic]?.block;
      if (type) found.push(...deprecatedIn(type, content, `${path}.${dynamic}`));
    }
  }
  return found;
}
