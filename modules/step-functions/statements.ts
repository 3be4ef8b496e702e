import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";
import { arn, type Place } from "../../lib/aws/location";
import { policy } from "../../lib/aws/policy";
import type { Inputs } from "../../lib/contract/inputs";
import type { StepFunctionsInputs, StepFunctionsOptions } from "./generated/interface";

/** One of the policies of the role of state machines. */
export interface StateMachineGrant {
  readonly name: string;
  /** The policy's document, as JSON. */
  readonly document: string;
}

/** The policies of the role of state machines, by their names in the module. */
export type Grants = Readonly<Record<string, StateMachineGrant>>;

/** What state machines do: send jobs, pass on parts of a distributed map by S3, log, wait for jobs, read the table. */
export function stateMachineGrants(
  scope: Construct,
  inputs: Inputs<StepFunctionsInputs>,
  place: Place,
  tableArn: string,
): Grants {
  const grantOf = granting(scope);
  const bucket = inputs.s3BucketArn;
  return {
    ...grantOf(
      "step_functions_batch",
      "aws_batch",
      "step_functions_batch_policy",
      {
        actions: [
          "batch:TerminateJob",
          "batch:DescribeJobs",
          "batch:DescribeJobDefinitions",
          "batch:DescribeJobQueues",
          "batch:RegisterJobDefinition",
        ],
        resources: ["*"],
      },
      { actions: ["batch:SubmitJob"], resources: [inputs.batchJobQueueArn, arn(place, "batch", "job-definition/*")] },
    ),
    ...grantOf(
      "step_functions_s3",
      "s3",
      "step_functions_s3",
      { actions: ["s3:ListBucket"], resources: [bucket] },
      { actions: ["s3:*Object"], resources: [bucket, `${bucket}/*`] },
      { actions: ["kms:Decrypt"], resources: [inputs.s3BucketKmsArn] },
    ),
    ...grantOf("step_functions_cloudwatch", "cloudwatch", "step_functions_cloudwatch", {
      actions: [
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
      ],
      resources: ["*"],
    }),
    ...grantOf("step_functions_eventbridge", "event_bridge", "step_functions_eventbridge", ...waitsForJobs(place)),
    ...grantOf("step_functions_dynamodb", "dynamodb", "step_functions_dynamodb", {
      actions: ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:UpdateItem"],
      resources: [tableArn],
    }),
  };
}

/** Names a policy and makes its document. */
export function granting(scope: Construct) {
  return (id: string, name: string, document: string, ...statements: DataAwsIamPolicyDocumentStatement[]): Grants => ({
    [id]: { name, document: policy(scope, document, ...statements) },
  });
}

/** What state machines do to wait for a job: Step Functions hears of its end by a rule of Amazon EventBridge. */
export function waitsForJobs(place: Place): DataAwsIamPolicyDocumentStatement[] {
  const rule = arn(place, "events", "rule/StepFunctionsGetEventsForBatchJobsRule");
  return [
    { actions: ["events:PutTargets", "events:DescribeRule"], resources: [rule] },
    {
      actions: ["events:PutRule"],
      resources: [rule],
      condition: [{ test: "StringEquals", variable: "events:detail-type", values: ["Batch Job State Change"] }],
    },
  ];
}

/** The state machines of flows: those of a prefix with `leastPrivilege`, otherwise all. */
export function stateMachineArns(place: Place, options: StepFunctionsOptions): string {
  return arn(place, "states", "stateMachine:", ...ofFlows(options));
}

/** The executions of these state machines, and of the distributed maps in them. */
export function executionArns(place: Place, options: StepFunctionsOptions): string {
  return arn(place, "states", "execution:", ...ofFlows(options));
}

function ofFlows({ leastPrivilege, stateMachinePrefix }: StepFunctionsOptions): string[] {
  return leastPrivilege && stateMachinePrefix !== undefined ? [stateMachinePrefix, "_*"] : ["*"];
}

/** What Amazon EventBridge does: start state machines. */
export function startStatement(stateMachines: string, sid?: string): DataAwsIamPolicyDocumentStatement {
  return { sid, actions: ["states:StartExecution"], resources: [stateMachines] };
}
