import type { AwsCall } from "./emulated-aws";
import { deployerCall, type Deployment } from "./deployer-calls";
import type { Call } from "./iam";

/**
 * What else IAM is asked for a call: the roles that it hands on, the keys that a service uses in the caller's name, the tags that
 * something is made with.
 *
 * Source: "Dependent actions" in the Service Authorization Reference; "Set up a network load balancer for API Gateway private integrations" in the
 * Amazon API Gateway Developer Guide; "Flow log" in the Amazon VPC User Guide; "Application Auto Scaling identity-based policy examples" in the
 * Application Auto Scaling User Guide; "Amazon SageMaker AI API permissions" in the Amazon SageMaker AI Developer Guide; "AWS KMS encryption for AWS
 * Systems Manager Parameter Store SecureString parameters" in the AWS Systems Manager User Guide.
 */
export function dependentCalls(call: AwsCall, deployment: Deployment): Call[] {
  const { service, operation, parameters } = call;
  const { account, tag } = deployment;
  const key = { "aws:ResourceTag/metaflow-deployment": tag };
  const pass = (to: string, role: unknown): Call[] =>
    typeof role === "string"
      ? [{ action: "iam:PassRole", resource: role, context: { "iam:PassedToService": to } }]
      : [];
  const linked = (name: string): Call => ({
    action: "iam:CreateServiceLinkedRole",
    resource: `arn:aws:iam::${account}:role/aws-service-role/${name}/AWSServiceRole`,
    context: { "iam:AWSServiceName": name },
  });
  const of = (...actions: string[]) => actions.map((action): Call => ({ action, context: key }));
  const further: Readonly<Record<string, () => Call[]>> = {
    "application-autoscaling:RegisterScalableTarget": () => [
      linked("ecs.application-autoscaling.amazonaws.com"),
      { ...deployerCall(call, deployment), action: "application-autoscaling:TagResource" },
      ...["ecs:DescribeServices", "ecs:UpdateService"].map((action) => onService(action, parameters, deployment)),
    ],
    "application-autoscaling:PutScalingPolicy": () => [
      onAlarm("cloudwatch:PutMetricAlarm", parameters, deployment),
      { action: "cloudwatch:DescribeAlarms" },
    ],
    "application-autoscaling:DeleteScalingPolicy": () => [onAlarm("cloudwatch:DeleteAlarms", parameters, deployment)],
    "apigateway:CreateVpcLink": () => [
      linked("ops.apigateway.amazonaws.com"),
      ...of("ec2:CreateVpcEndpointServiceConfiguration", "ec2:ModifyVpcEndpointServicePermissions"),
    ],
    "apigateway:DeleteVpcLink": () => of("ec2:DeleteVpcEndpointServiceConfigurations"),
    "apigateway:UpdateAccount": () => pass("apigateway.amazonaws.com", roleOf(parameters)),
    "apigateway:UpdateRestApi": () => [{ ...deployerCall(call, deployment), action: "apigateway:UpdateRestApiPolicy" }],
    "batch:CreateComputeEnvironment": () => [
      linked("batch.amazonaws.com"),
      ...pass("ec2.amazonaws.com", instanceRole(parameters, account)),
    ],
    "iam:AddRoleToInstanceProfile": () =>
      pass("ec2.amazonaws.com", `arn:aws:iam::${account}:role/${String(parameters.RoleName)}`),
    "ec2:CreateFlowLogs": () => [
      ...pass("vpc-flow-logs.amazonaws.com", parameters.DeliverLogsPermissionArn),
      ...of("logs:CreateLogDelivery"),
    ],
    "ec2:DeleteFlowLogs": () => of("logs:DeleteLogDelivery"),
    "ecs:CreateService": () => [linked("ecs.amazonaws.com")],
    "ecs:RegisterTaskDefinition": () =>
      [parameters.executionRoleArn, parameters.taskRoleArn].flatMap((role) => pass("ecs-tasks.amazonaws.com", role)),
    "elbv2:CreateLoadBalancer": () => [linked("elasticloadbalancing.amazonaws.com")],
    "lambda:CreateFunction": () => pass("lambda.amazonaws.com", parameters.Role),
    "rds:CreateDBInstance": () => [
      ...pass("monitoring.rds.amazonaws.com", parameters.MonitoringRoleArn),
      linked("rds.amazonaws.com"),
      ...of("kms:CreateGrant", "kms:DescribeKey", "kms:GenerateDataKey", "kms:Decrypt"),
    ],
    "sagemaker:CreateNotebookInstance": () => [
      ...pass("sagemaker.amazonaws.com", parameters.RoleArn),
      ...of("kms:CreateGrant", "kms:DescribeKey"),
      { action: "ec2:CreateNetworkInterface", context: { "aws:RequestedRegion": deployment.region } },
    ],
    "sagemaker:DeleteNotebookInstance": () => [
      { action: "ec2:DeleteNetworkInterface", context: { "aws:RequestedRegion": deployment.region } },
    ],
    "s3:DeleteObjects": () => [{ ...deployerCall(call, deployment), action: "s3:DeleteObjectVersion" }],
    "secretsmanager:GetSecretValue": () => of("kms:Decrypt"),
    "secretsmanager:PutSecretValue": () => of("kms:GenerateDataKey", "kms:Decrypt"),
    // AWS's own key, aws/ssm, needs no permission of the caller's.
    "ssm:PutParameter": () => [
      ...(parameters.Tags === undefined
        ? []
        : [{ ...deployerCall(call, deployment), action: "ssm:AddTagsToResource" }]),
      ...(parameters.KeyId === undefined ? [] : [{ action: "kms:Encrypt", resource: String(parameters.KeyId) }]),
    ],
  };
  const tagging = operation === "CreateInstanceProfile" ? "iam:TagInstanceProfile" : TAGGING[service];
  const isTagged =
    operation.startsWith("Create") && (parameters.Tags ?? parameters.tags ?? parameters.UserPoolTags) !== undefined;
  const tags = tagging && isTagged ? [{ ...deployerCall(call, deployment), action: tagging }] : [];
  return [...tags, ...(further[`${service}:${operation}`]?.() ?? [])];
}

/** The service that a target is. */
function onService(action: string, { ResourceId: id }: AwsCall["parameters"], { account, region }: Deployment): Call {
  return { action, resource: `arn:aws:ecs:${region}:${account}:${String(id)}` };
}

/** An alarm of a policy that tracks a value. */
function onAlarm(action: string, { ResourceId: id }: AwsCall["parameters"], { account, region }: Deployment): Call {
  return {
    action,
    resource: `arn:aws:cloudwatch:${region}:${account}:alarm:TargetTracking-${String(id)}-AlarmHigh-0a1b`,
  };
}

/** The actions by which what is made has tags. */
const TAGGING: Readonly<Record<string, string>> = {
  batch: "batch:TagResource",
  "cognito-idp": "cognito-idp:TagResource",
  dynamodb: "dynamodb:TagResource",
  ecr: "ecr:TagResource",
  ecs: "ecs:TagResource",
  elbv2: "elasticloadbalancing:AddTags",
  events: "events:TagResource",
  iam: "iam:TagRole",
  kms: "kms:TagResource",
  lambda: "lambda:TagResource",
  logs: "logs:TagResource",
  rds: "rds:AddTagsToResource",
  sagemaker: "sagemaker:AddTags",
  secretsmanager: "secretsmanager:TagResource",
  sqs: "sqs:TagQueue",
};

/** The role of a compute environment's instances: its profile has the same name. */
function instanceRole({ computeResources }: AwsCall["parameters"], account: string): string | undefined {
  const { instanceRole: profile } = (computeResources ?? {}) as { instanceRole?: string };
  return profile && `arn:aws:iam::${account}:role/${profile.split("/").at(-1) ?? ""}`;
}

function roleOf({ patchOperations }: AwsCall["parameters"]): unknown {
  const operations = (patchOperations ?? []) as readonly { path?: string; value?: string }[];
  return operations.find(({ path, value }) => path === "/cloudwatchRoleArn" && value !== "")?.value;
}
