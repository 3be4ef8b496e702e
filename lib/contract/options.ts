import { Token } from "cdktf";
import type { Construct } from "constructs";
import { throwProblems } from "./checks";
import { literal } from "../hcl/expression";
import { propsOf, valueProblem, type Expected } from "./inputs";
import { show } from "./values";

/** An option that is one value. */
export interface OptionValue extends Expected {
  /** Whether a token will not do, as the value decides what is declared. */
  readonly literal?: boolean;
  /** Whether an object of options need not have it. */
  readonly optional?: boolean;
}

/** An option that is an object of options. */
export interface OptionObject {
  readonly fields: Readonly<Record<string, OptionShape>>;
  /** Whether each of its options may be missing. */
  readonly partial?: boolean;
  /** Whether it may have no other members: it comes from a file, whose names no compiler checks. */
  readonly exact?: boolean;
}

/** What an option must be: a value, an object of options, or something that nobody checks. */
export type OptionShape = OptionValue | OptionObject | "anything";

/** A flag that may be a token. */
export const anyFlag: OptionValue = { type: "bool" };

/** A flag that decides what is declared. */
export const literalFlag: OptionValue = { type: "bool", literal: true };

/** The shape of each option: one that is missing does not compile. */
export type OptionShapes<Options> = { readonly [Name in keyof Required<Options>]: OptionShape };

/**
 * Props whose options are as their shapes have them: literal text safe in Terraform's templates, null as good as nothing.
 *
 * @throws Error naming every option that is of the wrong type or not allowed
 */
export function readOptions<Options extends object, Props extends Options>(
  scope: Construct,
  shapes: OptionShapes<Options>,
  props: Props,
): Props {
  const given = propsOf(scope, props);
  const problems: string[] = [];
  const options = Object.entries<OptionShape>(shapes).flatMap(([name, shape]) =>
    name in given ? [[name, readOption(name, shape, given[name], problems)] as const] : [],
  );
  throwProblems(scope, problems);
  return { ...(given as Props), ...Object.fromEntries(options) };
}

function readOption(label: string, shape: OptionShape, value: unknown, problems: string[]): unknown {
  if (value === undefined || value === null) return undefined;
  if (shape === "anything") return value;
  if ("type" in shape) {
    const problem = optionProblem(label, shape, value);
    if (problem !== undefined) problems.push(problem);
    return problem === undefined ? literal(value) : undefined;
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    problems.push(`${label} must be an object; received ${show(value)}.`);
    return undefined;
  }
  const given = value as Readonly<Record<string, unknown>>;
  const known = Object.keys(shape.fields);
  const unknown = shape.exact ? Object.keys(given).filter((name) => !known.includes(name)) : [];
  for (const name of unknown) problems.push(`${label} has no option ${name}; it has ${known.join(", ")}.`);
  const fields = Object.entries(shape.fields).map(([name, field]) => {
    const part = given[name];
    if ((part === undefined || part === null) && !isOptional(shape, field)) {
      problems.push(`${label}.${name} is required.`);
    }
    return [name, readOption(`${label}.${name}`, field, part, problems)];
  });
  return Object.fromEntries(fields);
}

function isOptional({ partial }: OptionObject, field: OptionShape): boolean {
  return partial === true || field === "anything" || ("type" in field && field.optional === true);
}

function optionProblem(label: string, shape: OptionValue, value: unknown): string | undefined {
  const problem = valueProblem(label, shape, value);
  if (problem !== undefined || !shape.literal || !Token.isUnresolved(value)) return problem;
  return `${label} must be a literal; received a token, which only Terraform knows the value of.`;
}
