import type { Member, Shape, Shapes } from "./shape";

type Type = string | readonly [string, Type | Readonly<Record<string, Type>>, ...unknown[]];

interface Attribute {
  readonly type?: Type;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly deprecated?: boolean;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<
    Record<
      string,
      { readonly nesting_mode: string; readonly min_items?: number; readonly block: Block & { deprecated?: boolean } }
    >
  >;
}

/** A provider's part of what `terraform providers schema -json` prints. */
export interface ProviderSchema {
  readonly resource_schemas: Readonly<Record<string, { readonly block: Block }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: Block }>>;
}

/** What resources and data sources have by the provider's own word. */
export function shapesOfProvider(schema: ProviderSchema): Shapes {
  const of = (all: ProviderSchema["resource_schemas"], prefix: string) =>
    Object.entries(all).map(([type, { block }]) => [`${prefix}${type}`, shapeOf(block)] as const);
  return Object.fromEntries([...of(schema.resource_schemas, ""), ...of(schema.data_source_schemas, "data.")]);
}

function shapeOf({ attributes = {}, block_types: blocks = {} }: Block): Shape {
  const members = Object.entries(attributes).map(([name, attribute]) => [name, ofAttribute(attribute)] as const);
  const nested = Object.entries(blocks).map(([name, { nesting_mode: nesting, min_items: least = 0, block }]) => {
    const type = nesting === "single" ? "object" : `${nesting} of object`;
    const flags = {
      ...(least > 0 && { required: true as const }),
      ...(block.deprecated && { deprecated: true as const }),
    };
    return [name, { type, ...flags, nested: shapeOf(block) }] as const;
  });
  return Object.fromEntries([...members, ...nested]);
}

function ofAttribute({ type = "object", required, optional, computed, deprecated }: Attribute): Member {
  const isReadOnly = computed === true && optional !== true;
  return {
    ...(isReadOnly ? { computed: true as const } : ofType(type)),
    ...(required && { required: true as const }),
    ...(deprecated && { deprecated: true as const }),
  };
}

function ofType(type: Type): Member {
  if (typeof type === "string") return { type };
  const [kind, of] = type;
  if (kind === "object") {
    const members = Object.entries(of as Readonly<Record<string, Type>>).map(
      ([name, each]) => [name, ofType(each)] as const,
    );
    return { type: "object", nested: Object.fromEntries(members) };
  }
  const { type: item = "", nested } = ofType(of as Type);
  return { type: `${kind} of ${item}`, ...(nested && { nested }) };
}
