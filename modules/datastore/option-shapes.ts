import { roleArn } from "../../lib/aws/identifiers";
import { bucketName, logRetention } from "../../lib/aws/names";
import { anyFlag, literalFlag, type OptionShapes } from "../../lib/contract/options";
import {
  backupRetention,
  emptyOr,
  monitoringInterval,
  noncurrentDays,
  passwordVersion,
} from "../../lib/contract/rules";
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
