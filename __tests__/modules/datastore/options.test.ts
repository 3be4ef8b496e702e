import { TerraformVariable } from "cdktf";
import { Datastore, type DatastoreProps } from "../../../modules/datastore";
import { added, block } from "../../support/blocks";
import { synthesized, type Configuration } from "../../support/synth";

// What the construct does beyond its Terraform module: nothing unless it is asked for.

type DatastoreSettings = Partial<DatastoreProps>;

const place = { metaflowVpcId: "vpc-1", subnet1Id: "subnet-1", subnet2Id: "subnet-2" };
const names = { resourcePrefix: "metaflow-", resourceSuffix: "-dev", standardTags: {} };

/** A datastore of which Terraform alone knows whether its database is an instance or a cluster. */
function datastore(options: Partial<DatastoreProps> = {}): Configuration {
  const props = { ...place, ...names, metadataServiceSecurityGroupId: "sg-1", ...options };
  return synthesized((stack) => {
    const engine = new TerraformVariable(stack, "engine", {});
    engine.overrideLogicalId("engine");
    new Datastore(stack, "Default", { ...props, dbEngine: engine.stringValue });
  });
}

describe("the datastore", () => {
  const plain = datastore();
  const DATABASES = ["aws_db_instance.this", "aws_rds_cluster.this"];
  const KEYS = ["aws_kms_key.s3", "aws_kms_key.rds"];
  const INSTANCES = ["aws_db_instance.this", "aws_rds_cluster_instance.cluster_instances"];

  test.each<[string, DatastoreSettings, readonly string[], Record<string, unknown>]>([
    ["backups", { backupRetentionDays: 14 }, ["aws_db_instance.this"], { backup_retention_period: 14 }],
    ["backups", { backupRetentionDays: 0 }, ["aws_db_instance.this"], { backup_retention_period: 0 }],
    ["backups", { backupRetentionDays: 0 }, ["aws_rds_cluster.this"], { backup_retention_period: 1 }],
    ["deletion protection", { deletionProtection: true }, DATABASES, { deletion_protection: true }],
    ["major upgrades", { allowMajorVersionUpgrade: true }, DATABASES, { allow_major_version_upgrade: true }],
    ["IAM authentication", { iamAuthentication: true }, DATABASES, { iam_database_authentication_enabled: true }],
    ["tags of snapshots", { copyTagsToSnapshots: true }, DATABASES, { copy_tags_to_snapshot: true }],
    ["key rotation", { keyRotation: true }, KEYS, { enable_key_rotation: true }],
    ["a key policy", { keyPolicy: "{}" }, KEYS, { policy: "{}" }],
    ["no egress", { restrictEgress: true }, ["aws_security_group.rds_security_group"], { egress: [] }],
    ["another password", { passwordVersion: 2 }, ["random_password.this"], { keepers: { version: 2 } }],
    [
      "monitoring",
      { enhancedMonitoring: { intervalSeconds: 60, roleArn: "arn:aws:iam::123456789012:role/r" } },
      INSTANCES,
      { monitoring_interval: 60, monitoring_role_arn: "arn:aws:iam::123456789012:role/r" },
    ],
    [
      "Performance Insights, where the engine is PostgreSQL",
      { performanceInsights: true },
      INSTANCES,
      { performance_insights_enabled: '${can(regex("^(postgres|aurora-postgresql)$", lower(var.engine)))}' },
    ],
  ])("has %s where %j asks for it", (_, options, where, expected) => {
    const configuration = datastore(options);
    for (const address of where) {
      expect(block(configuration, address)).toMatchObject(expected);
      for (const attribute of Object.keys(expected)) {
        if (attribute !== "egress") expect(block(plain, address)).not.toHaveProperty(attribute);
      }
    }
    expect(added(configuration, plain)).toEqual([]);
  });

  test.each<[DatastoreSettings, readonly string[]]>([
    [
      { versioning: { enabled: true, noncurrentVersionDays: 30 } },
      ["aws_s3_bucket_lifecycle_configuration.this", "aws_s3_bucket_versioning.this"],
    ],
    [{ accessLog: { enabled: true, bucket: "logs", prefix: "s3/" } }, ["aws_s3_bucket_logging.this"]],
    [{ bucketEvents: true }, ["aws_s3_bucket_notification.this"]],
    [{ requireTls: true }, ["aws_s3_bucket_policy.this", "data.aws_iam_policy_document.s3"]],
    [
      { databaseLogs: { retentionDays: 30 } },
      ["aws_cloudwatch_log_group.rds_postgresql", "aws_cloudwatch_log_group.rds_upgrade"],
    ],
  ])("%j adds %j", (options, expected) => {
    expect(added(datastore(options), plain)).toEqual(expected);
  });

  test("a write-only password takes the place of the one in the state", () => {
    const configuration = datastore({ writeOnlyPassword: { value: "ephemeral", version: 3 } });
    expect(configuration.resource).not.toHaveProperty("random_password");
    const instance = block(configuration, "aws_db_instance.this");
    expect(instance).toMatchObject({ password_wo: "ephemeral", password_wo_version: 3 });
    expect(instance).not.toHaveProperty("password");
    const cluster = block(configuration, "aws_rds_cluster.this");
    expect(cluster).toMatchObject({ master_password_wo: "ephemeral", master_password_wo_version: 3 });
    expect(cluster).not.toHaveProperty("master_password");
  });
});
