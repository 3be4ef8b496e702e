import type { ITerraformDependable } from "cdktf";
import type { Flag } from "../../lib/contract/inputs";

/** How the service's logs are kept. */
export interface ServiceLogs {
  /** How long they are kept, in days, one of the numbers that CloudWatch Logs has; 0 for ever. */
  readonly retentionDays: number;
  /**
   * The ARN of the KMS key that encrypts them.
   *
   * @default - CloudWatch Logs' own encryption
   */
  readonly kmsKeyArn?: string;
}

/** The log of the REST API. */
export interface ApiLogs {
  /** Whether there is one. */
  readonly enabled: Flag;
  /**
   * What has to exist before: the region needs API Gateway's role for CloudWatch Logs (`aws_api_gateway_account`).
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

/** Where the log of the load balancer's TLS connections goes. */
export interface LoadBalancerAccessLog {
  /** Whether there is one. */
  readonly enabled: Flag;
  /** The name of the bucket that takes it, whose policy admits delivery.logs.amazonaws.com. */
  readonly bucket: string;
  /** What the names of its objects begin with. */
  readonly prefix: string;
}

/** What the construct can do beyond the Terraform module's inputs; nothing changes unless an option is set. */
export interface MetadataServiceOptions {
  /**
   * libpq's sslmode for the connection to the database, such as `require`; metadata service images from v2.4.6 on.
   *
   * @default - the image's own, which does not use TLS
   */
  readonly databaseSslMode?: string;

  /**
   * The secret that holds the database's password, as ECS takes it: the ARN of a secret of Secrets Manager, which may
   * be followed by `:json-key:version-stage:version-id`. The execution role has to be allowed to read it.
   * Source: "Pass Secrets Manager secrets through Amazon ECS environment variables" in the Amazon ECS Developer Guide.
   *
   * @default - `databasePassword` stands in the task definition
   */
  readonly databasePasswordSecret?: string;

  /**
   * Whether the roles may do only what the service and the migration function need, which is less than the policies of
   * the Terraform module say; the documentation lists the differences (docs/least-privilege.md).
   *
   * @default false
   */
  readonly leastPrivilege?: boolean;

  /**
   * The source of the migration function, a Python module with a `handler`.
   *
   * @default - the project's own, `lambda/db_migrate/index.py`
   */
  readonly migrationSource?: string;

  /**
   * Whether the function migrates the database's schema by itself: once for every image, after the service's tasks of
   * that image are up. A failed migration fails the apply, with the function's message.
   *
   * @default false
   */
  readonly migrateAutomatically?: Flag;

  /**
   * Whether an apply waits until the service's new tasks are up, and a deployment whose tasks do not start is rolled
   * back.
   *
   * @default false
   */
  readonly waitForSteadyState?: boolean;

  /**
   * What has to exist before the service's first task starts, such as the policies of the execution role.
   *
   * @default - nothing beyond what the service refers to
   */
  readonly serviceDependsOn?: ITerraformDependable[];

  /**
   * Whether a change to the REST API is deployed: the new deployment takes the old one's place without a gap.
   *
   * @default false
   */
  readonly redeployApi?: boolean;

  /**
   * Whether an asynchronous invocation of the migration function that failed is kept, in a queue.
   *
   * @default false
   */
  readonly deadLetterQueue?: boolean;

  /**
   * Whether the REST API refuses requests without the parameters that its methods need.
   *
   * @default false
   */
  readonly validateRequests?: boolean;

  /**
   * Whether requests to the REST API are traced with X-Ray, and the migration function's where its caller traces.
   *
   * @default false
   */
  readonly tracing?: boolean;

  /**
   * How the logs of the service and of the migration function are kept, each in a log group of the deployment's.
   *
   * @default - for ever; the function's in a log group that Lambda makes
   */
  readonly logs?: ServiceLogs;

  /**
   * The log of the REST API's requests and errors, kept as `logs` has it.
   *
   * @default - none
   */
  readonly apiLogs?: ApiLogs;

  /**
   * Whether AWS refuses to delete the load balancer.
   *
   * @default false
   */
  readonly deletionProtection?: Flag;

  /**
   * Whether the load balancer's address in either zone leads to the service's task, wherever that runs.
   *
   * @default false
   */
  readonly crossZone?: boolean;

  /**
   * A log of the load balancer's TLS connections; AWS writes none for its TCP listeners.
   * Source: "Access logs for your Network Load Balancer" in the user guide for Network Load Balancers.
   *
   * @default - none
   */
  readonly loadBalancerAccessLog?: LoadBalancerAccessLog;

  /**
   * Whether the service and the migration function may connect only to HTTPS (the image's registry, AWS), to the
   * database and to each other, rather than to everything.
   *
   * @default false
   */
  readonly restrictEgress?: boolean;
}
