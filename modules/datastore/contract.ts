import { contract, bool, string, stringMap } from "../../lib/contract/contract";
import {
  certificateAuthority,
  databaseEngine,
  engineVersion,
  instanceClass,
  maintenanceWindow,
} from "../../lib/aws/rds";
import { securityGroupId, subnetId, vpcId } from "../../lib/aws/ec2";
import { databaseTags } from "../../lib/aws/tags";

/** The inputs and outputs of the module `datastore`. */
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
        "The engine's version; only the major version where {dbParameters} is set, as the parameter group's family is " +
        "made of it",
      default: "11",
      nullable: true,
      rule: engineVersion,
    }),
    dbIdentifierPrefix: string({
      description:
        "What the database's identifier begins with instead of {resourcePrefix} (the suffix is left out then): " +
        "<prefix>-<{dbName}>",
      default: "",
    }),
    dbInstanceTags: stringMap({
      description: "Tags of the database instance or cluster, beside {standardTags}",
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
        "Parameters of an RDS instance, name to value, applied at once; a parameter group is made when there are any (which an " +
        "Aurora cluster does not use)",
      default: {},
    }),
    dbUsername: string({ description: "The database's master user", default: "metaflow" }),
    forceDestroyS3Bucket: bool({
      description: "Whether destroying the bucket deletes the objects in it; a bucket with objects is kept otherwise",
      default: false,
      nullable: true,
    }),
    maintenanceWindow: string({
      description: "When RDS may do maintenance, in UTC, such as Mon:00:00-Mon:03:00; empty for a window of its choice",
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
});
