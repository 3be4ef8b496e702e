// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable } from "cdktf";

/** The inputs of the module, which are the variables of the published module. */
export interface DatastoreInputs {
  /**
   * Whether changes to the database take effect at once rather than in its next maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean | IResolvable;

  /**
   * Whether the bucket uses an S3 Bucket Key, which lowers the number (and cost) of KMS requests.
   *
   * @default false
   */
  readonly bucketKeyEnabled?: boolean | IResolvable;

  /**
   * The certificate authority of the database instance, such as rds-ca-rsa2048-g1; empty for the default of RDS.
   *
   * Must be a certificate authority of RDS, such as rds-ca-rsa2048-g1, or empty.
   *
   * @default ""
   */
  readonly caCertIdentifier?: string;

  /**
   * The database engine: postgres for an RDS instance, aurora-postgresql (anything that begins with aurora-) for an
   * Aurora cluster with one instance.
   *
   * Must be an engine of RDS: postgres or aurora-postgresql (or mysql, mariadb, aurora-mysql, db2-…, oracle-…,
   * sqlserver-…, custom-…).
   *
   * @default "postgres"
   */
  readonly dbEngine?: string;

  /**
   * The engine's version, such as 17 or 16.6; where dbParameters is set, the parameter group is of its major version.
   *
   * Must be a version of the engine, such as "17" or "16.6", or empty.
   *
   * @default "11"
   */
  readonly dbEngineVersion?: string;

  /**
   * A prefix for the database's identifier, which is then `<prefix>-<dbName>`, without resourcePrefix and
   * resourceSuffix.
   *
   * @default ""
   */
  readonly dbIdentifierPrefix?: string;

  /**
   * Tags of the database instance or cluster, in addition to standardTags.
   *
   * Must be a map of tags: 50 at most (with Name and Metaflow), with keys of 1 to 128 and values of up to 256 letters,
   * digits, spaces and _.:/=+-@ that do not begin with aws: or rds:.
   *
   * @default {}
   */
  readonly dbInstanceTags?: Record<string, string>;

  /**
   * The instance class of the database.
   *
   * Must be an instance class of RDS, such as db.t4g.small, that can encrypt its storage (db.t2.micro, db.m1 and db.m2
   * cannot) and has a size (db.serverless has none).
   *
   * @default "db.t2.small"
   */
  readonly dbInstanceType?: string;

  /**
   * The name of the database that the metadata service uses; it is part of the database's identifier.
   *
   * @default "metaflow"
   */
  readonly dbName?: string;

  /**
   * Parameters of an RDS instance by name, applied at once through a parameter group of its own; an Aurora cluster does
   * not use them.
   *
   * @default {}
   */
  readonly dbParameters?: Record<string, string>;

  /**
   * The database's master user.
   *
   * @default "metaflow"
   */
  readonly dbUsername?: string;

  /**
   * Whether a destroy deletes a bucket with its objects; if false, a destroy keeps a bucket that has objects.
   *
   * @default false
   */
  readonly forceDestroyS3Bucket?: boolean | IResolvable;

  /**
   * The weekly maintenance window in UTC, such as Mon:00:00-Mon:03:00; empty if RDS chooses it.
   *
   * Must be in the format ddd:hh24:mi-ddd:hh24:mi and 30 minutes long at least, such as Mon:00:00-Mon:03:00, or empty.
   *
   * @default ""
   */
  readonly maintenanceWindow?: string;

  /**
   * The id of the metadata service's security group, which the database admits.
   *
   * Must be the id of a security group, such as sg-0a1b2c3d4e5f60718.
   */
  readonly metadataServiceSecurityGroupId: string;

  /**
   * The id of the VPC that the database's security group belongs to.
   *
   * Must be the id of a VPC, such as vpc-0a1b2c3d4e5f60718.
   */
  readonly metaflowVpcId: string;

  /** What the names of the resources begin with. */
  readonly resourcePrefix: string;

  /** What the names of the resources end with. */
  readonly resourceSuffix: string;

  /**
   * The name of the bucket; empty for `<resourcePrefix>s3<resourceSuffix>`.
   *
   * @default ""
   */
  readonly s3BucketName?: string;

  /**
   * Tags of every resource that takes tags.
   *
   * Must be a map of tags: 50 at most (with Name and Metaflow), with keys of 1 to 128 and values of up to 256 letters,
   * digits, spaces and _.:/=+-@ that do not begin with aws: or rds:.
   */
  readonly standardTags: Record<string, string>;

  /**
   * The id of the first subnet of the database.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718.
   */
  readonly subnet1Id: string;

  /**
   * The id of the second subnet of the database, in another availability zone.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718.
   */
  readonly subnet2Id: string;
}

/** The outputs of the module. */
export interface DatastoreOutputs {
  /** The S3 URL of Metaflow's datastore. */
  readonly METAFLOW_DATASTORE_SYSROOT_S3: string;

  /** The S3 URL of Metaflow's data tools. */
  readonly METAFLOW_DATATOOLS_S3ROOT: string;

  /** The name of the database. */
  readonly databaseName: string;

  /**
   * The password of the database's master user.
   *
   * Sensitive.
   */
  readonly databasePassword: string;

  /** The database's master user. */
  readonly databaseUsername: string;

  /** The ARN of the KMS key that encrypts the bucket. */
  readonly datastoreS3BucketKmsKeyArn: string;

  /** The database's endpoint: address:port of an instance, the address alone of an Aurora cluster. */
  readonly rdsMasterInstanceEndpoint: string;

  /** The ARN of the bucket. */
  readonly s3BucketArn: string;

  /** The name of the bucket. */
  readonly s3BucketName: string;
}

/** The operating system's metrics of a database instance (RDS Enhanced Monitoring). */
export interface EnhancedMonitoring {
  /**
   * Seconds between two measurements: 0 (none), 1, 5, 10, 15, 30 or 60.
   *
   * Must be one of 0, 1, 5, 10, 15, 30, 60.
   */
  readonly intervalSeconds: number;

  /**
   * The ARN of the role with which RDS writes them to CloudWatch Logs.
   *
   * Must be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/ecs-execution.
   */
  readonly roleArn: string;
}

/** The database's own logs, in CloudWatch Logs. */
export interface DatabaseLogs {
  /**
   * How many days they are kept; 0 if they never expire.
   *
   * Must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
   * 3288, 3653.
   */
  readonly retentionDays: number;

  /**
   * The ARN of the KMS key that encrypts them.
   *
   * @default - CloudWatch Logs' own encryption
   */
  readonly kmsKeyArn?: string;
}

/** The earlier (noncurrent) versions of the bucket's objects. */
export interface Versioning {
  /** Whether they are kept. */
  readonly enabled: boolean | IResolvable;

  /**
   * How many days they are kept, 1 at least.
   *
   * Must be a whole number from 1 to 36500.
   */
  readonly noncurrentVersionDays: number;
}

/** Where the log of the bucket's requests goes. */
export interface BucketAccessLog {
  /** Whether there is one. */
  readonly enabled: boolean | IResolvable;

  /**
   * The name of the bucket that receives the log. It is in the same region and account, and its policy allows
   * logging.s3.amazonaws.com to write.
   *
   * Must be 3 to 63 lowercase letters, digits, hyphens and dots, beginning and ending with a letter or digit, without
   * two dots in a row, the format of an IP address, or a prefix or suffix that S3 reserves, or empty.
   */
  readonly bucket: string;

  /** The prefix of its objects' names. */
  readonly prefix: string;
}

/** A password that Terraform writes to the database and not to the state (Terraform 1.11 or newer). */
export interface WriteOnlyPassword {
  /**
   * The password: an ephemeral value, such as that of an ephemeral resource.
   *
   * Sensitive.
   */
  readonly value: string;

  /**
   * A number; Terraform writes the password again when it changes.
   *
   * Must be a whole number from 1 to 1000000000.
   */
  readonly version: number;
}

/** A PostgreSQL database that is there already, which Terraform neither makes nor changes. */
export interface ExistingDatabase {
  /**
   * The host's name or address, without a port.
   *
   * Must be the name or address of a host, without a port, such as metaflow.abcdefghijkl.us-west-2.rds.amazonaws.com.
   */
  readonly address: string;

  /**
   * Its port.
   *
   * Must be a whole number from 1 to 65535.
   *
   * @default 5432
   */
  readonly port?: number;

  /**
   * The database's name.
   *
   * @default - metaflow
   */
  readonly name?: string;

  /** The user, who owns the database or may create tables in it. */
  readonly username: string;

  /**
   * The secret of Secrets Manager that holds the user's password: its ARN, with `:password::` behind it where the
   * secret is JSON that has the password under that key, as RDS's own secrets are.
   *
   * Must be the ARN of a secret of Secrets Manager without a wildcard, which :json-key:version-stage:version-id may
   * follow, with all three colons.
   *
   * Source: "Pass Secrets Manager secrets through Amazon ECS environment variables" in the Amazon ECS Developer Guide.
   */
  readonly passwordSecretArn: string;

  /**
   * The ARN of the KMS key that encrypts the secret, where that is not AWS's own (aws/secretsmanager).
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   *
   * @default - AWS's own key, which needs no permission
   */
  readonly passwordSecretKmsKeyArn?: string;
}

/**
 * The type of the volumes.
 *
 * - `gp2`: general purpose, with a throughput that grows with the size.
 * - `gp3`: general purpose, with 3000 I/O operations a second at any size; RDS changes gp2 into it without a stop.
 */
export type DatabaseStorageType = "gp2" | "gp3";

/** The storage of an RDS instance. */
export interface DatabaseStorage {
  /**
   * GiB at first; RDS never makes a storage smaller.
   *
   * Must be a whole number from 20 to 65536.
   *
   * @default 20
   */
  readonly size?: number;

  /**
   * GiB up to which RDS lets it grow by itself, 10 % more than `size` at least; 0 if it does not grow.
   *
   * Must be a whole number from 22 to 65536, or 0.
   *
   * Source: "Managing capacity automatically with Amazon RDS storage autoscaling" in the Amazon RDS User Guide.
   *
   * @default 1000
   */
  readonly limit?: number;

  /**
   * The type of the volumes.
   *
   * @default - gp2
   */
  readonly type?: DatabaseStorageType;
}

/** The bounds of Aurora Serverless v2, in ACUs (Aurora capacity units of about 2 GiB of memory). */
export interface ServerlessCapacity {
  /**
   * The fewest ACUs; 0 lets the database pause, in the versions that can (13.15, 14.12, 15.7, 16.3, 17).
   *
   * Must be a number of ACUs from 0 to 256, in steps of 0.5.
   */
  readonly min: number;

  /**
   * The most ACUs.
   *
   * Must be a number of ACUs from 1 to 256, in steps of 0.5.
   */
  readonly max: number;

  /**
   * How long the database has no connection before it pauses, where `min` is 0.
   *
   * Must be a whole number from 300 to 86400.
   *
   * @default 300
   */
  readonly secondsUntilAutoPause?: number;
}

/** What the construct does beyond the inputs of the Terraform module. */
export interface DatastoreOptions {
  /**
   * Whether a change of `dbEngineVersion` to another major version upgrades the database; RDS refuses it otherwise.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean | IResolvable;

  /**
   * How many days automated backups of the database are kept, 0 (none; 1 with Aurora) to 35.
   *
   * Must be a whole number from 0 to 35.
   *
   * Source: "Backup retention period" in the Amazon RDS User Guide.
   *
   * @default - 1 day with Aurora, no backups otherwise
   */
  readonly backupRetentionDays?: number;

  /**
   * Whether RDS refuses to delete the database.
   *
   * @default false
   */
  readonly deletionProtection?: boolean | IResolvable;

  /**
   * Whether snapshots of the database have its tags.
   *
   * @default false
   */
  readonly copyTagsToSnapshots?: boolean;

  /**
   * Whether an existing bucket keeps its name when `s3BucketName` changes or is unknown at plan; without this option
   * Terraform replaces the bucket.
   *
   * @default false
   */
  readonly keepBucketName?: boolean;

  /**
   * Whether a replacement of the database also renews the name of the final snapshot. Without this option a second
   * replacement, or a destroy after the first, fails because a snapshot of that name exists. Needs Terraform 1.4 or
   * newer.
   *
   * @default false
   */
  readonly renewSnapshotName?: boolean;

  /**
   * Whether RDS upgrades the database to newer minor versions in its maintenance windows; false if `dbEngineVersion`
   * names them.
   *
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean | IResolvable;

  /**
   * Whether a PostgreSQL instance without `dbParameters` gets RDS's default parameter group. Without this option, an
   * instance keeps its parameter group after its last parameter is removed, and RDS refuses to delete that group.
   *
   * @default false
   */
  readonly defaultParameterGroup?: boolean;

  /**
   * The ids of further security groups that the database admits beside the metadata service's, such as that of the web
   * interface's tasks.
   *
   * Must be a list, each item the id of a security group, such as sg-0a1b2c3d4e5f60718.
   *
   * @default - none
   */
  readonly furtherSecurityGroupIds?: string[];

  /**
   * Whether IAM users and roles can be database users.
   *
   * @default false
   */
  readonly iamAuthentication?: boolean;

  /**
   * Whether RDS records the database's wait events for seven days (Performance Insights).
   *
   * @default false
   */
  readonly performanceInsights?: boolean | IResolvable;

  /**
   * RDS Enhanced Monitoring of the instance.
   *
   * @default - none
   */
  readonly enhancedMonitoring?: EnhancedMonitoring;

  /**
   * Sends PostgreSQL's logs to CloudWatch Logs; other engines' logs stay in RDS.
   *
   * @default - they stay in RDS
   */
  readonly databaseLogs?: DatabaseLogs;

  /**
   * Whether KMS rotates the key material of the two keys each year; data encrypted before stays readable.
   *
   * @default false
   */
  readonly keyRotation?: boolean | IResolvable;

  /**
   * The policy of the two KMS keys, in JSON.
   *
   * @default - KMS's own, which leaves the keys to the account's IAM policies
   */
  readonly keyPolicy?: string;

  /**
   * Keeps earlier versions of the bucket's objects.
   *
   * @default - no versions
   */
  readonly versioning?: Versioning;

  /**
   * A log of the requests to the bucket (S3 server access logging).
   *
   * @default - none
   */
  readonly accessLog?: BucketAccessLog;

  /**
   * Whether the bucket sends events of its objects to EventBridge.
   *
   * @default false
   */
  readonly bucketEvents?: boolean | IResolvable;

  /**
   * Whether the bucket refuses requests without TLS.
   *
   * @default false
   */
  readonly requireTls?: boolean;

  /**
   * Whether the database's security group has no outbound rules; the database opens no connections.
   *
   * @default false
   */
  readonly restrictEgress?: boolean;

  /**
   * A password for the database that the state does not hold.
   *
   * @default - a password that Terraform generates, which is in the state
   */
  readonly writeOnlyPassword?: WriteOnlyPassword;

  /**
   * A number; Terraform generates another password when it changes, and 1 keeps the first.
   *
   * Must be a whole number from 1 to 1000000000.
   *
   * @default 1
   */
  readonly passwordVersion?: number;

  /**
   * The ARN of a bucket that is there already: no bucket is made, and nothing of this one is changed. Its encryption,
   * versions, access log, events and policy are its owner's; `bucketKmsKeyArn` must name its key.
   *
   * Must be the ARN of a bucket, such as arn:aws:s3:::acme-metaflow.
   *
   * @default - the construct makes the bucket
   */
  readonly existingBucketArn?: string;

  /**
   * The ARN of the KMS key that encrypts the bucket: no key is made for it. Its policy must leave it to the account's
   * IAM policies, as KMS's own does.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   *
   * @default - a key of the construct's own
   */
  readonly bucketKmsKeyArn?: string;

  /**
   * Likewise, for the database. RDS cannot change the key of a database: Terraform would replace it.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   *
   * @default - a key of the construct's own
   */
  readonly databaseKmsKeyArn?: string;

  /**
   * The subnets of the database, two at least, in two zones at least.
   *
   * Must be a list of the ids of two subnets at least, none of them twice.
   *
   * @default - `subnet1Id` and `subnet2Id`
   */
  readonly databaseSubnetIds?: string[];

  /**
   * A PostgreSQL database that is there already: no RDS, and none of what belongs to it, is made. The rule that admits
   * the service is its owner's.
   *
   * @default - the construct makes the database
   */
  readonly existingDatabase?: ExistingDatabase;

  /**
   * The storage of the instance; an Aurora cluster has storage of its own.
   *
   * @default - 20 GiB of gp2 that grow to 1000 GiB
   */
  readonly storage?: DatabaseStorage;

  /**
   * Whether an RDS instance has a standby in another zone, which takes over within a minute or two; an Aurora cluster
   * has none.
   *
   * @default true
   */
  readonly multiAz?: boolean | IResolvable;

  /**
   * Makes the cluster's instance one of Aurora Serverless v2 (db.serverless), for the engine aurora-postgresql;
   * `dbInstanceType` is not used then.
   *
   * Source: "Requirements and limitations for Aurora Serverless v2" in the Amazon Aurora User Guide.
   *
   * @default - an instance of `dbInstanceType`
   */
  readonly serverlessCapacity?: ServerlessCapacity;
}
