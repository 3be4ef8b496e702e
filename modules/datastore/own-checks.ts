import type { Construct } from "constructs";
import { isAurora, isStorageLimit, pausingVersion, serverlessVersion } from "../../lib/aws/rds";
import { throwProblems } from "../../lib/contract/checks";
import type { Inputs } from "../../lib/contract/inputs";
import { any, atMost, equal, jsonencode, not } from "../../lib/hcl/functions";
import { checkedValue } from "../../lib/synth/checked";
import type { DatastoreInputs, DatastoreOptions } from "./generated/interface";

/** What is only of use for a bucket that the construct makes. */
const OF_MADE_BUCKET = ["accessLog", "bucketEvents", "keepBucketName", "requireTls", "versioning"] as const;

/** Likewise, for a database. */
const OF_MADE_DATABASE = [
  "allowMajorVersionUpgrade",
  "autoMinorVersionUpgrade",
  "backupRetentionDays",
  "copyTagsToSnapshots",
  "databaseKmsKeyArn",
  "databaseLogs",
  "databaseSubnetIds",
  "defaultParameterGroup",
  "deletionProtection",
  "enhancedMonitoring",
  "iamAuthentication",
  "multiAz",
  "passwordVersion",
  "performanceInsights",
  "renewSnapshotName",
  "restrictEgress",
  "serverlessCapacity",
  "storage",
  "writeOnlyPassword",
] as const;

/** The inputs of a database that is made. */
export const INPUTS_OF_MADE_DATABASE = [
  "applyImmediately",
  "caCertIdentifier",
  "dbEngine",
  "dbEngineVersion",
  "dbIdentifierPrefix",
  "dbInstanceTags",
  "dbInstanceType",
  "dbName",
  "dbParameters",
  "dbUsername",
  "maintenanceWindow",
] as const;

/**
 * Refuses options that contradict each other.
 *
 * @param given - the props as the caller has given them
 * @throws Error naming each one
 */
export function checkOptions(scope: Construct, given: Partial<DatastoreInputs> & DatastoreOptions): void {
  const problems: string[] = [];
  const isGiven = (name: string) => {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    return value !== undefined && value !== null;
  };
  const without = (names: readonly string[], option: string, what: string) => {
    const found = names.filter(isGiven);
    if (found.length === 0) return;
    const they = found.length === 1 ? "it" : "they";
    problems.push(`${found.join(", ")} and ${option} are both given; ${they} must be left out: ${what}.`);
  };
  if (isGiven("existingBucketArn")) {
    const inputs = ["bucketKeyEnabled", "forceDestroyS3Bucket", "s3BucketName"];
    without([...inputs, ...OF_MADE_BUCKET], "existingBucketArn", "a bucket that is there is not changed");
    if (!isGiven("bucketKmsKeyArn")) {
      problems.push(
        "bucketKmsKeyArn is required with existingBucketArn: the ARN of the KMS key that encrypts the bucket, or, where S3's own " +
          "keys do, of one that may encrypt what else is kept for flows.",
      );
    }
  }
  if (isGiven("existingDatabase")) {
    const names = [...INPUTS_OF_MADE_DATABASE, ...OF_MADE_DATABASE];
    without(names, "existingDatabase", "no database is made, and the one that is there is not changed");
  } else if (isGiven("serverlessCapacity") && isGiven("dbInstanceType")) {
    problems.push(
      `dbInstanceType, ${JSON.stringify(given.dbInstanceType)}, and serverlessCapacity are both given; one of them must be left out: ` +
        "an instance with serverlessCapacity is of the class db.serverless.",
    );
  }
  throwProblems(scope, problems);
}

/** The storage of an instance, and whether it has a standby. */
export function instanceStorage(scope: Construct, inputs: Inputs<DatastoreInputs>, options: DatastoreOptions) {
  const { dbEngine } = inputs;
  const { size = 20, limit = 1000, type = "gp2" } = options.storage ?? {};
  const ofInstance = (option: "multiAz" | "storage", why: string) => ({
    condition: not(isAurora(dbEngine)),
    message: [
      `${option} is given and db_engine is "`,
      dbEngine,
      `"; it must be left out, or db_engine be postgres: ${why}.`,
    ],
  });
  const storage = ofInstance("storage", "an Aurora cluster has storage of its own, which grows by itself");
  if (options.multiAz !== undefined) {
    checkedValue(scope, "multi_az", dbEngine, ofInstance("multiAz", "an Aurora cluster has one instance"));
  }
  return {
    multiAz: options.multiAz ?? true,
    allocatedStorage: size,
    maxAllocatedStorage: checkedValue(scope, "storage_limit", limit, {
      condition: isStorageLimit(limit, size),
      message: ["storage.limit, ", limit, ", must be 0 or 10 % more at least than storage.size, ", size, "."],
    }),
    storageType: options.storage ? checkedValue<string>(scope, "storage", type, storage) : type,
  };
}

/** The bounds of Aurora Serverless v2; undefined without. */
export function serverlessScaling(scope: Construct, inputs: Inputs<DatastoreInputs>, options: DatastoreOptions) {
  if (options.serverlessCapacity === undefined) return undefined;
  const { min, max, secondsUntilAutoPause } = options.serverlessCapacity;
  const { dbEngine, dbEngineVersion: version } = inputs;
  const engine = checkedValue(scope, "serverless_engine", dbEngine, {
    condition: equal(dbEngine, "aurora-postgresql"),
    message: ['serverlessCapacity is given and db_engine is "', dbEngine, '"; it must be aurora-postgresql.'],
  });
  checkedValue(scope, "serverless_version", engine, {
    condition: any(equal(version, null), serverlessVersion.test(version)),
    message: [
      "serverlessCapacity is given and db_engine_version is ",
      jsonencode(version),
      `; it must be ${serverlessVersion.allowed}.`,
    ],
  });
  const isPausing = equal(min, 0);
  return {
    minCapacity: checkedValue(scope, "serverless_pause", min, {
      condition: any(not(isPausing), equal(version, null), pausingVersion.test(version)),
      message: [
        "serverlessCapacity.min is 0 and db_engine_version is ",
        jsonencode(version),
        `; it must be ${pausingVersion.allowed}, or min be 0.5 at least.`,
      ],
    }),
    maxCapacity: checkedValue(scope, "serverless_max", max, {
      condition: atMost(min, max),
      message: ["serverlessCapacity.min, ", min, ", must not be greater than max, ", max, "."],
    }),
    secondsUntilAutoPause:
      secondsUntilAutoPause === undefined
        ? undefined
        : checkedValue(scope, "serverless_auto_pause", secondsUntilAutoPause, {
            condition: isPausing,
            message: [
              "serverlessCapacity.secondsUntilAutoPause is given and min is ",
              min,
              "; it must be left out, or min be 0: a database with a minimum does not pause.",
            ],
          }),
  };
}
