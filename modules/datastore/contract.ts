import { contract, flag, text, textMap } from "../../lib/contract/contract";
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
    applyImmediately: flag({
      description: "Whether changes to the database take effect at once rather than in its next maintenance window",
      default: false,
      nullable: true,
    }),
    bucketKeyEnabled: flag({
      description: "Whether the bucket uses an S3 Bucket Key, which lowers the number (and cost) of KMS requests",
      default: false,
      nullable: true,
    }),
    caCertIdentifier: text({
      description:
        "The certificate authority of the database instance, such as rds-ca-rsa2048-g1; empty for the default of RDS",
      default: "",
      nullable: true,
      rule: certificateAuthority,
    }),
    dbEngine: text({
      description:
        "The database engine: postgres for an RDS instance, aurora-postgresql (anything that begins with aurora-) for " +
        "an Aurora cluster with one instance",
      default: "postgres",
      rule: databaseEngine,
    }),
    dbEngineVersion: text({
      description:
        "The engine's version; only the major version where {dbParameters} is set, as the parameter group's family is " +
        "made of it",
      default: "11",
      nullable: true,
      rule: engineVersion,
    }),
    dbIdentifierPrefix: text({
      description:
        "What the database's identifier begins with instead of {resourcePrefix} (the suffix is left out then): " +
        "<prefix>-<{dbName}>",
      default: "",
    }),
    dbInstanceTags: textMap({
      description: "Tags of the database instance or cluster, beside {standardTags}",
      default: {},
      nullable: true,
      rule: databaseTags,
    }),
    dbInstanceType: text({
      description: "The instance class of the database",
      default: "db.t2.small",
      rule: instanceClass,
    }),
    dbName: text({
      description: "The name of the database that the metadata service uses; it is part of the database's identifier",
      default: "metaflow",
    }),
    dbParameters: textMap({
      description:
        "Parameters of an RDS instance, name to value, applied at once; a parameter group is made when there are any (which an " +
        "Aurora cluster does not use)",
      default: {},
    }),
    dbUsername: text({ description: "The database's master user", default: "metaflow" }),
    forceDestroyS3Bucket: flag({
      description: "Whether destroying the bucket deletes the objects in it; a bucket with objects is kept otherwise",
      default: false,
      nullable: true,
    }),
    maintenanceWindow: text({
      description: "When RDS may do maintenance, in UTC, such as Mon:00:00-Mon:03:00; empty for a window of its choice",
      default: "",
      rule: maintenanceWindow,
    }),
    metadataServiceSecurityGroupId: text({
      description: "The id of the metadata service's security group, which the database admits",
      rule: securityGroupId,
    }),
    metaflowVpcId: text({
      description: "The id of the VPC that the database's security group belongs to",
      nullable: true,
      rule: vpcId,
    }),
    resourcePrefix: text({ description: "What the names of the resources begin with" }),
    resourceSuffix: text({ description: "What the names of the resources end with" }),
    s3BucketName: text({
      description: "The name of the bucket; empty for <{resourcePrefix}>s3<{resourceSuffix}>",
      default: "",
      nullable: true,
    }),
    standardTags: textMap({
      description: "Tags of every resource that takes tags",
      nullable: true,
      rule: databaseTags,
    }),
    subnet1Id: text({ description: "The id of the first subnet of the database", rule: subnetId }),
    subnet2Id: text({
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
