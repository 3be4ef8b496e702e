import { roleArn } from "../../lib/identifiers";
import { bucketName, logRetention } from "../../lib/names";
import { anyFlag, literalFlag, type OptionShapes } from "../../lib/options";
import { emptyOr, oneOfNumbers, wholeNumber } from "../../lib/rules";
import type { DatastoreOptions } from "./options";

/** What the options of the datastore must be. */
export const datastoreOptions: OptionShapes<DatastoreOptions> = {
  allowMajorVersionUpgrade: anyFlag,
  backupRetentionDays: { type: "number", rule: wholeNumber(0, 35) },
  deletionProtection: anyFlag,
  copyTagsToSnapshots: literalFlag,
  iamAuthentication: literalFlag,
  performanceInsights: anyFlag,
  enhancedMonitoring: {
    fields: {
      intervalSeconds: { type: "number", rule: oneOfNumbers(0, 1, 5, 10, 15, 30, 60) },
      roleArn: { type: "string", rule: roleArn },
    },
  },
  databaseLogs: {
    fields: {
      retentionDays: { type: "number", rule: logRetention },
      kmsKeyArn: { type: "string", optional: true },
    },
  },
  keyRotation: anyFlag,
  keyPolicy: { type: "string" },
  versioning: {
    fields: { enabled: anyFlag, noncurrentVersionDays: { type: "number", rule: wholeNumber(1, 36500) } },
  },
  accessLog: {
    fields: { enabled: anyFlag, bucket: { type: "string", rule: emptyOr(bucketName) }, prefix: { type: "string" } },
  },
  bucketEvents: anyFlag,
  requireTls: literalFlag,
  restrictEgress: literalFlag,
  writeOnlyPassword: {
    fields: {
      value: { type: "string", sensitive: true },
      version: { type: "number", rule: wholeNumber(1, 1_000_000_000) },
    },
  },
  passwordVersion: { type: "number", rule: wholeNumber(1, 1_000_000_000) },
};
