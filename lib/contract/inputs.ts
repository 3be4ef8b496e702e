import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { throwProblems } from "./checks";
import { describe, isRequired, terraformName, type Contract, type Input } from "./contract";
import { evaluate, literal, type Operand } from "../hcl/expression";
import { unknownNames } from "./names";
import { show, typeProblem } from "./values";

/** A boolean that may be a literal or a token. */
export type Bool = boolean | IResolvable;

/** A module's inputs as its resources use them: defaults in place, literal text safe in Terraform's templates. */
export type Inputs<Props> = { readonly [Name in keyof Props]-?: Exclude<Props[Name], undefined> };

/**
 * A construct's props as inputs.
 *
 * @param scope - the construct, whose path stands in error messages
 * @param definition - the module's contract
 * @param props - what the caller gave
 * @param more - names of props beside the contract's inputs and options
 * @throws Error naming every prop that there is not, and every literal that is missing, of the wrong type or not allowed
 */
export function readInputs<Props extends object>(
  scope: Construct,
  definition: Contract<Extract<keyof Props, string>>,
  props: Props,
  ...more: readonly string[]
): Inputs<Props> {
  const given = propsOf(scope, props);
  const options = Object.keys(definition.options ?? {});
  checkInputs(scope, definition, given, [...OF_EVERY_CONSTRUCT, ...options, ...more]);
  const inputs = Object.entries<Input>(definition.inputs).map(([name, input]) => [
    name,
    literal(given[name] ?? input.default),
  ]);
  return Object.fromEntries(inputs) as Inputs<Props>;
}

/**
 * Checks a contract's props.
 *
 * @param more - names of props beside the contract's inputs
 * @throws Error naming every prop that there is not, and every literal that is missing, of the wrong type or not allowed
 */
export function checkInputs(scope: Construct, definition: Contract, props: object, more: readonly string[]): void {
  const given = propsOf(scope, props);
  const names = [...Object.keys(definition.inputs), ...more];
  const { construct, options = {} } = definition;
  const ofConstruct = (name: string) =>
    name in options ? `it is an option of the construct ${construct}, which a module call does not have` : undefined;
  const problems = Object.entries(definition.inputs).map(([name, input]) => inputProblem(name, input, given[name]));
  throwProblems(scope, [
    ...unknownNames(noProp, names, given, ofConstruct),
    ...problems.filter((problem) => problem !== undefined),
  ]);
}

/** How a sentence about a prop begins that a construct does not have. */
export const noProp = (name: string) => `it has no prop ${name}`;

/** The props of every construct, which are in no contract (lib/synth/providers.ts). */
const OF_EVERY_CONSTRUCT = ["providers"];

/** The props as an object; no props are an empty object. */
export function propsOf(scope: Construct, props: unknown): Readonly<Record<string, unknown>> {
  if (props === undefined || props === null) return {};
  if (typeof props !== "object" || Array.isArray(props)) {
    throwProblems(scope, [`props must be an object; received ${show(props)}.`]);
  }
  return props as Record<string, unknown>;
}

/**
 * The inputs of a module that another one has under the same names, each named here: a name that either of the two does not
 * know does not compile.
 *
 * @param inputs - the other module's inputs
 * @param _definition - the module's contract, whose type has the names that it knows
 */
export function pick<Source extends object, Name extends Extract<keyof Source, InputName>, InputName extends string>(
  inputs: Source,
  _definition: Contract<InputName>,
  ...names: Name[]
): Pick<Source, Name> {
  return Object.fromEntries(names.map((name) => [name, inputs[name]])) as Pick<Source, Name>;
}

/** What is wrong with a literal, if anything. */
function inputProblem(name: string, input: Input, value: unknown): string | undefined {
  const label = `${name} (${terraformName(name)})`;
  if (value === undefined || value === null) {
    return isRequired(input) ? `${label} is required: ${describe(input.description, "typescript")}.` : undefined;
  }
  return valueProblem(label, input, value);
}

/** What a value must be. */
export type Expected = Pick<Input, "type" | "rule" | "sensitive">;

/** What is wrong with a value that is not missing, if anything; of some tokens only Terraform can tell. */
export function valueProblem(label: string, expected: Expected, value: unknown): string | undefined {
  const { type, rule, sensitive } = expected;
  const problem = typeProblem(label, type, value, sensitive);
  if (problem !== undefined) return problem;
  const operand = literal(value) as Operand;
  // Of what is known to Terraform alone, no rule says anything here.
  if (!rule || evaluate(operand) === undefined || rule.test(operand).evaluate() !== false) return undefined;
  return `${label} must be ${rule.allowed}; received ${show(value, sensitive)}.`;
}
