import {
  contract,
  bool,
  string,
  stringMap,
  boolOption,
  listOption,
  numberOption,
  objectOption,
  stringOption,
  switchOption,
} from "../../lib/contract/contract";
import {
  backupRetention,
  certificateAuthority,
  databaseEngine,
  engineVersion,
  instanceClass,
  maintenanceWindow,
  monitoringInterval,
  passwordVersion,
} from "../../lib/aws/rds";
import { roleArn } from "../../lib/aws/iam";
import { logRetention } from "../../lib/aws/logs";
import { bucketName, noncurrentDays } from "../../lib/aws/s3";
import { securityGroupId, subnetId, vpcId } from "../../lib/aws/ec2";
import { emptyOr, listOf } from "../../lib/contract/rules";
import { databaseTags } from "../../lib/aws/tags";
import { ownOptions } from "./own-options";

/** The inputs, outputs and options of the module `datastore`. */
export const datastoreContract = contract({
  construct: "Datastore",
  description: "Metaflow's datastore: the bucket of its artifacts, and the database of its metadata service",
  inputs: {
    applyImmediately: bool({
      description: "Whether changes to the database take effect at once rather than in its next maintenance window",
      default: false,
      nullable: true,
    }),
    bucketKeyEnabled: bool({
      description: "Whether the bucket uses an S3 Bucket Key, which lowers the number (and cost) of KMS requests",
      default: false,
      nullable: true,
    }),
    caCertIdentifier: string({
      description:
        "The certificate authority of the database instance, such as rds-ca-rsa2048-g1; empty for the default of RDS",
      default: "",
      nullable: true,
      rule: certificateAuthority,
    }),
    dbEngine: string({
      description:
        "The database engine: postgres for an RDS instance, aurora-postgresql (anything that begins with aurora-) for " +
        "an Aurora cluster with one instance",
      default: "postgres",
      rule: databaseEngine,
    }),
    dbEngineVersion: string({
      description:
        "The engine's version, such as 17 or 16.6; where {dbParameters} is set, the parameter group is of its major version",
      default: "11",
      nullable: true,
      rule: engineVersion,
    }),
    dbIdentifierPrefix: string({
      description:
        "A prefix for the database's identifier, which is then <prefix>-<{dbName}>, without {resourcePrefix} and " +
        "{resourceSuffix}",
      default: "",
    }),
    dbInstanceTags: stringMap({
      description: "Tags of the database instance or cluster, in addition to {standardTags}",
      default: {},
      nullable: true,
      rule: databaseTags,
    }),
    dbInstanceType: string({
      description: "The instance class of the database",
      default: "db.t2.small",
      rule: instanceClass,
    }),
    dbName: string({
      description: "The name of the database that the metadata service uses; it is part of the database's identifier",
      default: "metaflow",
    }),
    dbParameters: stringMap({
      description:
        "Parameters of an RDS instance by name, applied at once through a parameter group of its own; an Aurora cluster " +
        "does not use them",
      default: {},
    }),
    dbUsername: string({ description: "The database's master user", default: "metaflow" }),
    forceDestroyS3Bucket: bool({
      description:
        "Whether a destroy deletes a bucket with its objects; if false, a destroy keeps a bucket that has objects",
      default: false,
      nullable: true,
    }),
    maintenanceWindow: string({
      description: "The weekly maintenance window in UTC, such as Mon:00:00-Mon:03:00; empty if RDS chooses it",
      default: "",
      rule: maintenanceWindow,
    }),
    metadataServiceSecurityGroupId: string({
      description: "The id of the metadata service's security group, which the database admits",
      rule: securityGroupId,
    }),
    metaflowVpcId: string({
      description: "The id of the VPC that the database's security group belongs to",
      nullable: true,
      rule: vpcId,
    }),
    resourcePrefix: string({ description: "What the names of the resources begin with" }),
    resourceSuffix: string({ description: "What the names of the resources end with" }),
    s3BucketName: string({
      description: "The name of the bucket; empty for <{resourcePrefix}>s3<{resourceSuffix}>",
      default: "",
      nullable: true,
    }),
    standardTags: stringMap({
      description: "Tags of every resource that takes tags",
      nullable: true,
      rule: databaseTags,
    }),
    subnet1Id: string({ description: "The id of the first subnet of the database", rule: subnetId }),
    subnet2Id: string({
      description: "The id of the second subnet of the database, in another availability zone",
      rule: subnetId,
    }),
  },
  outputs: {
    METAFLOW_DATASTORE_SYSROOT_S3: { description: "The S3 URL of Metaflow's datastore" },
    METAFLOW_DATATOOLS_S3ROOT: { description: "The S3 URL of Metaflow's data tools" },
    databaseName: { description: "The name of the database" },
    databasePassword: { description: "The password of the database's master user", sensitive: true },
    databaseUsername: { description: "The database's master user" },
    datastoreS3BucketKmsKeyArn: { description: "The ARN of the KMS key that encrypts the bucket" },
    rdsMasterInstanceEndpoint: {
      description: "The database's endpoint: address:port of an instance, the address alone of an Aurora cluster",
    },
    s3BucketArn: { description: "The ARN of the bucket" },
    s3BucketName: { description: "The name of the bucket" },
  },
  options: {
    allowMajorVersionUpgrade: boolOption({
      description:
        "Whether a change of `dbEngineVersion` to another major version upgrades the database; RDS refuses it otherwise",
      unset: false,
    }),
    backupRetentionDays: numberOption({
      description: "How many days automated backups of the database are kept, 0 (none; 1 with Aurora) to 35",
      source: '"Backup retention period" in the Amazon RDS User Guide',
      unset: "1 day with Aurora, no backups otherwise",
      rule: backupRetention,
    }),
    deletionProtection: boolOption({ description: "Whether RDS refuses to delete the database", unset: false }),
    copyTagsToSnapshots: switchOption({ description: "Whether snapshots of the database have its tags", unset: false }),
    keepBucketName: switchOption({
      description:
        "Whether an existing bucket keeps its name when `s3BucketName` changes or is unknown at plan; without this " +
        "option Terraform replaces the bucket",
      unset: false,
    }),
    renewSnapshotName: switchOption({
      description:
        "Whether a replacement of the database also renews the name of the final snapshot. Without this option a second " +
        "replacement, or a destroy after the first, fails because a snapshot of that name exists. Needs Terraform 1.4 " +
        "or newer",
      unset: false,
    }),
    autoMinorVersionUpgrade: boolOption({
      description:
        "Whether RDS upgrades the database to newer minor versions in its maintenance windows; false if " +
        "`dbEngineVersion` names them",
      unset: true,
    }),
    defaultParameterGroup: switchOption({
      description:
        "Whether a PostgreSQL instance without `dbParameters` gets RDS's default parameter group. Without this option, " +
        "an instance keeps its parameter group after its last parameter is removed, and RDS refuses to delete that " +
        "group",
      unset: false,
    }),
    furtherSecurityGroupIds: listOption({
      description:
        "The ids of further security groups that the database admits beside the metadata service's, such as that of the web " +
        "interface's tasks",
      unset: "none",
      rule: listOf(securityGroupId),
    }),
    iamAuthentication: switchOption({ description: "Whether IAM users and roles can be database users", unset: false }),
    performanceInsights: boolOption({
      description: "Whether RDS records the database's wait events for seven days (Performance Insights)",
      unset: false,
    }),
    enhancedMonitoring: objectOption({
      name: "EnhancedMonitoring",
      about: "The operating system's metrics of a database instance (RDS Enhanced Monitoring)",
      description: "RDS Enhanced Monitoring of the instance",
      unset: "none",
      fields: {
        intervalSeconds: numberOption({
          description: "Seconds between two measurements: 0 (none), 1, 5, 10, 15, 30 or 60",
          rule: monitoringInterval,
        }),
        roleArn: stringOption({
          description: "The ARN of the role with which RDS writes them to CloudWatch Logs",
          rule: roleArn,
        }),
      },
    }),
    databaseLogs: objectOption({
      name: "DatabaseLogs",
      about: "The database's own logs, in CloudWatch Logs",
      description: "Sends PostgreSQL's logs to CloudWatch Logs; other engines' logs stay in RDS",
      unset: "they stay in RDS",
      fields: {
        retentionDays: numberOption({
          description: "How many days they are kept; 0 if they never expire",
          rule: logRetention,
        }),
        kmsKeyArn: stringOption({
          description: "The ARN of the KMS key that encrypts them",
          unset: "CloudWatch Logs' own encryption",
        }),
      },
    }),
    keyRotation: boolOption({
      description:
        "Whether KMS rotates the key material of the two keys each year; data encrypted before stays readable",
      unset: false,
    }),
    keyPolicy: stringOption({
      description: "The policy of the two KMS keys, in JSON",
      unset: "KMS's own, which leaves the keys to the account's IAM policies",
    }),
    versioning: objectOption({
      name: "Versioning",
      about: "The earlier (noncurrent) versions of the bucket's objects",
      description: "Keeps earlier versions of the bucket's objects",
      unset: "no versions",
      fields: {
        enabled: boolOption({ description: "Whether they are kept" }),
        noncurrentVersionDays: numberOption({
          description: "How many days they are kept, 1 at least",
          rule: noncurrentDays,
        }),
      },
    }),
    accessLog: objectOption({
      name: "BucketAccessLog",
      about: "Where the log of the bucket's requests goes",
      description: "A log of the requests to the bucket (S3 server access logging)",
      unset: "none",
      fields: {
        enabled: boolOption({ description: "Whether there is one" }),
        bucket: stringOption({
          description:
            "The name of the bucket that receives the log. It is in the same region and account, and its policy allows " +
            "logging.s3.amazonaws.com to write",
          rule: emptyOr(bucketName),
        }),
        prefix: stringOption({ description: "The prefix of its objects' names" }),
      },
    }),
    bucketEvents: boolOption({
      description: "Whether the bucket sends events of its objects to EventBridge",
      unset: false,
    }),
    requireTls: switchOption({ description: "Whether the bucket refuses requests without TLS", unset: false }),
    restrictEgress: switchOption({
      description: "Whether the database's security group has no outbound rules; the database opens no connections",
      unset: false,
    }),
    writeOnlyPassword: objectOption({
      name: "WriteOnlyPassword",
      about: "A password that Terraform writes to the database and not to the state (Terraform 1.11 or newer)",
      description: "A password for the database that the state does not hold",
      unset: "a password that Terraform generates, which is in the state",
      fields: {
        value: stringOption({
          description: "The password: an ephemeral value, such as that of an ephemeral resource",
          sensitive: true,
        }),
        version: numberOption({
          description: "A number; Terraform writes the password again when it changes",
          rule: passwordVersion,
        }),
      },
    }),
    passwordVersion: numberOption({
      description: "A number; Terraform generates another password when it changes, and 1 keeps the first",
      unset: 1,
      rule: passwordVersion,
    }),
    ...ownOptions,
  },
});
