import { Token } from "cdktf";
import type { Construct } from "constructs";
import { throwProblems } from "./checks";
import { isRequiredOption, type ChoiceOption, type Option, type Options, type ValueOption } from "./contract";
import { literal } from "../hcl/expression";
import { propsOf, valueProblem } from "./inputs";
import { unknownNames } from "./names";
import { oneOf } from "./rules";
import { show } from "./values";

/** The names of the options that the code takes a default for. */
type Defaulted<Own extends Options> = {
  [Name in keyof Own]: Own[Name] extends { readonly default: unknown } ? Name : never;
}[keyof Own];

/** Props as a construct uses them: an option with a default is always there. */
export type Read<Props, Own extends Options> = Props & {
  readonly [Name in Defaulted<Own> & keyof Props]-?: Exclude<Props[Name], undefined>;
};

/**
 * Props whose options are as a contract has them: defaults in place, literal text safe in Terraform's templates, null as
 * good as nothing.
 *
 * @throws Error naming every option that is of the wrong type or not allowed
 */
export function readOptions<Own extends Options, Props extends { readonly [Name in keyof Own]?: unknown }>(
  scope: Construct,
  options: Own,
  props: Props,
): Read<Props, Own> {
  const given = propsOf(scope, props);
  const problems: string[] = [];
  const read = readMembers("", options, given, problems);
  throwProblems(scope, problems);
  return { ...given, ...read } as Read<Props, Own>;
}

/** The members that are given or have a default. */
function readMembers(
  path: string,
  options: Options,
  given: Readonly<Record<string, unknown>>,
  problems: string[],
): Record<string, unknown> {
  const members = Object.entries(options).flatMap(([name, option]) => {
    const value = given[name] ?? option.default;
    if (value === undefined && !(name in given)) return [];
    return [[name, readOption(`${path}${name}`, option, value, problems)] as const];
  });
  return Object.fromEntries(members);
}

function readOption(label: string, option: Option, value: unknown, problems: string[]): unknown {
  if (value === undefined) return undefined;
  if (option.kind === "object") {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      problems.push(`${label} must be an object; received ${show(value)}.`);
      return undefined;
    }
    const given = value as Readonly<Record<string, unknown>>;
    const { fields, exact } = option;
    const required = Object.entries(fields).filter(
      ([name, field]) => isMissing(given[name]) && isRequiredOption(field),
    );
    if (exact) problems.push(...unknownNames(label, "option", Object.keys(fields), Object.keys(given)));
    problems.push(...required.map(([name]) => `${label}.${name} is required.`));
    return readMembers(`${label}.`, fields, given, problems);
  }
  const problem = option.kind === "dependencies" ? listProblem(label, value) : optionProblem(label, option, value);
  if (problem !== undefined) problems.push(problem);
  return option.kind === "dependencies" ? value : problem === undefined ? literal(value) : undefined;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

function listProblem(label: string, value: unknown): string | undefined {
  if (Array.isArray(value)) return undefined;
  return `${label} must be a list of resources, data sources or module calls; received ${typeof value}.`;
}

function optionProblem(label: string, option: ValueOption | ChoiceOption, value: unknown): string | undefined {
  const problem = valueProblem(label, expected(option), value);
  if (problem !== undefined || (option.kind === "value" && !option.literal) || !Token.isUnresolved(value))
    return problem;
  return `${label} must be a literal; received a token, which only Terraform knows the value of.`;
}

function expected(option: ValueOption | ChoiceOption) {
  if (option.kind === "value") return option;
  return { type: "string" as const, rule: oneOf(...Object.keys(option.words)) };
}
