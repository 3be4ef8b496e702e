/**
 * Terraform's template language as it stands in JSON configuration: every JSON string is a template, in which
 * `${…}` is an interpolation and `$${` and `%%{` are the literal `${` and `%{`.
 */

/** A value as it stands in Terraform's JSON configuration, its strings being templates. */
export type TemplateValue =
  string | number | boolean | null | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

/** The template that yields exactly this text. */
export function escapeTemplate(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** The text that a template without interpolations yields; undefined where it has one. */
export function unescapeTemplate(template: string): string | undefined {
  let text = "";
  for (const part of templateParts(template)) {
    if (part.interpolation) return undefined;
    text += part.text.replace(/([$%])\1(?=\{)/g, "$1");
  }
  return text;
}

/** Templates in a row as one template. */
export function joinTemplates(templates: readonly string[]): string {
  let joined = "";
  for (const template of templates) {
    // Literal dollars before "${" or "{" would change what the next template means.
    const signs = /[$%]+$/.exec(joined)?.[0];
    if (signs && !endsWithInterpolation(joined) && /^[{$%]/.test(template)) {
      joined = `${joined.slice(0, -signs.length)}\${"${signs}"}`;
    }
    joined += template;
  }
  return joined;
}

/**
 * The HCL expression that has the value of a piece of JSON configuration.
 *
 * @param value - what stands in the JSON; `"${a.b}"` becomes `a.b`, `"x-${a.b}"` becomes `"x-${a.b}"` in HCL's quotes
 */
export function toExpression(value: TemplateValue): string {
  if (typeof value === "string") return templateToExpression(value);
  if (value === null || typeof value !== "object") return String(value);
  if (isList(value)) return `[${value.map(toExpression).join(", ")}]`;
  const entries = Object.entries(value).map(([key, item]) => `${templateToExpression(key)} = ${toExpression(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** The operators of an expression that stand outside of brackets and quotes; each has spaces around it. */
export function topLevelOperators(expression: string): string[] {
  const operators: string[] = [];
  let position = 0;
  for (;;) {
    OPERATOR_OR_OPENING.lastIndex = position;
    const [found] = OPERATOR_OR_OPENING.exec(expression) ?? [];
    if (found === undefined) return operators;
    position = OPERATOR_OR_OPENING.lastIndex;
    if ('"([{'.includes(found)) position = skip(expression, position - 1);
    else operators.push(found);
  }
}

/** A word of operator signs, or what opens a bracket or quotes. */
const OPERATOR_OR_OPENING = /["([{]|(?<=^| )[-+*/%<>=!&|?:]+(?= |$)/g;

interface TemplatePart {
  readonly text: string;
  readonly interpolation: boolean;
}

function isList(value: object): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

function templateToExpression(template: string): string {
  if (REFERENCE.test(template)) return template.slice(2, -1);
  const parts = templateParts(template);
  const [only] = parts;
  if (only?.interpolation && only.text.startsWith("$") && parts.length === 1) return only.text.slice(2, -1).trim();
  return `"${parts.map((part) => (part.interpolation ? part.text : quote(part.text))).join("")}"`;
}

/** Nothing but a reference: what most templates are. */
const REFERENCE = /^\$\{[\w.-]+\}$/;

function quote(text: string): string {
  if (!/[\\"\0-\x1f]/.test(text)) return text;
  return text
    .replace(/[\\"]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t")
    .replace(/[\0-\x1f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function endsWithInterpolation(template: string): boolean {
  return templateParts(template).at(-1)?.interpolation ?? false;
}

/** Literal parts (still escaped) and interpolations (with their braces) in their order. */
function templateParts(template: string): TemplatePart[] {
  if (!/[$%]\{/.test(template)) return template === "" ? [] : [{ text: template, interpolation: false }];
  const parts: TemplatePart[] = [];
  let start = 0;
  let position = 0;
  while (position < template.length) {
    const sign = template.charAt(position);
    if ((sign !== "$" && sign !== "%") || template.charAt(position + 1) !== "{") {
      // "$${" is the literal "${": pass over both signs, so that the second is not taken for a beginning.
      const escaped = (sign === "$" || sign === "%") && template.startsWith(`${sign}${sign}{`, position);
      position += escaped ? 3 : 1;
      continue;
    }
    const end = skip(template, position + 1);
    if (position > start) parts.push({ text: template.slice(start, position), interpolation: false });
    parts.push({ text: template.slice(position, end), interpolation: true });
    start = position = end;
  }
  if (template.length > start) parts.push({ text: template.slice(start), interpolation: false });
  return parts;
}

/** The position behind what opens here: a bracket of any kind, or a quoted text with interpolations of its own. */
function skip(expression: string, open: number): number {
  return expression.charAt(open) === '"' ? skipQuoted(expression, open) : skipBracketed(expression, open);
}

function skipQuoted(expression: string, open: number): number {
  let position = open + 1;
  for (;;) {
    QUOTED_SIGN.lastIndex = position;
    const [sign] = QUOTED_SIGN.exec(expression) ?? [];
    if (sign === undefined) throw unbalanced(expression);
    position = QUOTED_SIGN.lastIndex;
    if (sign === '"') return position;
    if (sign === "${" || sign === "%{") position = skip(expression, position - 1);
  }
}

function skipBracketed(expression: string, open: number): number {
  let position = open + 1;
  for (;;) {
    BRACKET_SIGN.lastIndex = position;
    if (!BRACKET_SIGN.test(expression)) throw unbalanced(expression);
    const end = BRACKET_SIGN.lastIndex;
    if (")]}".includes(expression.charAt(end - 1))) return end;
    position = skip(expression, end - 1);
  }
}

function unbalanced(expression: string): Error {
  return new Error(`Unbalanced Terraform expression: ${expression}`);
}

/** In quotes: an escape sequence, the beginning of an interpolation, or the end. */
const QUOTED_SIGN = /\\.|\$\$\{|%%\{|[$%]\{|"/gs;
/** Outside of quotes: what opens or closes. */
const BRACKET_SIGN = /[()[\]{}"]/g;
