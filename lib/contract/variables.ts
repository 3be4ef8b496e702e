import { TerraformOutput, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import {
  describe,
  isNullable,
  isRequired,
  terraformName,
  terraformType,
  type Contract,
  type Input,
  type Output,
} from "./contract";
import { throwProblems } from "./checks";
import { valueProblem } from "./inputs";
import { unknownNames } from "./names";
import { hcl, type Operand } from "../hcl/expression";
import { notEqual, equal, ifElse } from "../hcl/functions";
import { nameOf } from "./values";

/** How variables are declared. */
export interface VariableOptions {
  /**
   * Whether null stands for the default, as it does in props (Terraform 1.1 or newer).
   *
   * @default false, and an input that is not nullable refuses null
   */
  readonly nullIsDefault?: boolean;
}

/**
 * Declares a contract's inputs as Terraform variables.
 *
 * @returns props that refer to the variables
 */
export function declareVariables<Props extends object>(
  scope: Construct,
  contract: Contract<Extract<keyof Props, string>>,
  { nullIsDefault = false }: VariableOptions = {},
): Required<Props> {
  const props = Object.entries<Input>(contract.inputs).map(([name, input]) => [
    name,
    declareVariable(scope, name, input, nullIsDefault && input.default !== null),
  ]);
  return Object.fromEntries(props) as Required<Props>;
}

/**
 * A contract whose variables have other defaults.
 *
 * @param scope - the construct, whose path stands in error messages
 * @param values - the defaults, by the names of the inputs; null counts as none
 * @throws Refusal naming every one that is unknown, of the wrong type, not allowed or no literal
 */
export function withDefaults<Name extends string>(
  scope: Construct,
  contract: Contract<Name>,
  values: Readonly<Partial<Record<Name, unknown>>>,
): Contract<Name> {
  const known = contract.inputs as Readonly<Record<string, Input>>;
  const problems = Object.entries(values).map(([name, value]) => {
    const input = known[name];
    return input && value !== undefined && value !== null ? literalProblem(name, input, value) : undefined;
  });
  throwProblems(scope, [
    ...unknownNames((name) => `variables has no variable ${name}`, Object.keys(known), values),
    ...problems.filter((problem) => problem !== undefined),
  ]);
  const inputs = Object.entries<Input>(contract.inputs).map(([name, input]) => {
    const value = values[name as Name] as Input["default"];
    return [name, value === undefined || value === null ? input : { ...input, default: value }];
  });
  return { ...contract, inputs: Object.fromEntries(inputs) as Contract<Name>["inputs"] };
}

/** Declares a contract's outputs as Terraform outputs, but for optional ones that there are not. */
export function declareOutputs<Name extends string>(
  scope: Construct,
  contract: Contract<string, Name>,
  outputs: Readonly<Partial<Record<Name, string>>>,
): void {
  for (const [name, output] of Object.entries<Output>(contract.outputs)) {
    const value = outputs[name as Name];
    if (value === undefined && output.optional) continue;
    new TerraformOutput(scope, terraformName(name), {
      value,
      description: `${describe(output.description, "terraform")}.`,
      sensitive: output.sensitive,
    }).overrideLogicalId(terraformName(name));
  }
}

/** What is wrong with a variable's default, if anything: an expression is not allowed in its place. */
function literalProblem(name: string, input: Input, value: unknown): string | undefined {
  const label = `${name} (${terraformName(name)})`;
  const parts = typeof value === "object" && value !== null ? [value, ...(Object.values(value) as unknown[])] : [value];
  const isLiteral = !parts.some((part) => Token.isUnresolved(part));
  return valueProblem(label, input, value) ?? (isLiteral ? undefined : `${label} must be a literal; received a token.`);
}

function declareVariable(scope: Construct, name: string, input: Input, nullIsDefault: boolean): unknown {
  const variable = new TerraformVariable(scope, `var.${name}`, {
    type: terraformType(input),
    description: `${describe(input.description, "terraform")}.`,
    nullable: nullIsDefault ? false : undefined,
  });
  variable.overrideLogicalId(terraformName(name));
  // CDKTF refuses null as a default.
  if (!isRequired(input)) variable.addOverride("default", input.default);
  const value = variable.value as Operand;
  const validation = variableValidation(input, value, nullIsDefault);
  if (validation) {
    variable.addValidation({
      condition: validation.condition,
      errorMessage: `Input ${terraformName(name)} must be ${validation.allowed}.`,
    });
  }
  return PROPS[input.type](value);
}

/**
 * What a variable must be. The rule of a list or map is checked by a local value of the module (`checkedList`,
 * `checkedMap`), as this one's message could not show it.
 */
function variableValidation(input: Input, value: Operand, isNeverNull: boolean) {
  const isCollection = input.type === "list(string)" || input.type === "map(string)";
  const rule = isCollection ? undefined : input.rule;
  const takesNull = isNeverNull || isNullable(input);
  if (rule && isNeverNull) return { condition: rule.test(value), allowed: rule.allowed };
  if (rule) return { condition: ifElse(equal(value, null), takesNull, rule.test(value)), allowed: rule.allowed };
  return takesNull ? undefined : { condition: notEqual(value, null), allowed: `${nameOf(input.type)}, not null` };
}

const PROPS: Record<Input["type"], (value: Operand) => unknown> = {
  string: (value) => Token.asString(value),
  number: (value) => Token.asNumber(value),
  bool: (value) => hcl`${value}`,
  "list(string)": (value) => Token.asList(value),
  "map(string)": (value) => Token.asStringMap(value),
};
