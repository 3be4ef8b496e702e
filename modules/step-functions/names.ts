import type { Construct } from "constructs";
import { tableName } from "../../lib/aws/dynamodb";
import { roleName } from "../../lib/aws/iam";
import type { Rule } from "../../lib/contract/contract";
import type { Inputs } from "../../lib/contract/inputs";
import { affixedName } from "../../lib/synth/checked";
import type { StepFunctionsInputs } from "./generated/interface";

/** The names of the module's resources, each a local value with its check. */
export function stepFunctionsNames(scope: Construct, inputs: Inputs<StepFunctionsInputs>) {
  const name = (id: string, middle: string, what: string, rule: Rule) =>
    affixedName(scope, id, inputs, { middle, what, rule });
  return {
    role: name("step_functions_role_name", "step_functions_role", "role of AWS Step Functions", roleName),
    eventbridgeRole: name("eventbridge_role_name", "eventbridge_role", "role of Amazon EventBridge", roleName),
    table: name(
      "dynamodb_step_functions_state_db_name",
      "step_functions_state",
      "table of AWS Step Functions' state",
      tableName,
    ),
  };
}
