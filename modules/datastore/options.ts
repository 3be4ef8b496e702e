import type { Flag } from "../../lib/contract/inputs";

/** A password that is written to the database and never to the state (Terraform 1.11 or newer). */
export interface WriteOnlyPassword {
  /** The password: an ephemeral value, such as that of an ephemeral resource. */
  readonly value: string;
  /** What has to change for the password to be written again. */
  readonly version: number;
}

/** Earlier versions of the bucket's objects, which a deletion or an overwriting leaves behind. */
export interface Versioning {
  /** Whether they are kept. */
  readonly enabled: Flag;
  /** After how many days they are deleted for good, 1 at least. */
  readonly noncurrentVersionDays: number;
}

/** Where the log of the bucket's requests goes. */
export interface BucketAccessLog {
  /** Whether there is one. */
  readonly enabled: Flag;
  /** The name of the bucket that takes it, in the same region and account, whose policy admits logging.s3.amazonaws.com. */
  readonly bucket: string;
  /** What the names of its objects begin with. */
  readonly prefix: string;
}

/** The operating system's metrics of a database instance (RDS Enhanced Monitoring). */
export interface EnhancedMonitoring {
  /** Seconds between two measurements: 0 (none), 1, 5, 10, 15, 30 or 60. */
  readonly intervalSeconds: number;
  /** The ARN of the role by which RDS writes them to CloudWatch Logs. */
  readonly roleArn: string;
}

/** The database's own logs, in CloudWatch Logs. */
export interface DatabaseLogs {
  /** How long they are kept, in days; 0 for ever. */
  readonly retentionDays: number;
  /**
   * The ARN of the KMS key that encrypts them.
   *
   * @default - CloudWatch Logs' own encryption
   */
  readonly kmsKeyArn?: string;
}

/** What the construct can do beyond the Terraform module's inputs; nothing changes unless an option is set. */
export interface DatastoreOptions {
  /**
   * Whether a change of `dbEngineVersion` to another major version upgrades the database; RDS refuses it otherwise.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: Flag;

  /**
   * How many days automated backups of the database are kept, 0 (none; 1 with Aurora) to 35.
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
  readonly deletionProtection?: Flag;

  /**
   * Whether snapshots of the database have its tags.
   *
   * @default false
   */
  readonly copyTagsToSnapshots?: boolean;

  /**
   * Whether IAM users and roles can be database users.
   *
   * @default false
   */
  readonly iamAuthentication?: boolean;

  /**
   * Whether RDS records what the database waits for, for seven days (Performance Insights).
   *
   * @default false
   */
  readonly performanceInsights?: Flag;

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
   * Whether the key material of the two KMS keys is renewed each year; data that was encrypted before stays readable.
   *
   * @default false
   */
  readonly keyRotation?: Flag;

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
   * Whether the bucket tells EventBridge what happens to its objects.
   *
   * @default false
   */
  readonly bucketEvents?: Flag;

  /**
   * Whether the bucket refuses requests without TLS.
   *
   * @default false
   */
  readonly requireTls?: boolean;

  /**
   * Whether the database's security group lets nothing out, which the database never needs.
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
   * What has to change for Terraform to generate another password; 1 keeps the first.
   *
   * @default 1
   */
  readonly passwordVersion?: number;
}
