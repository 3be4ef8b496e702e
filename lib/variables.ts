import { TerraformOutput, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import { describe, isRequired, terraformName, type Contract, type Input, type Output, type Rule } from "./contract";
import { hcl, type Operand } from "./expression";
import { equal, ifElse } from "./functions";

/**
 * Declares a contract's inputs as Terraform variables.
 *
 * @returns props that refer to the variables
 */
export function declareVariables<Props extends object>(
  scope: Construct,
  contract: Contract<Extract<keyof Props, string>>,
): Required<Props> {
  const props = Object.entries<Input>(contract.inputs).map(([name, input]) => [
    name,
    declareVariable(scope, name, input),
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

function declareVariable(scope: Construct, name: string, input: Input): unknown {
  const variable = new TerraformVariable(scope, `var.${name}`, {
    type: input.type,
    description: `${describe(input.description, "terraform")}.`,
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
  }
  return PROPS[input.type](value);
}

function validation(input: Input, rule: Rule, value: Operand): Operand {
  return input.nullable ? ifElse(equal(value, null), true, rule.test(value)) : rule.test(value);
}

const PROPS: Record<Input["type"], (value: Operand) => unknown> = {
  string: (value) => Token.asString(value),
  number: (value) => Token.asNumber(value),
  bool: (value) => hcl`${value}`,
  "list(string)": (value) => Token.asList(value),
  "map(string)": (value) => Token.asStringMap(value),
};
