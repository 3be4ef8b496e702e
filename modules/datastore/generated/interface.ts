// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable } from "cdktf";

/** The inputs of the module, which are the variables of its Terraform form. */
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
   * The engine's version; only the major version where dbParameters is set, as the parameter group's family is made of
   * it.
   *
   * Must be a version of the engine, such as "17" or "16.6", or empty.
   *
   * @default "11"
   */
  readonly dbEngineVersion?: string;

  /**
   * What the database's identifier begins with instead of resourcePrefix (the suffix is left out then):
   * `<prefix>-<dbName>`.
   *
   * @default ""
   */
  readonly dbIdentifierPrefix?: string;

  /**
   * Tags of the database instance or cluster, beside standardTags.
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
   * Parameters of an RDS instance, name to value, applied at once; a parameter group is made when there are any (which
   * an Aurora cluster does not use).
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
   * Whether destroying the bucket deletes the objects in it; a bucket with objects is kept otherwise.
   *
   * @default false
   */
  readonly forceDestroyS3Bucket?: boolean | IResolvable;

  /**
   * When RDS may do maintenance, in UTC, such as Mon:00:00-Mon:03:00; empty for a window of its choice.
   *
   * Must be of the form ddd:hh24:mi-ddd:hh24:mi and 30 minutes long at least, such as Mon:00:00-Mon:03:00, or empty.
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
