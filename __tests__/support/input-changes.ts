import { terraformName } from "../../lib/contract/contract";
import { batches } from "./batches";

/** What another value of an input does to a live deployment: what it replaces, or the words by which the plan refuses it. */
export type Effect = { readonly replaced: readonly string[] } | { readonly refused: string };

/** Another value of an input, and what it does. */
export type Change = readonly [input: string, value: unknown, effect: Effect];

export const INPUT_CHANGES: readonly Change[] = [
  ["accessListCidrBlocks", ["192.0.2.0/24"], { replaced: ["aws_api_gateway_deployment.metadata_service_this"] }],
  ["accessLogBucket", "acme-access-logs", { replaced: [] }],
  ["allowMajorVersionUpgrade", true, { replaced: [] }],
  ["apiAccessLogs", false, { replaced: [] }],
  ["apiBasicAuth", false, { refused: "api_basic_auth is false and access_list_cidr_blocks is []" }],
  ["apiBurst", 100, { replaced: [] }],
  ["apiGatewayAccountRole", false, { replaced: [] }],
  ["apiRequestsPerDay", 1000, { replaced: [] }],
  ["apiRequestsPerSecond", 10, { replaced: [] }],
  ["applyImmediately", true, { replaced: [] }],
  ["autoMinorVersionUpgrade", false, { replaced: [] }],
  ["backupRetentionDays", 7, { replaced: [] }],
  ["bucketEvents", false, { replaced: [] }],
  ["bucketKeyEnabled", false, { replaced: [] }],
  ["bucketVersioning", false, { replaced: [] }],
  ["caCertIdentifier", "rds-ca-ecc384-g1", { replaced: [] }],
  ["computeEnvironmentEgressCidrBlocks", ["10.0.0.0/8"], { replaced: [] }],
  ["computeEnvironmentInstanceTypes", ["m5"], { replaced: [] }],
  ["computeEnvironmentMaxVcpus", 128, { replaced: [] }],
  ["computeEnvironmentMinVcpus", 2, { replaced: [] }],
  ["computeEnvironmentType", "SPOT", { replaced: ["aws_batch_compute_environment.compute_this"] }],
  ["computeEnvironmentVolumeSize", 200, { replaced: [] }],
  ["createNetwork", false, { refused: "multiple EC2 VPCs matched" }],
  [
    "databasePasswordVersion",
    2,
    {
      replaced: [
        "aws_ecs_task_definition.metadata_service_this",
        "aws_secretsmanager_secret_version.database_password_this",
        "random_password.datastore_this",
      ],
    },
  ],
  ["databaseSslMode", "verify-full", { replaced: ["aws_ecs_task_definition.metadata_service_this"] }],
  ["dbEngine", "aurora-postgresql", { refused: 'db_instance_type, "db.t4g.small", must be' }],
  ["dbEngineVersion", "18", { replaced: [] }],
  ["dbIdentifierPrefix", "other", { refused: "db_identifier_prefix cannot change from" }],
  ["dbInstanceTags", { tier: "database" }, { replaced: [] }],
  ["dbInstanceType", "db.r6g.large", { replaced: [] }],
  ["dbMigrateLambdaRuntime", "python3.12", { replaced: [] }],
  ["dbName", "other", { refused: "db_name cannot change from" }],
  ["dbParameters", { log_min_duration_statement: "1000" }, { replaced: [] }],
  ["dbUsername", "other", { refused: "db_username cannot change from" }],
  ["deletionProtection", true, { replaced: [] }],
  ["ecsClusterSettings", {}, { replaced: [] }],
  ["enableCustomBatchContainerRegistry", true, { replaced: [] }],
  ["enableStepFunctions", false, { replaced: [] }],
  ["flowLogs", false, { replaced: [] }],
  ["forceDestroyS3Bucket", false, { replaced: [] }],
  ["jobRolePolicyArns", ["arn:aws:iam::aws:policy/AmazonAthenaFullAccess"], { replaced: [] }],
  ["jobSecretArns", ["arn:aws:secretsmanager:us-west-2:123456789012:secret:flows/*"], { replaced: [] }],
  ["keyRotation", false, { replaced: [] }],
  ["loadBalancerNamePrefix", "other", { replaced: [] }],
  ["logRetentionDays", 30, { replaced: [] }],
  ["maintenanceWindow", "Mon:00:00-Mon:03:00", { replaced: [] }],
  [
    "metadataServiceContainerImage",
    "netflixoss/metaflow_metadata_service:v2.5.2",
    { replaced: ["aws_ecs_task_definition.metadata_service_this"] },
  ],
  ["metadataServiceCpu", 1024, { refused: "Fargate has no tasks of metadata_service_cpu = 1024" }],
  [
    "metadataServiceEnvironment",
    { MF_METADATA_DB_TIMEOUT: "30" },
    { replaced: ["aws_ecs_task_definition.metadata_service_this"] },
  ],
  ["metadataServiceMemory", 2048, { replaced: ["aws_ecs_task_definition.metadata_service_this"] }],
  [
    "metadataServiceSecrets",
    { TOKEN: "arn:aws:secretsmanager:us-west-2:123456789012:secret:token-AbCdEf" },
    { replaced: ["aws_ecs_task_definition.metadata_service_this"] },
  ],
  ["migrateAutomatically", true, { replaced: [] }],
  ["monitoringInterval", 0, { replaced: [] }],
  ["noncurrentVersionDays", 7, { replaced: [] }],
  ["openApi", true, { replaced: [] }],
  ["performanceInsights", false, { replaced: [] }],
  ["permissionsBoundaryArn", "arn:aws:iam::aws:policy/PowerUserAccess", { replaced: [] }],
  ["resourcePrefix", "other-", { refused: "resource_prefix cannot change from" }],
  ["resourceSuffix", "-other", { refused: "resource_suffix cannot change from" }],
  ["s3BucketName", "acme-other-bucket", { refused: "s3_bucket_name cannot change from" }],
  ["standardTags", { team: "data-science" }, { replaced: [] }],
  ["stepFunctionsExecutionLogs", false, { replaced: [] }],
  ["subnet1Cidr", "10.20.2.0/24", { refused: "subnet1_cidr cannot change from" }],
  ["subnet1Id", "subnet-0a1b2c3d", { refused: "subnet1_id cannot change from" }],
  ["subnet2Cidr", "10.20.3.0/24", { refused: "subnet2_cidr cannot change from" }],
  ["subnet2Id", "subnet-0a1b2c3e", { refused: "subnet2_id cannot change from" }],
  ["userRolePrincipals", ["arn:aws:iam::123456789012:root"], { replaced: [] }],
  ["vpcCidr", "10.20.0.0/17", { refused: "vpc_cidr cannot change from" }],
  ["vpcCidrBlocks", ["192.168.0.0/16"], { replaced: [] }],
  ["vpcEndpoints", true, { replaced: [] }],
  ["vpcId", "vpc-0a1b2c3d", { refused: "no matching EC2 VPC" }],
  ["withPublicIp", false, { replaced: [] }],
];

/** How many inputs that replace nothing are changed by one plan. */
const AT_ONCE = 10;

/**
 * Inputs that one plan changes, as long as each has its effect there: one that replaces nothing beside others replaces nothing by
 * itself. What switches something off is not among those that may change it.
 */
export const CHANGED_TOGETHER: readonly (readonly Change[])[] = [
  ...batches(
    INPUT_CHANGES.filter(([, value, effect]) => isQuiet(effect) && !isOff(value)),
    AT_ONCE,
  ),
  ...batches(
    INPUT_CHANGES.filter(([, value, effect]) => isQuiet(effect) && isOff(value)),
    AT_ONCE,
  ),
  INPUT_CHANGES.filter(([, , effect]) => "refused" in effect && effect.refused.endsWith("cannot change from")),
];

function isQuiet(effect: Effect): boolean {
  return "replaced" in effect && effect.replaced.length === 0;
}

function isOff(value: unknown): boolean {
  return value === false || value === 0;
}

/** The settings by which a deployment can be changed and destroyed in a test. */
export const CHANGEABLE = { deletion_protection: false, force_destroy_s3_bucket: true, migrate_automatically: false };

/** A variable on Terraform's command line. */
export function argument(input: string, value: unknown): string {
  return `-var=${terraformName(input)}=${typeof value === "string" ? value : JSON.stringify(value)}`;
}
