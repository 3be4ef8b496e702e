import { Token, Tokenization, type IResolvable, type IResolveContext } from "cdktf";
import type { Known, Operand } from "./operand";
import { innerText, needsParentheses, resolveOperand, withBraces } from "./rendering";
import { escapeTemplate, joinTemplates, toExpression, unescapeTemplate, type TemplateValue } from "./template";
import { isEncodedMap, isEncodedToken, rememberToken, splitTokens, tokenOf } from "./tokens";

export type { Known, Operand };

/** How an expression's value follows from its operands' values, where all of them are known. */
export type Evaluate = (...operands: Known[]) => Known | undefined;

/**
 * A Terraform expression: HCL text with operands in it.
 *
 * Where every operand that decides its value is a literal, it is that value, at synth: what is known is written down as it is, and one
 * rule serves both synth and plan. Otherwise it is HCL.
 */
export class Expression implements IResolvable {
  /**
   * @param text - the HCL between the operands
   * @param operands - what stands between the pieces of text
   * @param evaluator - the expression's value, from the values of its operands
   * @param needed - which operands must be known for that, by index (default: every one)
   */
  public constructor(
    private readonly text: readonly string[],
    private readonly operands: readonly Operand[],
    private readonly evaluator?: Evaluate,
    private readonly needed?: readonly number[],
  ) {}

  /** Empty: nobody needs to know where an expression was made, and there are many. */
  public get creationStack(): string[] {
    return [];
  }

  /** The expression where an attribute wants a string. */
  public get string(): string {
    const known = this.written();
    if (typeof known === "string") return literal(known);
    const text = Token.asString(this);
    rememberToken(text, this);
    return text;
  }

  /** The expression where an attribute wants a number. */
  public get number(): number {
    const known = this.written();
    return typeof known === "number" ? known : Token.asNumber(this);
  }

  /** The expression where an attribute wants a list of strings. */
  public get list(): string[] {
    const known = this.written();
    return Array.isArray(known) ? (literal(known) as string[]) : Token.asList(this);
  }

  /** The expression where an attribute wants a map of strings. */
  public get map(): Record<string, string> {
    const known = this.written();
    const isMap = typeof known === "object" && known !== null && !Array.isArray(known);
    return isMap ? (literal(known) as Record<string, string>) : Token.asStringMap(this);
  }

  /** The expression's value; undefined where an operand is only known to Terraform. */
  public evaluate(): Known | undefined {
    if (!this.isEvaluated) {
      this.known = this.evaluated();
      this.isEvaluated = true;
    }
    return this.known;
  }

  private isEvaluated = false;
  private known: Known | undefined;

  /** The value by which the expression is written down; undefined where it is written as HCL. */
  protected written(): Known | undefined {
    return this.evaluate();
  }

  private evaluated(): Known | undefined {
    if (!this.evaluator) return undefined;
    const values: Known[] = [];
    for (const operand of this.needed?.map((index) => this.operands[index]) ?? this.operands) {
      const value = evaluate(operand);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return this.evaluator(...values);
  }

  public resolve(context: IResolveContext): TemplateValue {
    const known = this.written();
    if (known !== undefined) return context.suppressBraces ? toExpression(template(known)) : template(known);
    const inner = withBraces(context, () => this.render(context));
    return context.suppressBraces ? inner : `\${${inner}}`;
  }

  /** The expression as it stands within another one, whose operand it is. */
  public inner(context: IResolveContext): string {
    const known = this.written();
    return known === undefined ? this.render(context).trim() : toExpression(template(known));
  }

  public toString(): string {
    return this.string;
  }

  public toJSON(): string {
    return "<Terraform expression>";
  }

  private render(context: IResolveContext): string {
    let before = this.text[0] ?? "";
    let rendered = before;
    for (let index = 0; index < this.operands.length; index++) {
      const after = this.text[index + 1] ?? "";
      const text = innerText(this.operands[index], context);
      const needs = text.includes(" ") && needsParentheses(text, before.length < 3 ? rendered : before, after);
      rendered += (needs ? `(${text})` : text) + after;
      before = after;
    }
    return rendered;
  }
}

/** A Terraform expression written as HCL, its operands rendered as references and escaped literals. */
export function hcl(text: TemplateStringsArray, ...operands: Operand[]): Expression {
  return new Expression(text, operands);
}

/** A text of templates and tokens in a row: `metaflow-${…}-dev`. */
export class Concatenation extends Expression {
  public constructor(private readonly parts: readonly Operand[]) {
    super([], parts, joined);
  }

  public override resolve(context: IResolveContext): string {
    const text = withBraces(context, () => this.joined(context));
    return context.suppressBraces ? toExpression(text) : text;
  }

  public override inner(context: IResolveContext): string {
    return toExpression(this.joined(context));
  }

  /** Whether it is known to have at least one character. */
  public get isNotEmpty(): boolean {
    return this.parts.some((part) => evaluate(part) !== undefined && String(evaluate(part)) !== "");
  }

  private joined(context: IResolveContext): string {
    return joinTemplates(this.parts.map((part) => String(resolveOperand(part, context) ?? "")));
  }
}

/** A text of which it is not known what it is, but what it is at most: what holds for its samples holds for it. */
export class Sampled extends Concatenation {
  public constructor(
    parts: readonly Operand[],
    public readonly samples: readonly Operand[],
  ) {
    super(parts);
  }
}

/** A known value as it stands in JSON, its texts being templates. */
function template(known: Known): TemplateValue {
  if (typeof known === "string") return escapeTemplate(known);
  if (typeof known !== "object" || known === null) return known;
  if (Array.isArray(known)) return known.map(template);
  return Object.fromEntries(Object.entries(known).map(([key, item]) => [escapeTemplate(key), template(item as Known)]));
}

/** An operand as an expression. */
export function constant(operand: Operand): Expression {
  const token = typeof operand === "string" ? tokenOf(operand) : operand;
  if (token instanceof Expression) return token;
  return new Constant(operand);
}

/** An operand that is no expression. */
class Constant extends Expression {
  public constructor(public readonly operand: Operand) {
    super(["", ""], [operand], (known) => known);
  }

  public override get list(): string[] {
    const items = itemized(this.operand);
    return Array.isArray(items) ? items.map((item: Operand) => constant(item).string) : super.list;
  }

  public override get map(): Record<string, string> {
    const entries = itemized(this.operand);
    if (entries === undefined || Array.isArray(entries)) return super.map;
    return Object.fromEntries(
      Object.entries(entries).map(([key, item]: [string, Operand]) => [key, constant(item).string]),
    );
  }
}

/** A list or map whose items are told one by one, whatever they are; undefined for any other operand. */
export function itemized(operand: Operand): readonly Operand[] | Readonly<Record<string, Operand>> | undefined {
  const inner = operand instanceof Constant ? operand.operand : operand;
  if (typeof inner !== "object" || inner === null || Tokenization.isResolvable(inner) || Token.isUnresolved(inner))
    return undefined;
  return inner as readonly Operand[] | Readonly<Record<string, Operand>>;
}

/** An operand that is a {@link Concatenation}, or a token of one. */
export function concatenation(operand: Operand): Concatenation | undefined {
  const token = typeof operand === "string" ? tokenOf(operand) : operand;
  return token instanceof Concatenation ? token : undefined;
}

function joined(...values: Known[]): string {
  return values.map(String).join("");
}

/** The value of a literal, of an expression over literals, or of a list or map of those; undefined for other tokens. */
export function evaluate(operand: Operand): Known | undefined {
  if (operand === undefined || operand === null) return null;
  if (typeof operand === "string") return evaluateString(operand);
  if (typeof operand === "boolean") return operand;
  if (typeof operand === "number") return isEncodedToken(operand) ? evaluateToken(operand) : operand;
  if (Tokenization.isResolvable(operand)) return operand instanceof Expression ? operand.evaluate() : undefined;
  if (Token.isUnresolved(operand)) return evaluateToken(operand);
  if (Array.isArray(operand)) {
    const items = operand.map((item: Operand) => evaluate(item));
    return items.some((item) => item === undefined) ? undefined : (items as Known[]);
  }
  const entries: [string, Known][] = [];
  for (const [key, item] of Object.entries(operand as Record<string, Operand>)) {
    const [name, value] = [unescapeTemplate(key), evaluate(item)];
    if (name === undefined || value === undefined) return undefined;
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

/** Whether a value is null, or a token that is known to be: what is plain is not looked into, as there is much of it. */
export function isNull(value: unknown): boolean {
  if (typeof value === "string") return isNull(tokenOf(value) ?? 0);
  if (typeof value === "number") return isEncodedToken(value) && evaluate(value) === null;
  if (typeof value !== "object" || value === null) return value === null;
  return (value instanceof Expression || isEncodedMap(value)) && evaluate(value as Operand) === null;
}

/**
 * A caller's value as the modules take it: its text as a template that yields just that text, tokens as they are.
 *
 * Without it, `${` or `%{` in a literal password or tag would be read as an expression. What had to be escaped is a
 * token afterwards, so that a value may pass through here twice.
 */
export function literal<Value>(value: Value): Value;
export function literal(value: unknown): unknown {
  if (typeof value === "string") return literalString(value);
  if (typeof value !== "object" || value === null || Token.isUnresolved(value)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => literal(item));
  const entries = Object.entries(value).map(([key, item]) => [escapeTemplate(key), literal(item as Operand)] as const);
  const map = Object.fromEntries(entries);
  return entries.every(([key]) => key in value) ? map : Token.asStringMap(constant(map));
}

function literalString(text: string): string {
  if (!text.includes("{")) return text;
  const parts = splitTokens(text).map((part) => (typeof part === "string" ? escapeTemplate(part) : part));
  const isPlain = parts.length === 1 ? parts[0] === text || typeof parts[0] !== "string" : parts.length === 0;
  return isPlain ? text : Token.asString(new Concatenation(parts));
}

function evaluateString(text: string): Known | undefined {
  if (!text.includes("{")) return text;
  const values = splitTokens(text).map((part) => (typeof part === "string" ? unescapeTemplate(part) : evaluate(part)));
  if (values.length === 1) return values[0];
  return values.some((value) => value === undefined) ? undefined : values.map(String).join("");
}

function evaluateToken(value: unknown): Known | undefined {
  const [token] = Tokenization.reverse(value);
  return token instanceof Expression ? token.evaluate() : undefined;
}
