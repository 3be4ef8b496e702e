import { literalFlag, type OptionShapes } from "../../lib/options";
import { oneOf } from "../../lib/rules";
import type { MetaflowOptions } from "./options";

/** What the options of a deployment must be. */
export const metaflowOptions: OptionShapes<MetaflowOptions> = {
  copyTagsToSnapshots: literalFlag,
  crossZone: literalFlag,
  databasePassword: { type: "string", literal: true, rule: oneOf("secret", "write-only", "environment") },
  deadLetterQueue: literalFlag,
  encryptLogs: literalFlag,
  iamAuthentication: literalFlag,
  leastPrivilege: literalFlag,
  redeployApi: literalFlag,
  requireTls: literalFlag,
  restrictEgress: literalFlag,
  tracing: literalFlag,
  validateRequests: literalFlag,
  waitForSteadyState: literalFlag,
};
