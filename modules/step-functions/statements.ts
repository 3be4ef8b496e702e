import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";
import { arn, type Location } from "../../lib/aws/location";
import { policy } from "../../lib/aws/policy";
import type { Inputs } from "../../lib/contract/inputs";
import type { StepFunctionsInputs } from "./generated/interface";

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
  place: Pick<Location, "partition" | "region" | "account">,
  tableArn: string,
) {
  const grantOf = (id: string, name: string, document: string, ...statements: DataAwsIamPolicyDocumentStatement[]) => ({
    [id]: { name, document: policy(scope, document, ...statements) },
  });
  const bucket = inputs.s3BucketArn;
  // The rule by which Step Functions hears of the end of a job that it waits for.
  const rule = arn(place, "events", "rule/StepFunctionsGetEventsForBatchJobsRule");
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
    ...grantOf(
      "step_functions_eventbridge",
      "event_bridge",
      "step_functions_eventbridge",
      { actions: ["events:PutTargets", "events:DescribeRule"], resources: [rule] },
      {
        actions: ["events:PutRule"],
        resources: [rule],
        condition: [{ test: "StringEquals", variable: "events:detail-type", values: ["Batch Job State Change"] }],
      },
    ),
    ...grantOf("step_functions_dynamodb", "dynamodb", "step_functions_dynamodb", {
      actions: ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:UpdateItem"],
      resources: [tableArn],
    }),
  };
}

/** What Amazon EventBridge does: start state machines. */
export function startStatement(stateMachines: string): DataAwsIamPolicyDocumentStatement {
  return { actions: ["states:StartExecution"], resources: [stateMachines] };
}
