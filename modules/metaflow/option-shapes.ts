import { literalFlag, type OptionShapes } from "../../lib/contract/options";
import { oneOf } from "../../lib/contract/rules";
import type { MetaflowOptions } from "./options";

/** What the options of a deployment must be. */
export const metaflowOptions: OptionShapes<MetaflowOptions> = {
  copyTagsToSnapshots: literalFlag,
  crossZone: literalFlag,
  databasePasswordMode: { type: "string", literal: true, rule: oneOf("secret", "write-only", "environment") },
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
