import fc from "fast-check";
import * as aws from "../../support/bad-input/aws";
import {
  type InputOracle,
  among,
  arnOf,
  arns,
  bool,
  id,
  map,
  networks,
  optional,
  oracle,
  orEmpty,
  tags,
  vpcPart,
  whole,
  type InputOracles,
} from "../../support/bad-input/inputs";
import { freeText, oneOf } from "../../support/bad-input/texts";
import { roleInputs } from "../custom-role/inputs";
import { datastoreInputs } from "../datastore/inputs";
import { serviceInputs } from "../metadata-service/inputs";

/** What AWS makes of each input of a deployment by itself. */
export const metaflowInputs: InputOracles = {
  ...datastoreInputs,
  ...serviceInputs,
  accessLogBucket: oracle<string>(
    optional(aws.isBucketName),
    oneOf("", "acme-logs", "logs.example.com"),
    oneOf("Acme", "a", "a..b", "acme_logs", "s3://acme-logs"),
  ),
  allowMajorVersionUpgrade: bool,
  apiAccessLogs: bool,
  apiBurst: whole(0, 2_147_483_647),
  apiRequestsPerDay: whole(0, 2_147_483_647),
  apiRequestsPerSecond: whole(0, 2_147_483_647),
  autoMinorVersionUpgrade: bool,
  apiGatewayAccountRole: bool,
  /** "AWS Regions", AWS General Reference. */
  awsRegion: oracle<string>(
    (value) => ["us-west-2"].includes(value),
    oneOf("us-west-2"),
    oneOf("", "us-west", "us-west-2a", "US-WEST-2", "Oregon", "us_west_2"),
  ),
  /** "CreateDBInstance", BackupRetentionPeriod, Amazon RDS API Reference. */
  backupRetentionDays: whole(0, 35),
  bucketEvents: bool,
  bucketVersioning: bool,
  computeEnvironmentEgressCidrBlocks: networks,
  /** "ComputeResource", instanceTypes, AWS Batch API Reference; "Naming conventions", Amazon EC2 instance type guide. */
  computeEnvironmentInstanceTypes: oracle<string[]>(
    (list) =>
      list.length > 0 &&
      list.every((item) => aws.INSTANCE_TYPES.includes(item)) &&
      new Set(list.map((item) => aws.GRAVITON_TYPES.includes(item))).size === 1,
    fc.oneof(
      fc.uniqueArray(fc.constantFrom(...aws.X86_TYPES), { minLength: 1, maxLength: 3 }),
      oneOf(["m7g", "c7gn.2xlarge"]),
    ),
    oneOf<string[]>(
      [],
      [""],
      ["m5."],
      ["M5.large"],
      ["m5 large"],
      ["large"],
      ["t3.big"],
      ["m5.large", "m7g.large"],
      ["g5", "g5g"],
    ),
  ),
  computeEnvironmentMaxVcpus: whole(0, 1_000_000),
  computeEnvironmentMinVcpus: whole(0, 1_000_000),
  computeEnvironmentType: oracle<string>(
    (value) => ["EC2", "SPOT"].includes(value),
    oneOf("EC2", "SPOT"),
    oneOf("", "ec2", "spot", "FARGATE", "fargate", "ON_DEMAND"),
  ),
  /** "EbsBlockDevice", Amazon EC2 API Reference; the image needs 30 GiB. */
  computeEnvironmentVolumeSize: whole(30, 16_384),
  createNetwork: bool,
  databasePasswordVersion: whole(1, 1_000_000_000),
  databaseSslMode: oracle<string>(
    (value) => ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"].includes(value),
    oneOf("disable", "allow", "prefer", "require"),
    oneOf("", "Require", "required", "on", "true", "verify"),
  ),
  deletionProtection: bool,
  permissionsBoundaryArn: arnOf(
    (value) => value === "" || aws.isPolicyArn(value),
    "",
    "arn:aws:iam::123456789012:policy/boundary",
    "arn:aws-us-gov:iam::aws:policy/PowerUserAccess",
  ),
  enableCustomBatchContainerRegistry: bool,
  enableStepFunctions: bool,
  flowLogs: bool,
  jobRolePolicyArns: arns("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "arn:aws:iam::123456789012:role/flows"),
  jobSecretArns: arns(
    "arn:aws:secretsmanager:us-west-2:123456789012:secret:flows/*",
    "arn:aws:ssm:us-west-2:123456789012:parameter/flows",
  ),
  keyRotation: bool,
  /** "PutRetentionPolicy", Amazon CloudWatch Logs API Reference. */
  logRetentionDays: among(0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653),
  metadataServiceEnvironment: oracle<Record<string, string>>(
    (map) => Object.keys(map).every(aws.isAdditionalVariable),
    map(oneOf("MF_METADATA_DB_TIMEOUT", "A_1", "_x"), freeText),
    oneOf<Record<string, string>>(
      { "1A": "x" },
      { "A-B": "x" },
      { MF_METADATA_DB_HOST: "x" },
      { "": "x" },
      { "a b": "" },
    ),
  ),
  metadataServiceSecrets: oracle<Record<string, string>>(
    (map) => Object.entries(map).every(([name, arn]) => aws.isAdditionalVariable(name) && aws.isSecretArn(arn)),
    map(
      oneOf("TOKEN", "B_1"),
      oneOf(
        "arn:aws:secretsmanager:us-west-2:123456789012:secret:token-AbCdEf",
        "arn:aws:secretsmanager:us-west-2:123456789012:secret:token-AbCdEf:key::",
        "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/metaflow/token",
      ),
    ),
    map(
      oneOf("TOKEN", "MF_METADATA_DB_PSWD", "9"),
      oneOf("", "token", "arn:aws:s3:::acme", "arn:aws:kms:us-west-2:1:key/2"),
    ),
  ),
  migrateAutomatically: bool,
  /** "CreateDBInstance", MonitoringInterval, Amazon RDS API Reference. */
  monitoringInterval: among(0, 1, 5, 10, 15, 30, 60),
  noncurrentVersionDays: whole(1, 36500),
  openApi: bool,
  performanceInsights: bool,
  stepFunctionsExecutionLogs: bool,
  subnet1Cidr: vpcPart("10.20.0.0/24", "10.20.32.0/20"),
  subnet2Cidr: vpcPart("10.20.1.0/24", "10.20.64.0/20"),
  vpcCidr: vpcPart("10.20.0.0/16", "10.20.0.0/17"),
  vpcEndpoints: bool,
  standardTags: tags(aws.areDeploymentTags),
  subnet1Id: orEmpty(id("subnet")),
  subnet2Id: orEmpty(id("subnet")),
  vpcId: orEmpty(id("vpc")),
  userRolePrincipals: roleInputs.userRolePrincipals as InputOracle,
};
