import { bucketName } from "../../lib/aws/s3";
import { logRetention } from "../../lib/aws/logs";
import { anyFlag, literalFlag, type OptionShapes } from "../../lib/contract/options";
import { emptyOr } from "../../lib/contract/rules";
import { sslMode } from "../../lib/aws/postgresql";
import type { MetadataServiceOptions } from "./options";

/** What the options of the metadata service must be. */
export const metadataServiceOptions: OptionShapes<MetadataServiceOptions> = {
  databaseSslMode: { type: "string", rule: sslMode },
  databasePasswordSecret: { type: "string" },
  leastPrivilege: literalFlag,
  migrationSource: { type: "string" },
  migrateAutomatically: anyFlag,
  waitForSteadyState: literalFlag,
  serviceDependsOn: "anything",
  redeployApi: literalFlag,
  deadLetterQueue: literalFlag,
  validateRequests: literalFlag,
  tracing: literalFlag,
  logs: {
    fields: {
      retentionDays: { type: "number", rule: logRetention },
      kmsKeyArn: { type: "string", optional: true },
    },
  },
  apiLogs: { fields: { enabled: anyFlag, dependsOn: "anything" } },
  deletionProtection: anyFlag,
  crossZone: literalFlag,
  loadBalancerAccessLog: {
    fields: { enabled: anyFlag, bucket: { type: "string", rule: emptyOr(bucketName) }, prefix: { type: "string" } },
  },
  restrictEgress: literalFlag,
};
