import {
  Concatenation,
  concatenation,
  constant,
  Expression,
  evaluate,
  hcl,
  itemized,
  literal,
  type Known,
  type Operand,
} from "./expression";

/** Texts and references in a row: `${resource_prefix}nlb${resource_suffix}`. */
export function concat(...parts: Operand[]): Expression {
  return new Concatenation(parts);
}

/** `condition ? whenTrue : whenFalse` */
export function ifElse(condition: Operand, whenTrue: Operand, whenFalse: Operand): Expression {
  const known = evaluate(condition);
  if (typeof known === "boolean") return constant(known ? whenTrue : whenFalse);
  return new Expression(
    ["", " ? ", " : ", ""],
    [condition, whenTrue, whenFalse],
    (holds) => evaluate(holds === true ? whenTrue : whenFalse),
    [0],
  );
}

/** The `count` of a resource that exists only where the condition holds. */
export function countIf(condition: Operand): number {
  return ifElse(condition, 1, 0).number;
}

/** `left == right`, for strings, numbers and booleans */
export function equal(left: Operand, right: Operand): Expression {
  if (isKnownNotEmpty(left, right)) return constant(false);
  return new Expression(["", " == ", ""], [left, right], (a, b) => a === b);
}

/** `left != right`, for strings, numbers and booleans */
export function notEqual(left: Operand, right: Operand): Expression {
  if (isKnownNotEmpty(left, right)) return constant(true);
  return new Expression(["", " != ", ""], [left, right], (a, b) => a !== b);
}

/** Whether a text is compared with the empty one, and known to have a character at least. */
function isKnownNotEmpty(text: Operand, other: Operand): boolean {
  return evaluate(other) === "" && concatenation(text)?.isNotEmpty === true;
}

/** `left <= right`, for numbers */
export function atMost(left: Operand, right: Operand): Expression {
  return new Expression(["", " <= ", ""], [left, right], (a, b) => Number(a) <= Number(b));
}

/** `!condition` */
export function not(condition: Operand): Expression {
  return new Expression(["!", ""], [condition], (holds) => holds !== true);
}

/** `a && b && …` */
export function all(...conditions: Operand[]): Expression {
  return operators("&&", conditions, true);
}

/** `a || b || …` */
export function any(...conditions: Operand[]): Expression {
  return operators("||", conditions, false);
}

/** Whether a pattern (RE2, and so without look-around) is found in a text. */
export function matches(pattern: string, text: Operand): Expression {
  return new Expression(["can(regex(", ", ", "))"], [pattern, text], (_, value) =>
    // Terraform brings every text into this form.
    typeof value === "string" ? new RegExp(pattern, "u").test(value.normalize("NFC")) : false,
  );
}

/** A list of strings where a condition holds, and an empty one where not; the items themselves where that is known at synth. */
export function listIf(condition: Operand, items: string[]): string[] {
  const known = evaluate(condition);
  if (known === true) return items;
  return known === false ? [] : ifElse(condition, items, []).list;
}

/** `length(value)` of a text (in characters), list or map */
export function length(value: Operand): Expression {
  return new Expression(["length(", ")"], [value], (known) => {
    if (typeof known === "string") return [...known].length;
    return Array.isArray(known) ? known.length : Object.keys(known as object).length;
  });
}

/** Whether a text, list or map has anything in it. */
export function notEmpty(value: Operand): Expression {
  return new Expression(["", " > 0"], [length(value)], (count) => Number(count) > 0);
}

/** `replace(text, search, by)`, the search being plain text */
export function replace(text: Operand, search: string, by: string): Expression {
  return new Expression(["replace(", ", ", ", ", ")"], [text, search, by], (known) =>
    String(known).replaceAll(search, by),
  );
}

/** `replace(text, "/pattern/", by)`: every match of a pattern (RE2), `$1` being what its first group has found. */
export function replaceMatches(text: Operand, search: string, by: string): Expression {
  return new Expression(["replace(", ", ", ", ", ")"], [text, `/${search}/`, by], (known) =>
    String(known).replace(new RegExp(search, "gu"), by),
  );
}

/** `concat(…)` of lists; a list without it where all items are told one by one */
export function joinLists(...lists: Operand[]): Expression {
  const told = lists.map((list) => itemized(list));
  if (told.every((items) => Array.isArray(items))) return constant(told.flat());
  const some = lists.filter((_, index) => !isNothing(told[index]));
  if (some.length === 1) return constant(some[0]);
  const commas = some.map((_, index) => (index === 0 ? "concat(" : ", "));
  return new Expression([...commas, ")"], some, (...known) => (known as (readonly Known[])[]).flat());
}

/** `distinct(list)`, of texts */
export function distinct(list: Operand): Expression {
  return new Expression(["distinct(", ")"], [list], (known) => [...new Set(known as readonly Known[])]);
}

/** `list[0]`, which must be there */
export function first(list: Operand): Expression {
  return new Expression(["", "[0]"], [list], (known) => (known as readonly Known[])[0] as Known);
}

/** `[for item in list : …]`: a list where its length is known at synth. */
export function mapped(list: Operand, item: string, value: (item: Operand) => Operand): Operand {
  const known = evaluate(list);
  if (Array.isArray(known)) return known.map((each: Known) => value(literal(each)));
  return new Expression([`[for ${item} in `, " : ", "]"], [list, value(new Expression([item], []))]);
}

/** `[for key, value in map : …]`: a list, in the order of the keys, where all entries are told one by one. */
export function mappedEntries(map: Operand, item: (key: Operand, value: Operand) => Operand): Operand {
  const told = itemized(map);
  if (told !== undefined) return entriesOf<Operand>(told).map(([key, value]) => item(key, value));
  return new Expression(["[for name, value in ", " : ", "]"], [map, item(hcl`name`, hcl`value`)]);
}

/** A list where an attribute wants a list of strings. */
export function listOfStrings(list: Operand): string[] {
  return Array.isArray(list) ? list.map((item: Operand) => constant(item).string) : constant(list).list;
}

/** `coalesce(…)`: the first value that is neither null nor empty */
export function coalesce(...values: Operand[]): Expression {
  const commas = values.map((_, index) => (index === 0 ? "coalesce(" : ", "));
  return new Expression([...commas, ")"], values, (...known) => known.find((each) => each !== null && each !== ""));
}

/** `max(left, right)` */
export function max(left: Operand, right: Operand): Expression {
  return new Expression(["max(", ", ", ")"], [left, right], (a, b) => Math.max(Number(a), Number(b)));
}

/** `lower(text)` */
export function lower(text: Operand): Expression {
  return new Expression(["lower(", ")"], [text], (known) => String(known).toLowerCase());
}

/** `base64encode(text)` */
export function base64encode(text: Operand): Expression {
  return new Expression(["base64encode(", ")"], [text], (known) => Buffer.from(String(known)).toString("base64"));
}

function isNothing(items: object | undefined): boolean {
  return items !== undefined && Object.keys(items).length === 0;
}

/** `substr(text, 0, length)` of a text in ASCII */
export function start(text: Operand, length: number): Expression {
  return new Expression([`substr(`, `, 0, ${String(length)})`], [text], (known) => String(known).slice(0, length));
}

/** Maps into one, the later ones winning; a map without `merge(…)` where all entries are told one by one. */
export function merge(...maps: Operand[]): Expression {
  const told = maps.map((map) => itemized(map));
  if (told.every((entries) => entries !== undefined)) return constant(Object.assign({}, ...told) as Operand);
  const some = maps.filter((_, index) => !isNothing(told[index]));
  if (some.length === 1) return constant(some[0]);
  const commas = some.map((_, index) => (index === 0 ? "merge(" : ", "));
  return new Expression([...commas, ")"], some, (...known) => Object.assign({}, ...known) as Known);
}

/** A JSON text, encoded by Terraform, so that no value in it can break it; the same text where all of it is known at synth. */
export function jsonencode(value: Operand): string {
  return new Expression(["jsonencode(", ")"], [value], encoded).string;
}

/** JSON as Terraform's `jsonencode` writes it: keys in order, and what HTML would read as its own escaped. */
function encoded(known: Known): string {
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(inOrder(known)).replace(/[<>&\u2028\u2029]/g, code);
}

function inOrder(known: Known): Known {
  if (typeof known !== "object" || known === null) return known;
  if (Array.isArray(known)) return known.map(inOrder);
  return Object.fromEntries(entriesOf(known).map(([key, item]) => [key, inOrder(item as Known)]));
}

/** The items of a list by their index, or the entries of a map, in Terraform's order. */
export function entriesOf<Value>(items: readonly Value[] | Readonly<Record<string, Value>>): [string, Value][] {
  const entries = Object.entries(items) as [string, Value][];
  return Array.isArray(items) ? entries : entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether a condition holds for every item of a list. */
export function every(list: Operand, condition: (item: Operand) => Expression): Expression {
  return new Expression(
    ["length([for item in ", " : item if ", "]) == 0"],
    [list, not(condition(hcl`item`))],
    () => {
      const items = evaluate(list);
      if (!Array.isArray(items)) return undefined;
      const verdicts = items.map((item: Known) => condition(literal(item)).evaluate());
      return verdicts.includes(undefined) ? undefined : verdicts.every((verdict) => verdict === true);
    },
    [0],
  );
}

/** Whether a condition holds for every entry of a map. */
export function everyEntry(map: Operand, condition: (key: Operand, value: Operand) => Expression): Expression {
  return new Expression(
    ["length([for key, value in ", " : key if ", "]) == 0"],
    [map, not(condition(hcl`key`, hcl`value`))],
    () => {
      const entries = evaluate(map);
      if (typeof entries !== "object" || entries === null) return undefined;
      const verdicts = Object.entries(entries as Record<string, Known>).map(([key, value]) =>
        condition(literal(key), literal(value)).evaluate(),
      );
      return verdicts.includes(undefined) ? undefined : verdicts.every((verdict) => verdict === true);
    },
    [0],
  );
}

/** Conditions with an operator between them; `neutral` is the value that decides nothing beside others. */
function operators(operator: string, conditions: Operand[], neutral: boolean): Expression {
  if (conditions.some((condition) => evaluate(condition) === !neutral)) return constant(!neutral);
  const open = conditions.filter((condition) => evaluate(condition) !== neutral);
  if (open.length < 2) return constant(open.length === 0 ? neutral : open[0]);
  const between = open.map((_, index) => (index === 0 ? "" : ` ${operator} `));
  return new Expression([...between, ""], open);
}
