import type { TerraformElement } from "cdktf";
import { evaluate, Expression, type Known, literal, type Operand } from "../hcl/expression";
import { entriesOf } from "../hcl/functions";

/** Blocks of one kind, one for each item of a list or entry of a map. */
export interface Blocks {
  readonly forEach: Operand;
  /** The arguments of a block. */
  readonly content: (entry: { readonly key: Operand; readonly value: Operand }) => Readonly<Record<string, Operand>>;
}

/** Gives an element its blocks of one kind: the blocks themselves where it is known at synth for what they are, or else `dynamic` ones. */
export function setBlocks(element: TerraformElement, kind: string, ...all: readonly Blocks[]): void {
  const told = all.map(toldBlocks);
  if (told.every((blocks) => blocks !== undefined)) {
    const blocks = told.flat();
    if (blocks.length > 0) element.addOverride(kind, blocks);
    return;
  }
  const of = (part: string) => new Expression([`${kind}.${part}`], []);
  const dynamic = all
    .filter((_, index) => told[index]?.length !== 0)
    .map(({ forEach, content }) => ({ for_each: forEach, content: content({ key: of("key"), value: of("value") }) }));
  element.addOverride(`dynamic.${kind}`, dynamic.length === 1 ? dynamic[0] : dynamic);
}

/** The blocks where it is known for what they are. */
function toldBlocks({ forEach, content }: Blocks): readonly object[] | undefined {
  const known = evaluate(forEach);
  if (typeof known !== "object" || known === null) return undefined;
  return entriesOf<Known>(known).map(([key, value]) => present(content({ key: literal(key), value: literal(value) })));
}

function present(content: Readonly<Record<string, Operand>>): Readonly<Record<string, Operand>> {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => evaluate(value) !== null));
}
