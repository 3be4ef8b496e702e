import { inspect, isDeepStrictEqual } from "node:util";
import { Token, Tokenization } from "cdktf";
import type { InputType } from "./contract";

/** What a value of a type is called in messages. */
export function nameOf(type: InputType): string {
  return TYPES[type].name;
}

/** What is wrong with the type of a value that is not missing, if anything: it must be a literal of the type or a token. */
export function typeProblem(label: string, type: InputType, value: unknown, sensitive = false): string | undefined {
  const { name, is } = TYPES[type];
  if (!is(value)) return `${label} must be ${name}; received ${show(value, sensitive)}.`;
  if (!textsOf(value).some((text) => HALF_A_CHARACTER.test(text))) return undefined;
  return `${label} must be of whole Unicode characters, without half of a surrogate pair; received ${show(value, sensitive)}.`;
}

/** Terraform would put another character in its place. */
const HALF_A_CHARACTER = /\p{Surrogate}/u;

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || Tokenization.isResolvable(value)) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value)].filter(isText);
}

/** A value in a message: as JSON where that says it all, cut where it is long, its type alone where it is sensitive. */
export function show(value: unknown, sensitive = false): string {
  if (sensitive) return `a ${typeof value}`;
  const text = asJson(value) ?? inspect(value, { breakLength: Infinity, depth: 3 });
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** A value's JSON, unless that is another value's too: of NaN, undefined, a hole in a list, a date. */
function asJson(value: unknown): string | undefined {
  try {
    const json = JSON.stringify(value);
    return isDeepStrictEqual(JSON.parse(json), value) ? json : undefined;
  } catch {
    return undefined;
  }
}

const TYPES: Record<InputType, { readonly name: string; readonly is: (value: unknown) => boolean }> = {
  string: { name: "a string", is: (value) => isText(value) || isToken(value) },
  number: { name: "a number", is: (value) => (typeof value === "number" && Number.isFinite(value)) || isToken(value) },
  bool: { name: "true or false", is: (value) => typeof value === "boolean" || isToken(value) },
  "list(string)": {
    name: "a list of strings",
    // Array.from has an item for each hole, which the list's own methods pass over.
    is: (value) => (Array.isArray(value) ? Array.from(value as unknown[]).every(isItem) : isToken(value)),
  },
  "map(string)": {
    name: "a map of strings",
    is: (value) => isToken(value) || (isPlainObject(value) && Object.values(value).every(isItem)),
  },
};

function isItem(value: unknown): boolean {
  return isText(value) || (typeof value !== "object" && isToken(value)) || Tokenization.isResolvable(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isToken(value: unknown): boolean {
  if (typeof value === "object" && !Array.isArray(value)) return Tokenization.isResolvable(value);
  return Token.isUnresolved(value);
}

/** An object as a literal makes it; a Map or a Date would pass for an empty one. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
