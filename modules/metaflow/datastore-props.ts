import type { Construct } from "constructs";
import type { Location } from "../../lib/aws/location";
import { pick, type Inputs } from "../../lib/contract/inputs";
import { concat, ifElse, notEqual } from "../../lib/hcl/functions";
import { local } from "../../lib/synth/addresses";
import type { DatastoreProps } from "../datastore";
import { datastoreContract } from "../datastore/contract";
import type { Deployment } from "./deployment";
import type { MetaflowInputs } from "./generated/interface";
import { MonitoringRole } from "./service-roles";

/** The bucket: one that is there, or what one has that is made. */
export function bucketProps(
  scope: Construct,
  { inputs, options, location }: Deployment,
  accessLog: DatastoreProps["accessLog"],
): Partial<DatastoreProps> {
  const { existingBucketArn, kmsKeyArn, bucketKmsKeyArn = kmsKeyArn } = options;
  if (existingBucketArn !== undefined) return { existingBucketArn, bucketKmsKeyArn };
  return {
    ...pick(inputs, datastoreContract, "bucketKeyEnabled", "forceDestroyS3Bucket"),
    bucketEvents: inputs.bucketEvents,
    bucketKmsKeyArn,
    requireTls: options.requireTls,
    keepBucketName: true,
    s3BucketName: bucketName(scope, inputs, location),
    accessLog,
    versioning: { enabled: inputs.bucketVersioning, noncurrentVersionDays: inputs.noncurrentVersionDays },
  };
}

/** The database: one that is there, or what one has that is made. */
export function databaseProps(
  scope: Construct,
  { inputs, options, location }: Deployment,
  made: Pick<DatastoreProps, "databaseLogs" | "furtherSecurityGroupIds" | "writeOnlyPassword">,
): Partial<DatastoreProps> {
  const { existingDatabase } = options;
  if (existingDatabase !== undefined) return { existingDatabase };
  return {
    ...pick(
      inputs,
      datastoreContract,
      "applyImmediately",
      "caCertIdentifier",
      "dbEngine",
      "dbEngineVersion",
      "dbIdentifierPrefix",
      "dbInstanceTags",
      ...(options.serverlessCapacity ? [] : (["dbInstanceType"] as const)),
      "dbName",
      "dbParameters",
      "dbUsername",
      "maintenanceWindow",
    ),
    allowMajorVersionUpgrade: inputs.allowMajorVersionUpgrade,
    backupRetentionDays: inputs.backupRetentionDays,
    copyTagsToSnapshots: options.copyTagsToSnapshots,
    databaseKmsKeyArn: options.kmsKeyArn,
    databaseSubnetIds: options.databaseSubnetIds,
    deletionProtection: inputs.deletionProtection,
    iamAuthentication: options.iamAuthentication,
    multiAz: options.multiAz,
    performanceInsights: inputs.performanceInsights,
    restrictEgress: options.restrictEgress,
    renewSnapshotName: true,
    defaultParameterGroup: true,
    autoMinorVersionUpgrade: inputs.autoMinorVersionUpgrade,
    enhancedMonitoring: {
      intervalSeconds: inputs.monitoringInterval,
      roleArn: new MonitoringRole(scope, "monitoring_role", inputs, location).arn,
    },
    passwordVersion: inputs.databasePasswordVersion,
    serverlessCapacity: options.serverlessCapacity,
    storage: options.storage,
    ...made,
  };
}

/** Buckets share one namespace across accounts, and so the default name has the account and region in it. */
function bucketName(scope: Construct, inputs: Inputs<MetaflowInputs>, { account, region }: Location): string {
  const { resourcePrefix, resourceSuffix, s3BucketName } = inputs;
  const name = concat(resourcePrefix, "s3-", account, "-", region, resourceSuffix);
  return local(scope, "s3_bucket_name", ifElse(notEqual(s3BucketName, ""), s3BucketName, name)).asString;
}
