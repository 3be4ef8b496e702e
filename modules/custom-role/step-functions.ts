import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Inputs } from "../../lib/contract/inputs";
import { type Operand, hcl } from "../../lib/hcl/expression";
import { concat, equal, ifElse } from "../../lib/hcl/functions";
import type { CustomRoleInputs } from "./generated/interface";

/**
 * What a Metaflow client does with AWS Step Functions: it deploys state machines, starts, lists and ends their executions, and has
 * Amazon EventBridge start them by a rule of the same name.
 *
 * Source: step_functions_client.py and event_bridge_client.py of Metaflow 2.19.
 *
 * @param roles - the roles of state machines and of their starts, checked
 */
export function stepFunctionsStatements(
  inputs: Inputs<CustomRoleInputs>,
  roles: string[],
): DataAwsIamPolicyDocumentStatement[] {
  const prefix = inputs.stateMachinePrefix;
  const names = ifElse(equal(prefix, ""), "*", concat(prefix, "_*"));
  // The datastore's key is in the partition, region and account of the flows.
  const part = (index: number) => hcl`split(":", ${inputs.datastoreS3BucketKmsKeyArn})[${index}]`;
  const arn = (service: string, kind: Operand) =>
    concat("arn:", part(1), ":", service, ":", part(3), ":", part(4), ":", kind, names).string;
  const machines = arn("states", "stateMachine:");
  return [
    { sid: "ListStateMachines", effect: "Allow", actions: ["states:ListStateMachines"], resources: ["*"] },
    {
      sid: "StateMachines",
      effect: "Allow",
      actions: [
        "states:CreateStateMachine",
        "states:DeleteStateMachine",
        "states:DescribeStateMachine",
        "states:ListExecutions",
        "states:StartExecution",
        "states:UpdateStateMachine",
      ],
      resources: [machines],
    },
    {
      sid: "Executions",
      effect: "Allow",
      actions: ["states:StopExecution"],
      resources: [arn("states", "execution:")],
    },
    {
      sid: "Schedules",
      effect: "Allow",
      actions: [
        "events:DeleteRule",
        "events:DisableRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
      ],
      resources: [arn("events", "rule/")],
    },
    {
      sid: "PassRoles",
      effect: "Allow",
      actions: ["iam:PassRole"],
      resources: roles,
      condition: [
        {
          test: "StringEquals",
          variable: "iam:PassedToService",
          values: ["events.amazonaws.com", "states.amazonaws.com"],
        },
      ],
    },
  ];
}
