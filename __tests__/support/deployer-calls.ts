import type { AwsCall } from "./emulated-aws";
import type { Call } from "./iam";

/** Where and for whom a deployment is made. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  /** The value of the tag `metaflow-deployment`. */
  readonly tag: string;
  readonly boundary: string;
}

type Parameters = AwsCall["parameters"];

/**
 * What IAM is asked for a call of the deployer: the action and what it acts on. A call of something that has an id of AWS's own is of
 * the deployment's, which has its tag.
 *
 * Source: the Service Authorization Reference; "Required permissions for Amazon S3 API operations" in the Amazon S3 User Guide.
 */
export function deployerCall({ service, operation, parameters }: AwsCall, deployment: Deployment): Call {
  const rule = SERVICES[service];
  if (rule === undefined) throw new Error(`${service}:${operation} is of a service that is not known here.`);
  const { prefix = service, action = operation, resource } = rule(operation, parameters, deployment);
  return { action: `${prefix}:${action}`, resource, context: context(operation, parameters, deployment) };
}

interface Judged {
  readonly prefix?: string;
  readonly action?: string;
  readonly resource: string;
}

function context(operation: string, parameters: Parameters, { region, tag, boundary }: Deployment) {
  const isNew =
    /^Create(?!Route$|LaunchTemplateVersion$|UserPool(Client|Domain)$)|^TagResource$|^Describe(?!Key$|UserPool)/.test(
      operation,
    );
  const isUnbounded = operation === "CreateRole" && parameters.PermissionsBoundary === undefined;
  return {
    "aws:RequestedRegion": region,
    ...(isNew ? {} : { "aws:ResourceTag/metaflow-deployment": tag }),
    ...(isUnbounded ? {} : { "iam:PermissionsBoundary": boundary }),
    ...(parameters.PolicyArn === undefined ? {} : { "iam:PolicyARN": String(parameters.PolicyArn) }),
  };
}

type Rule = (operation: string, parameters: Parameters, deployment: Deployment) => Judged;

/** A rule for a service whose ARNs have the region and the account. */
function ofRegion(service: string, name: (parameters: Parameters, operation: string) => string | undefined): Rule {
  return (operation, parameters, { region, account }) => {
    const found = name(parameters, operation);
    const resource =
      found === undefined ? "*" : found.startsWith("arn:") ? found : `arn:aws:${service}:${region}:${account}:${found}`;
    return { prefix: service, resource };
  };
}

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
const first = (value: unknown) => (Array.isArray(value) ? text(value[0]) : undefined);

/** `kind` + the first of some parameters that is there, which may be an ARN by itself. */
function named(parameters: Parameters, names: Readonly<Record<string, string>>): string | undefined {
  for (const [parameter, kind] of Object.entries(names)) {
    const value = text(parameters[parameter]) ?? first(parameters[parameter]);
    if (value !== undefined) return value.startsWith("arn:") ? value : `${kind}${value}`;
  }
  return undefined;
}

const SERVICES: Readonly<Record<string, Rule>> = {
  apigateway: (operation, parameters, { region }) => ({
    action: method(operation),
    resource: `arn:aws:apigateway:${region}::${apiPath(operation, parameters)}`,
  }),
  "application-autoscaling": ofRegion("application-autoscaling", (parameters, operation) =>
    operation.startsWith("Describe") ? undefined : (text(parameters.ResourceARN) ?? "scalable-target/0a1b2c3d"),
  ),
  batch: ofRegion("batch", (parameters, operation) =>
    operation.startsWith("Describe")
      ? undefined
      : named(parameters, {
          computeEnvironmentName: "compute-environment/",
          computeEnvironment: "compute-environment/",
          jobQueueName: "job-queue/",
          jobQueue: "job-queue/",
          resourceArn: "",
        }),
  ),
  cloudwatch: (_operation, { DashboardName: name, DashboardNames: names }, { account }) => ({
    resource: `arn:aws:cloudwatch::${account}:dashboard/${text(name) ?? first(names) ?? "*"}`,
  }),
  "cognito-idp": ofRegion("cognito-idp", (parameters, operation) =>
    operation === "CreateUserPool" || operation === "DescribeUserPoolDomain"
      ? undefined
      : named(parameters, { UserPoolId: "userpool/", ResourceArn: "" }),
  ),
  dynamodb: ofRegion("dynamodb", (parameters) => named(parameters, { TableName: "table/", ResourceArn: "" })),
  ec2: () => ({ resource: "*" }),
  ecr: ofRegion("ecr", (parameters) =>
    named(parameters, { repositoryName: "repository/", repositoryNames: "repository/", resourceArn: "" }),
  ),
  ecs: ofRegion("ecs", (parameters, operation) =>
    operation.startsWith("Describe")
      ? undefined
      : named(parameters, {
          clusterName: "cluster/",
          serviceName: "service/",
          service: "service/",
          family: "task-definition/",
          resourceArn: "",
          cluster: "cluster/",
        }),
  ),
  elbv2: ofRegion("elasticloadbalancing", (parameters, operation) =>
    operation.startsWith("Describe")
      ? undefined
      : named(parameters, {
          Name:
            operation === "CreateTargetGroup"
              ? "targetgroup/"
              : `loadbalancer/${parameters.Type === "application" ? "app" : "net"}/`,
          RuleArn: "",
          ListenerArn: "",
          TargetGroupArn: "",
          LoadBalancerArn: "",
          ResourceArns: "",
        }),
  ),
  events: ofRegion("events", (parameters) => named(parameters, { Name: "event-bus/", ResourceARN: "" })),
  iam: (_operation, { InstanceProfileName: profile, RoleName: role }, { account }) => ({
    resource: text(profile)
      ? `arn:aws:iam::${account}:instance-profile/${String(profile)}`
      : text(role)
        ? `arn:aws:iam::${account}:role/${String(role)}`
        : "*",
  }),
  kms: () => ({ resource: "*" }),
  lambda: (operation, parameters, { region, account }) => ({
    action: operation === "Invoke" ? "InvokeFunction" : operation,
    resource: named(parameters, { FunctionName: `arn:aws:lambda:${region}:${account}:function:`, Resource: "" }) ?? "*",
  }),
  logs: ofRegion("logs", (parameters, operation) =>
    operation.startsWith("Describe") ? undefined : named(parameters, { logGroupName: "log-group:", resourceArn: "" }),
  ),
  rds: ofRegion("rds", (parameters, operation) =>
    operation.startsWith("Describe")
      ? undefined
      : named(parameters, {
          DBInstanceIdentifier: "db:",
          DBClusterIdentifier: "cluster:",
          DBSubnetGroupName: "subgrp:",
          DBParameterGroupName: "pg:",
          ResourceName: "",
        }),
  ),
  s3: (operation, { Bucket: bucket, Key: key }) => ({
    action: S3_ACTIONS[operation] ?? operation,
    resource: `arn:aws:s3:::${String(bucket)}${key === undefined ? "" : `/${String(key)}`}`,
  }),
  sagemaker: ofRegion("sagemaker", (parameters) =>
    named(parameters, {
      NotebookInstanceName: "notebook-instance/",
      NotebookInstanceLifecycleConfigName: "notebook-instance-lifecycle-config/",
      ResourceArn: "",
    }),
  ),
  secretsmanager: ofRegion("secretsmanager", (parameters) =>
    named(parameters, { SecretId: "secret:", Name: "secret:" }),
  ),
  sqs: ofRegion("sqs", ({ QueueName: name, QueueUrl: url }) => text(name) ?? text(url)?.split("/").at(-1)),
  ssm: ofRegion("ssm", (parameters, operation) =>
    operation.startsWith("Describe") ? undefined : named(parameters, { Name: "parameter", ResourceId: "parameter" }),
  ),
  sts: () => ({ resource: "*" }),
};

/** API Gateway's actions are HTTP's methods. */
function method(operation: string): string {
  if (/^(Get|Create|Update|Delete|Put)/.test(operation)) {
    const verb = /^(Get|Create|Update|Delete|Put)/.exec(operation)?.[0] ?? "";
    return { Get: "GET", Create: "POST", Update: "PATCH", Delete: "DELETE", Put: "PUT" }[verb] ?? "";
  }
  return operation === "TagResource" ? "PUT" : "DELETE";
}

function apiPath(operation: string, parameters: Parameters): string {
  if (typeof parameters.restApiId === "string") return `/restapis/${parameters.restApiId}/part`;
  if (typeof parameters.resourceArn === "string") return `/tags/${parameters.resourceArn}`;
  const kinds = {
    ApiKey: "/apikeys",
    UsagePlan: "/usageplans",
    VpcLink: "/vpclinks",
    Account: "/account",
    RestApi: "/restapis",
  };
  const kind = Object.entries(kinds).find(([name]) => operation.includes(name));
  if (!kind) throw new Error(`apigateway:${operation} has a path that is not known here.`);
  return kind[1];
}

/** Operations of S3 whose actions have other names. */
const S3_ACTIONS: Readonly<Record<string, string>> = {
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteObjects: "DeleteObject",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketAccelerateConfiguration: "GetAccelerateConfiguration",
  GetBucketCors: "GetBucketCORS",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetBucketNotificationConfiguration: "GetBucketNotification",
  GetBucketReplication: "GetReplicationConfiguration",
  GetObjectLockConfiguration: "GetBucketObjectLockConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  HeadBucket: "ListBucket",
  ListObjectVersions: "ListBucketVersions",
  ListObjectsV2: "ListBucket",
  PutBucketEncryption: "PutEncryptionConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  PutBucketNotificationConfiguration: "PutBucketNotification",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
};
