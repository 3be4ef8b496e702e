import { Tokenization, type IResolvable, type IResolveContext } from "cdktf";
import type { Operand } from "./operand";
import { toExpression, topLevelOperators, type TemplateValue } from "./template";
import { tokenOf } from "./tokens";

/** A context that knows more of tokens than CDKTF's own. */
export interface ReferenceContext extends IResolveContext {
  /** What a token refers to, as it stands in an expression; undefined where it is no reference, or one to another stack. */
  identifierOf?(token: IResolvable): string | undefined;
  /** What a value is where it is a token; a list or map of values as it is. */
  outermost?(value: unknown): unknown;
}

/** What stands within another expression by a text of its own. */
interface Inner {
  inner(context: IResolveContext): string;
}

function isInner(token: object): token is Inner {
  return typeof (token as Partial<Inner>).inner === "function";
}

/** An operand as it stands in an expression; what is an expression or a reference in it needs not go through a template. */
export function innerText(operand: Operand, context: ReferenceContext): string {
  return presentText(operand, context) ?? "null";
}

/** Likewise; undefined where there is no value. */
function presentText(operand: Operand, context: ReferenceContext): string | undefined {
  const token = typeof operand === "string" ? tokenOf(operand) : operand;
  if (typeof token === "object" && token !== null) {
    if (isInner(token)) return token.inner(context);
    if (Tokenization.isResolvable(token)) {
      const identifier = context.identifierOf?.(token);
      if (identifier !== undefined) return identifier;
    } else if (context.outermost?.(token) === token) return collectionText(token, context);
  }
  const resolved = resolveOperand(operand, context);
  return resolved === undefined ? undefined : toExpression(resolved);
}

/** A list or map that is no token itself, without what there is no value of. */
function collectionText(collection: object, context: ReferenceContext): string {
  if (Array.isArray(collection)) {
    const items = collection.map((item: Operand) => presentText(item, context));
    return `[${items.filter((item) => item !== undefined).join(", ")}]`;
  }
  const entries: string[] = [];
  for (const [key, item] of Object.entries(collection as Record<string, Operand>)) {
    const text = presentText(item, context);
    if (text !== undefined) entries.push(`${toExpression(key)} = ${text}`);
  }
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** An operand as it stands in JSON; only what has tokens in it needs CDKTF's resolution. */
export function resolveOperand(operand: Operand, context: IResolveContext): TemplateValue | undefined {
  if (operand === undefined || operand === null) return operand;
  const isPlain = typeof operand === "boolean" || (typeof operand === "string" && !operand.includes("TfToken["));
  return isPlain ? operand : (context.resolve(operand) as TemplateValue | undefined);
}

/** Whether an operand with operators of its own would be read otherwise beside what surrounds it. */
export function needsParentheses(operand: string, text: string, after: string): boolean {
  const before = text.slice(-3);
  const isApart = /(^|[([{,]\s*| = )$/.test(before) && /^\s*($|[)\]},])/.test(after);
  if (isApart) return false;
  const operators = topLevelOperators(operand);
  if (operators.length === 0) return false;
  const isPartOfConditional = /(^|[([{,?:]\s*| = )$/.test(before) && /^\s*($|[)\]},?:])/.test(after);
  return operators.includes("?") || !isPartOfConditional;
}

/** Runs with references rendered as interpolations, whatever surrounds the expression. */
export function withBraces<Result>(context: IResolveContext, run: () => Result): Result {
  const outer = context.suppressBraces;
  context.suppressBraces = false;
  try {
    return run();
  } finally {
    context.suppressBraces = outer;
  }
}
