import { roleArn } from "../../lib/aws/iam";
import { bucketName, noncurrentDays } from "../../lib/aws/s3";
import { logRetention } from "../../lib/aws/logs";
import { anyFlag, literalFlag, type OptionShapes } from "../../lib/contract/options";
import { backupRetention, monitoringInterval, passwordVersion } from "../../lib/aws/rds";
import { emptyOr } from "../../lib/contract/rules";
import type { DatastoreOptions } from "./options";

/** What the options of the datastore must be. */
export const datastoreOptions: OptionShapes<DatastoreOptions> = {
  allowMajorVersionUpgrade: anyFlag,
  backupRetentionDays: { type: "number", rule: backupRetention },
  deletionProtection: anyFlag,
  copyTagsToSnapshots: literalFlag,
  iamAuthentication: literalFlag,
  performanceInsights: anyFlag,
  enhancedMonitoring: {
    fields: {
      intervalSeconds: { type: "number", rule: monitoringInterval },
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
    fields: { enabled: anyFlag, noncurrentVersionDays: { type: "number", rule: noncurrentDays } },
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
      version: { type: "number", rule: passwordVersion },
    },
  },
  passwordVersion: { type: "number", rule: passwordVersion },
};
