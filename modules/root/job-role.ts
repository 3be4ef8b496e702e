import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import { arn, type Place } from "../../lib/aws/location";
import { assumedBy, denyPresigned, readsDatastore } from "../../lib/aws/policy";
import { iamRole, iamRolePolicy } from "../../lib/aws/role";
import type { Inputs } from "../../lib/contract/inputs";
import { countIf } from "../../lib/hcl/functions";
import type { RootInputs } from "./generated/interface";

/** What the jobs of flows use. */
export interface JobRoleParts {
  readonly name: string;
  readonly bucketArn: string;
  readonly keyArn: string;
  /** The table of AWS Step Functions' state; empty where there is none. */
  readonly tableArn: string;
  readonly place: Place;
}

/** The role that jobs run with: the datastore, SageMaker, logs, and the table of AWS Step Functions where there is one. */
export function jobRole(scope: Construct, inputs: Inputs<RootInputs>, parts: JobRoleParts): IamRole {
  const role = iamRole(scope, "batch_s3_task_role", {
    name: parts.name,
    description: "Role for AWS Batch to Access Amazon S3 [METAFLOW_ECS_S3_ACCESS_IAM_ROLE]",
    trust: assumedBy("ecs-tasks.amazonaws.com"),
    trustDocument: "batch_s3_task_role_assume_role",
    tags: inputs.tags,
  });
  const grant = (document: string, name: string, statements: DataAwsIamPolicyDocumentStatement[], count?: number) =>
    iamRolePolicy(scope, `grant_${document}`, { count, name, role: role.name, document, statements });

  const bucket = parts.bucketArn;
  grant("custom_s3_list_batch", "s3_list", [
    { sid: "BucketAccessBatch", effect: "Allow", actions: ["s3:ListBucket"], resources: [bucket] },
  ]);
  grant("custom_s3_batch", "custom_s3", [
    {
      sid: "ObjectAccessBatch",
      effect: "Allow",
      actions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"],
      resources: [`${bucket}/*`],
    },
  ]);
  grant("s3_kms", "s3_kms", [readsDatastore(bucket, parts.keyArn).key]);
  grant("deny_presigned_batch", "deny_presigned", [denyPresigned]);
  grant(
    "allow_sagemaker",
    "sagemaker",
    sagemaker((resources) => arn(parts.place, "sagemaker", resources)),
  );
  grant("iam_pass_role", "iam_pass_role", [
    {
      sid: "AllowPassRole",
      effect: "Allow",
      actions: ["iam:PassRole"],
      resources: ["*"],
      condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["sagemaker.amazonaws.com"] }],
    },
  ]);
  grant(
    "dynamodb",
    "dynamodb",
    [
      {
        sid: "Items",
        effect: "Allow",
        actions: ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:UpdateItem"],
        resources: [parts.tableArn],
      },
    ],
    countIf(inputs.enableStepFunctions),
  );
  grant("cloudwatch", "cloudwatch", [
    {
      sid: "AllowPutLogs",
      effect: "Allow",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: ["*"],
    },
  ]);
  return role;
}

function sagemaker(arnOf: (resources: string) => string): DataAwsIamPolicyDocumentStatement[] {
  const statement = (sid: string, actions: string[], ...kinds: string[]) => ({
    sid,
    effect: "Allow",
    actions: actions.map((action) => `sagemaker:${action}`),
    resources: kinds.map((kind) => arnOf(`${kind}/*`)),
  });
  return [
    statement("AllowSagemakerCreate", ["CreateTrainingJob"], "training-job"),
    statement("AllowSagemakerDescribe", ["DescribeTrainingJob"], "training-job"),
    statement(
      "AllowSagemakerDeploy",
      ["CreateModel", "CreateEndpointConfig", "CreateEndpoint", "DescribeModel", "DescribeEndpoint", "InvokeEndpoint"],
      "endpoint",
      "model",
      "endpoint-config",
    ),
  ];
}
