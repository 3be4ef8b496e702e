import type { Construct } from "constructs";
import type { Location } from "../../lib/aws/location";
import { pick, type Inputs } from "../../lib/contract/inputs";
import { evaluate, Sampled, type Operand } from "../../lib/hcl/expression";
import { concat, ifElse, notEqual } from "../../lib/hcl/functions";
import { local } from "../../lib/synth/addresses";
import type { DatastoreProps } from "../datastore";
import { datastoreContract } from "../datastore/contract";
import type { Deployment } from "./deployment";
import type { MetaflowInputs } from "./generated/interface";
import { MonitoringRole } from "./service-roles";

const ANY_ACCOUNT = "123456789012";
/** Longer than the name of any region is. */
const LONGEST_REGION = "us-isob-northeast-1";

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
  const made = (account: Operand, region: Operand) => [resourcePrefix, "s3-", account, "-", region, resourceSuffix];
  const name = new Sampled(made(account, region), [concat(...made(ANY_ACCOUNT, LONGEST_REGION))]);
  // What is known but for the account and the region needs no local value.
  if (evaluate(s3BucketName) === "" && name.samples.every((sample) => evaluate(sample) !== undefined))
    return name.string;
  return local(scope, "s3_bucket_name", ifElse(notEqual(s3BucketName, ""), s3BucketName, name)).asString;
}
