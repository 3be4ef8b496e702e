import type { DatastoreOptions } from "../datastore/options";
import type { MetadataServiceOptions } from "../metadata-service/options";

/**
 * How the database's password reaches the service.
 *
 * - `secret`: through a secret of Secrets Manager; Terraform generates the password, and so its state holds it.
 * - `write-only`: likewise, but Secrets Manager generates it, and neither the state nor a plan ever holds it. Needs
 *   Terraform 1.11 or newer.
 * - `environment`: in clear text in the task definition, as the Terraform modules have it.
 */
export type DatabasePasswordMode = "secret" | "write-only" | "environment";

/** What a deployment does beyond its inputs; all of it is on, and false turns a thing off. */
export interface MetaflowOptions extends Pick<
  DatastoreOptions & MetadataServiceOptions,
  | "copyTagsToSnapshots"
  | "crossZone"
  | "deadLetterQueue"
  | "iamAuthentication"
  | "leastPrivilege"
  | "redeployApi"
  | "requireTls"
  | "tracing"
  | "validateRequests"
  | "waitForSteadyState"
> {
  /**
   * How the database's password reaches the service.
   *
   * @default "secret"
   */
  readonly databasePassword?: DatabasePasswordMode;

  /**
   * Whether a KMS key of the deployment's own encrypts its logs.
   *
   * @default true
   */
  readonly encryptLogs?: boolean;

  /**
   * Whether the security groups let out what the service needs rather than everything.
   *
   * @default true
   */
  readonly restrictEgress?: boolean;
}

/** Options with their defaults, also where one is given as undefined. */
export function withDefaults(options: MetaflowOptions): Required<MetaflowOptions> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

const DEFAULTS: Required<MetaflowOptions> = {
  copyTagsToSnapshots: true,
  crossZone: true,
  databasePassword: "secret",
  deadLetterQueue: true,
  encryptLogs: true,
  iamAuthentication: true,
  leastPrivilege: true,
  redeployApi: true,
  requireTls: true,
  restrictEgress: true,
  tracing: true,
  validateRequests: true,
  waitForSteadyState: true,
};
