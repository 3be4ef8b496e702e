import type { AwsCall } from "./emulated-aws";

/** A stack, by its database. */
export type Name = "an instance" | "Aurora";

type Parameters = AwsCall["parameters"];

/** Sets some parameters of a request; undefined takes one away. */
const set = (values: Parameters) => (parameters: Parameters) => ({ ...parameters, ...values });
/** Replaces a word in a parameter that is a text. */
const reword = (name: string, from: string, to: string) => (parameters: Parameters) => ({
  ...parameters,
  [name]: String(parameters[name]).replace(from, to),
});

/** An error: in which stack's request, what is changed of it, and what cfn-lint finds. */
export type Plant = readonly [
  what: string,
  Name,
  operation: string,
  change: (given: Parameters) => Parameters,
  found: string,
];

export const PLANTS: readonly Plant[] = [
  [
    "an engine version that there is not",
    "an instance",
    "rds:CreateDBInstance",
    set({ EngineVersion: "17.99" }),
    "E3691 AWS::RDS::DBInstance EngineVersion",
  ],
  [
    "a version of PostgreSQL that Aurora does not have",
    "Aurora",
    "rds:CreateDBCluster",
    set({ EngineVersion: "17.8" }),
    "E3690 AWS::RDS::DBCluster EngineVersion",
  ],
  [
    "a class that Aurora alone has",
    "an instance",
    "rds:CreateDBInstance",
    set({ DBInstanceClass: "db.serverless" }),
    "E3025 AWS::RDS::DBInstance DBInstanceClass",
  ],
  [
    "a class that Aurora does not have",
    "Aurora",
    "rds:CreateDBInstance",
    set({ DBInstanceClass: "db.m5.large" }),
    "E3025 AWS::RDS::DBInstance DBInstanceClass",
  ],
  [
    "another engine than the cluster's",
    "Aurora",
    "rds:CreateDBInstance",
    set({ Engine: "aurora-mysql", EngineVersion: "8.0.mysql_aurora.3.10.1" }),
    "E3707 AWS::RDS::DBInstance Engine",
  ],
  [
    "a size of task that Fargate does not have",
    "an instance",
    "ecs:RegisterTaskDefinition",
    set({ cpu: "512", memory: "8192" }),
    "E3047 AWS::ECS::TaskDefinition",
  ],
  [
    "a network mode that Fargate does not have",
    "an instance",
    "ecs:RegisterTaskDefinition",
    set({ networkMode: "bridge" }),
    "E3048 AWS::ECS::TaskDefinition NetworkMode",
  ],
  [
    "a service without the network that its task definition needs",
    "an instance",
    "ecs:CreateService",
    set({ networkConfiguration: undefined }),
    "E3052 AWS::ECS::Service",
  ],
  [
    "a runtime by which no function can be made any more",
    "an instance",
    "lambda:CreateFunction",
    set({ Runtime: "python3.7" }),
    "E2531 AWS::Lambda::Function Runtime",
  ],
  [
    "a retention that CloudWatch Logs does not have",
    "an instance",
    "logs:PutRetentionPolicy",
    set({ retentionInDays: 366 }),
    "E3030 AWS::Logs::LogGroup RetentionInDays",
  ],
  [
    "an effect that there is not",
    "an instance",
    "iam:PutRolePolicy",
    reword("PolicyDocument", '"Allow"', '"Alow"'),
    "E3510 AWS::IAM::RolePolicy PolicyDocument.Statement.0.Effect",
  ],
  [
    "a version of the policy language that there is not",
    "an instance",
    "kms:CreateKey",
    reword("Policy", "2012-10-17", "2012-10-18"),
    "E3512 AWS::KMS::Key KeyPolicy.Version",
  ],
  [
    "a bucket policy with a misspelt element",
    "an instance",
    "s3:PutBucketPolicy",
    reword("Policy", '"Sid"', '"Side"'),
    "E3512 AWS::S3::BucketPolicy PolicyDocument.Statement.0.Side",
  ],
  [
    "a subnet out of its VPC",
    "an instance",
    "ec2:CreateSubnet",
    set({ CidrBlock: "10.99.0.0/24" }),
    "E3059 AWS::EC2::Subnet CidrBlock",
  ],
  [
    "a character that EC2 refuses",
    "an instance",
    "ec2:CreateSecurityGroup",
    set({ Description: "Ada's" }),
    "E3031 AWS::EC2::SecurityGroup GroupDescription",
  ],
  [
    "a message size that SQS does not take",
    "an instance",
    "sqs:CreateQueue",
    ({ Attributes: given, ...others }) => ({
      ...others,
      Attributes: { ...(given as object), MaximumMessageSize: "2000000" },
    }),
    "E3034 AWS::SQS::Queue MaximumMessageSize",
  ],
];

/** The calls, with an error in the first of its operation. */
export function planted([, , operation, change]: Plant, given: readonly AwsCall[]): AwsCall[] {
  const calls = [...given];
  const at = calls.findIndex((call) => `${call.service}:${call.operation}` === operation);
  const call = calls[at];
  if (call === undefined) throw new Error(`${operation} is not among the calls.`);
  calls[at] = { ...call, parameters: change(call.parameters) };
  return calls;
}
