import { TerraformOutput, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import {
  describe,
  isNullable,
  isRequired,
  terraformName,
  type Contract,
  type Input,
  type Output,
  type Rule,
} from "./contract";
import { hcl, type Operand } from "./expression";
import { differ, equal, ifElse } from "./functions";

/** How variables take null. */
export interface VariableOptions {
  /**
   * Whether null stands for an input's default, as a construct takes it. Terraform has that from 1.1 on.
   *
   * @default false - null is refused where a module could not work with it
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
  options: VariableOptions = {},
): Required<Props> {
  const props = Object.entries<Input>(contract.inputs).map(([name, input]) => [
    name,
    declareVariable(scope, name, input, options),
  ]);
  return Object.fromEntries(props) as Required<Props>;
}

/** Declares a contract's outputs as Terraform outputs. */
export function declareOutputs<Name extends string>(
  scope: Construct,
  contract: Contract<string, Name>,
  outputs: Readonly<Record<Name, string>>,
): void {
  for (const [name, output] of Object.entries<Output>(contract.outputs)) {
    new TerraformOutput(scope, terraformName(name), {
      value: outputs[name as Name],
      description: `${describe(output.description, "terraform")}.`,
      sensitive: output.sensitive,
    }).overrideLogicalId(terraformName(name));
  }
}

function declareVariable(scope: Construct, name: string, input: Input, { nullIsDefault }: VariableOptions): unknown {
  const variable = new TerraformVariable(scope, `var.${name}`, {
    type: input.type,
    description: `${describe(input.description, "terraform")}.`,
    nullable: nullIsDefault && input.default !== null ? false : undefined,
  });
  variable.overrideLogicalId(terraformName(name));
  // CDKTF refuses null as a default.
  if (!isRequired(input)) variable.addOverride("default", input.default);
  const value = variable.value as Operand;
  // A list's check is a local value of the module (checkedList): this one's message could not show the list.
  if (input.rule && input.type !== "list(string)") {
    variable.addValidation({
      condition: validation(input, input.rule, value),
      errorMessage: `Input ${terraformName(name)} must be ${input.rule.allowed}.`,
    });
  } else if (!nullIsDefault && !isNullable(input)) {
    variable.addValidation({
      condition: differ(value, null),
      errorMessage: `Input ${terraformName(name)} must not be null.`,
    });
  }
  return PROPS[input.type](value);
}

function validation(input: Input, rule: Rule, value: Operand): Operand {
  return isNullable(input) ? ifElse(equal(value, null), true, rule.test(value)) : rule.test(value);
}

const PROPS: Record<Input["type"], (value: Operand) => unknown> = {
  string: (value) => Token.asString(value),
  number: (value) => Token.asNumber(value),
  bool: (value) => hcl`${value}`,
  "list(string)": (value) => Token.asList(value),
  "map(string)": (value) => Token.asStringMap(value),
};
