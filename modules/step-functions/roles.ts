import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { iamRole, iamRolePolicy } from "../../lib/aws/role";
import type { Inputs } from "../../lib/contract/inputs";
import { countIf } from "../../lib/hcl/functions";
import { instanceAttribute, resource } from "../../lib/synth/addresses";
import type { StepFunctionsInputs } from "./generated/interface";
import type { Grants, StateMachineGrant } from "./statements";

/** The role that state machines run with, and what it may do. */
export function stateMachineRole(
  scope: Construct,
  inputs: Inputs<StepFunctionsInputs>,
  name: string,
  trust: DataAwsIamPolicyDocumentStatement,
): IamRole {
  return iamRole(scope, "step_functions_role", {
    count: countIf(inputs.active),
    name,
    description: "IAM role for AWS Step Functions to access AWS resources (AWS Batch, AWS DynamoDB).",
    trust,
    trustDocument: "step_functions_assume_role_policy",
    tags: inputs.standardTags,
  });
}

/** Gives the role of state machines what it may do; the documents are read whether the module is active or not. */
export function grant(scope: Construct, inputs: Inputs<StepFunctionsInputs>, role: IamRole, grants: Grants): void {
  for (const [id, { name, document }] of Object.entries<StateMachineGrant>(grants)) {
    resource(scope, IamRolePolicy, id, {
      count: countIf(inputs.active),
      name,
      role: instanceAttribute(role, 0, "id").string,
      policy: document,
    });
  }
}

/** The role by which Amazon EventBridge starts the state machines of scheduled flows. */
export function eventbridgeRole(
  scope: Construct,
  inputs: Inputs<StepFunctionsInputs>,
  name: string,
  start: DataAwsIamPolicyDocumentStatement,
  trust: DataAwsIamPolicyDocumentStatement,
): IamRole {
  const role = iamRole(scope, "eventbridge_role", {
    count: countIf(inputs.active),
    name,
    description: "IAM role for Amazon EventBridge to access AWS Step Functions.",
    trust,
    trustDocument: "eventbridge_assume_role_policy",
    tags: inputs.standardTags,
  });
  iamRolePolicy(scope, "eventbridge_step_functions_policy", {
    count: countIf(inputs.active),
    name: "step_functions",
    role: instanceAttribute(role, 0, "id").string,
    document: "eventbridge_step_functions_policy",
    statements: [start],
  });
  return role;
}
