import { Token, type IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { refuse } from "./checks";
import { describe, isRequired, terraformName, type Contract, type Input, type Rule } from "./contract";
import { literal, type Operand } from "./expression";

/** A boolean that may be a literal or a token. */
export type Flag = boolean | IResolvable;

/** A module's inputs as its resources use them: defaults in place, literal text safe in Terraform's templates. */
export type Inputs<Props> = { readonly [Name in keyof Props]-?: Exclude<Props[Name], undefined> };

/**
 * A construct's props as inputs.
 *
 * @param scope - the construct, whose path stands in error messages
 * @param definition - the module's contract
 * @param props - what the caller gave
 * @throws Error naming every literal that is missing, of the wrong type or not allowed
 */
export function readInputs<Props extends object>(
  scope: Construct,
  definition: Contract<Extract<keyof Props, string>>,
  props: Props,
): Inputs<Props> {
  checkInputs(scope, definition, props);
  const inputs = Object.entries<Input>(definition.inputs).map(([name, input]) => [
    name,
    literal(props[name as keyof Props] ?? input.default),
  ]);
  return Object.fromEntries(inputs) as Inputs<Props>;
}

/**
 * Checks a contract's props.
 *
 * @throws Error naming every literal that is missing, of the wrong type or not allowed
 */
export function checkInputs(scope: Construct, definition: Contract, props: object): void {
  const problems = Object.entries(definition.inputs).map(([name, input]) =>
    inputProblem(name, input, props[name as keyof typeof props]),
  );
  refuse(
    scope,
    problems.filter((problem) => problem !== undefined),
  );
}

/** What is wrong with a literal, if anything. */
function inputProblem(name: string, input: Input, value: unknown): string | undefined {
  const label = `${name} (${terraformName(name)})`;
  if (value === undefined || value === null) {
    return isRequired(input) ? `${label} is required: ${describe(input.description, "typescript")}.` : undefined;
  }
  if (!Token.isUnresolved(value)) {
    const expected = TYPES[input.type];
    if (!expected.is(value)) return `${label} must be ${expected.name}; received ${show(input, value)}.`;
  }
  const { rule } = input;
  if (!rule || ruleHolds(rule, value) !== false) return undefined;
  return `${label} must be ${rule.allowed}; received ${show(input, value)}.`;
}

function ruleHolds(rule: Rule, value: unknown): unknown {
  return rule.test(literal(value) as Operand).evaluate();
}

const isText = (value: unknown): boolean => typeof value === "string";

const TYPES: Record<Input["type"], { readonly name: string; readonly is: (value: unknown) => boolean }> = {
  string: { name: "a string", is: isText },
  number: { name: "a number", is: (value) => typeof value === "number" && Number.isFinite(value) },
  bool: { name: "true or false", is: (value) => typeof value === "boolean" },
  "list(string)": { name: "a list of strings", is: (value) => Array.isArray(value) && value.every(isText) },
  "map(string)": {
    name: "a map of strings",
    is: (value) =>
      typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText),
  },
};

function show(input: Input, value: unknown): string {
  if (input.sensitive) return `a ${typeof value}`;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
