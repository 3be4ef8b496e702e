import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { notEqual } from "../../lib/hcl/functions";
import type { UiInputs, UiOptions } from "./generated/interface";

/** Whether visitors sign in to a user pool. */
export function signsIn(
  { cognitoUserPoolArn }: Inputs<UiInputs>,
  { requireSignIn }: Pick<UiOptions, "requireSignIn">,
): Operand {
  return requireSignIn ?? notEqual(cognitoUserPoolArn, "");
}
