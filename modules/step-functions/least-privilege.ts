import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";
import { arn, type Place } from "../../lib/aws/location";
import type { Inputs } from "../../lib/contract/inputs";
import type { StepFunctionsInputs, StepFunctionsOptions } from "./generated/interface";
import { executionArns, granting, type Grants, stateMachineArns, waitsForJobs } from "./statements";

/**
 * The policies of the role of state machines, as far as Metaflow's state machines need them.
 *
 * Source: "IAM policies for using Distributed Map state", "Run AWS Batch workloads with Step Functions" and "Using CloudWatch Logs to log
 * execution history" in the AWS Step Functions Developer Guide; step_functions.py of Metaflow.
 */
export function leastGrants(
  scope: Construct,
  inputs: Inputs<StepFunctionsInputs>,
  place: Place,
  tableArn: string,
  options: StepFunctionsOptions,
): Grants {
  const grantOf = granting(scope);
  const definitions = arn(place, "batch", "job-definition/metaflow_*");
  const jobs = arn(place, "batch", "job/*");
  return {
    ...grantOf(
      "step_functions_batch",
      "aws_batch",
      "step_functions_batch_policy",
      {
        sid: "Submit",
        actions: ["batch:SubmitJob"],
        resources: [inputs.batchJobQueueArn, ...(options.furtherJobQueueArns ?? []), definitions],
      },
      { sid: "Tag", actions: ["batch:TagResource"], resources: [definitions, jobs] },
      { sid: "Terminate", actions: ["batch:TerminateJob"], resources: [jobs] },
      // AWS Batch restricts this to no resource.
      { sid: "Watch", actions: ["batch:DescribeJobs"], resources: ["*"] },
    ),
    ...grantOf(
      "step_functions_s3",
      "s3",
      "step_functions_s3",
      { sid: "List", actions: ["s3:ListBucket"], resources: [inputs.s3BucketArn] },
      {
        sid: "Objects",
        actions: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        resources: [`${inputs.s3BucketArn}/*`],
      },
      { sid: "Key", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [inputs.s3BucketKmsArn] },
    ),
    ...grantOf(
      "step_functions_map",
      "distributed_map",
      "step_functions_map",
      {
        sid: "Start",
        actions: ["states:StartExecution"],
        resources: [stateMachineArns(place, options)],
      },
      {
        sid: "WatchMap",
        actions: ["states:DescribeExecution", "states:StopExecution"],
        resources: [executionArns(place, options)],
      },
    ),
    ...(options.executionLogs
      ? grantOf("step_functions_cloudwatch", "cloudwatch", "step_functions_cloudwatch", delivery)
      : {}),
    ...grantOf("step_functions_eventbridge", "event_bridge", "step_functions_eventbridge", ...waitsForJobs(place)),
    ...grantOf("step_functions_dynamodb", "dynamodb", "step_functions_dynamodb", {
      sid: "Items",
      actions: ["dynamodb:GetItem"],
      resources: [tableArn],
    }),
  };
}

/** CloudWatch Logs restricts log deliveries to no resource. */
const delivery: DataAwsIamPolicyDocumentStatement = {
  sid: "Deliver",
  actions: [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
  ],
  resources: ["*"],
};
