import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { preparePython, pythonEnvironment } from "../../tools/system/python";
import type { AwsCall } from "./emulated-aws";

const run = promisify(execFile);

/** A finding of cfn-lint. */
export interface CfnFinding {
  /** Such as `E3047`. */
  readonly rule: string;
  /** The resource's type, such as `AWS::RDS::DBInstance`. */
  readonly type: string;
  /** The path of the property in the resource. @default "" - the resource as a whole */
  readonly property: string;
  readonly message: string;
}

/** What cfn-lint says of the requests of an apply, as the CloudFormation template that they amount to. */
export interface Linted {
  /** How many resources of each type the template has. */
  readonly types: Readonly<Record<string, number>>;
  /** Operations, and parameters of them, that have no place in the template: `sqs:TagQueue`, `ec2:CreateFlowLogs ClientToken`. */
  readonly notCovered: readonly string[];
  readonly findings: readonly CfnFinding[];
}

/** Has cfn-lint look at the requests of some applies, each by itself. */
export async function cfnLint(applies: readonly (readonly AwsCall[])[]): Promise<Linted[]> {
  const requirements = join(__dirname, "cfn-lint-requirements.txt");
  const python = await preparePython({ packages: { requirements, module: "cfnlint", what: "cfn-lint's" } });
  // It reads configuration files of the folder and of the home.
  const folder = mkdtempSync(join(tmpdir(), "cfn-lint-"));
  try {
    const env = { ...pythonEnvironment(), HOME: folder, PYTHONDONTWRITEBYTECODE: "1" };
    const child = run(python, [join(__dirname, "cfn-lint", "lint.py")], { env, cwd: folder, maxBuffer: 1 << 26 });
    child.child.stdin?.end(JSON.stringify(applies));
    return JSON.parse((await child).stdout) as Linted[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where a finding is. */
export const place = ({ type, property }: CfnFinding): string => `${type} ${property}`.trim();

/** Why a finding is none: the rule, where it is found, what its message has, and the reason. */
export type CfnExplanation = readonly [rule: string, where: string, message: string, reason: string];

/** Whether an explanation is of a finding. */
export function explains([rule, where, message]: CfnExplanation, finding: CfnFinding): boolean {
  return rule === finding.rule && where === place(finding) && finding.message.includes(message);
}

const STAGE = "AWS::ApiGateway::Stage MethodSettings.0";

export const EXPLAINED: readonly CfnExplanation[] = [
  [
    "E3511",
    "AWS::Batch::ComputeEnvironment ServiceRole",
    "''",
    "The provider sends an empty role where there is none; AWS Batch then has its service-linked one.",
  ],
  ["W2501", "AWS::RDS::DBInstance MasterUserPassword", "", "A request has the password that a template refers to."],
  ["W2501", "AWS::RDS::DBCluster MasterUserPassword", "", "A request has the password that a template refers to."],
  ["W3010", "AWS::EC2::Subnet AvailabilityZone", "'us-west-2", "A request has the zone that a template leaves to AWS."],
  [
    "W3045",
    "AWS::S3::Bucket AccessControl",
    "",
    "The provider asks for the ACL that a bucket has by default, private.",
  ],
  ["E3034", `${STAGE}.ThrottlingBurstLimit`, "-1 is less", "API Gateway takes -1 as no limit of the methods' own."],
  ["E3034", `${STAGE}.ThrottlingRateLimit`, "-1.0 is less", "API Gateway takes -1 as no limit of the methods' own."],
  [
    "W3691",
    "AWS::RDS::DBInstance",
    "'17' for engine 'postgres'",
    "RDS takes a major version for its default minor one.",
  ],
  [
    "E3682",
    "AWS::RDS::DBInstance",
    "['CopyTagsToSnapshot']",
    "RDS takes it for an instance of Aurora, without effect; the cluster has it, too.",
  ],
];

const TOKEN = "AWS knows a repeated request by it.";

/** Why an operation, or a parameter of one, has no place in a template. */
export const NOT_COVERED: Readonly<Record<string, string>> = {
  "apigateway:CreateDeployment StageDescription":
    "The provider's is empty; CloudFormation's property of that name is another one.",
  "apigateway:CreateDeployment variables": "The provider's are empty; CloudFormation has them in the stage.",
  "ec2:CreateFlowLogs ClientToken": TOKEN,
  "ec2:CreateLaunchTemplate ClientToken": TOKEN,
  "ec2:CreateRouteTable ClientToken": TOKEN,
  "ec2:CreateTags": "The VPC's default security group gets its tags, and a template has no such group.",
  "ec2:CreateVpc AmazonProvidedIpv6CidrBlock": "It is false; CloudFormation has a resource for it.",
  "ec2:CreateVpcEndpoint ClientToken": TOKEN,
  "ec2:RevokeSecurityGroupEgress": "The rule that each new group has is taken away.",
  "ecs:CreateService clientToken": TOKEN,
  "iam:CreateInstanceProfile Tags": "CloudFormation has no such property.",
  "lambda:Invoke": "It runs the migration.",
  "s3:CreateBucket CreateBucketConfiguration": "It is the region.",
  "s3:PutBucketLifecycleConfiguration TransitionDefaultMinimumObjectSize": "CloudFormation has no such property.",
  "secretsmanager:CreateSecret ClientRequestToken": TOKEN,
  "secretsmanager:PutSecretValue ClientRequestToken": TOKEN,
};
