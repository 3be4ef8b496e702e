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
export interface MetaflowOptions {
  /**
   * Whether snapshots of the database have its tags.
   *
   * @default true
   */
  readonly copyTagsToSnapshots?: boolean;

  /**
   * Whether the load balancer's address in either zone leads to the service's task, wherever that runs.
   *
   * @default true
   */
  readonly crossZone?: boolean;

  /**
   * How the database's password reaches the service.
   *
   * @default "secret"
   */
  readonly databasePasswordMode?: DatabasePasswordMode;

  /**
   * Whether an asynchronous invocation of the migration function that failed is kept, in a queue.
   *
   * @default true
   */
  readonly deadLetterQueue?: boolean;

  /**
   * Whether a KMS key of the deployment's own encrypts its logs.
   *
   * @default true
   */
  readonly encryptLogs?: boolean;

  /**
   * Whether IAM users and roles can be database users.
   *
   * @default true
   */
  readonly iamAuthentication?: boolean;

  /**
   * Whether the roles may do only what the service and the migration function need (docs/least-privilege.md).
   *
   * @default true
   */
  readonly leastPrivilege?: boolean;

  /**
   * Whether a change to the REST API is deployed: the new deployment takes the old one's place without a gap.
   *
   * @default true
   */
  readonly redeployApi?: boolean;

  /**
   * Whether the bucket refuses requests without TLS.
   *
   * @default true
   */
  readonly requireTls?: boolean;

  /**
   * Whether the security groups let out what the service needs rather than everything.
   *
   * @default true
   */
  readonly restrictEgress?: boolean;

  /**
   * Whether requests to the REST API are traced with X-Ray, and the migration function's where its caller traces.
   *
   * @default true
   */
  readonly tracing?: boolean;

  /**
   * Whether the REST API refuses requests without the parameters that its methods need.
   *
   * @default true
   */
  readonly validateRequests?: boolean;

  /**
   * Whether an apply waits until the service's new tasks are up, and a deployment whose tasks do not start is rolled back.
   *
   * @default true
   */
  readonly waitForSteadyState?: boolean;
}

/** Options with their defaults, also where one is given as undefined. */
export function withDefaults(options: MetaflowOptions): Required<MetaflowOptions> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

const DEFAULTS: Required<MetaflowOptions> = {
  copyTagsToSnapshots: true,
  crossZone: true,
  databasePasswordMode: "secret",
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
