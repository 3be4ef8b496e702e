// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable, ITerraformDependable } from "cdktf";

/** The inputs of the module, which are the variables of the published module. */
export interface MetadataServiceInputs {
  /**
   * The addresses that may call the REST API, such as those of a VPN; empty for no restriction.
   *
   * Must be a list, each item an IPv4 or IPv6 address or CIDR block, such as 198.51.100.0/24.
   */
  readonly accessListCidrBlocks: string[];

  /**
   * Whether callers of the REST API must send an API key.
   *
   * @default true
   */
  readonly apiBasicAuth?: boolean | IResolvable;

  /**
   * The name of the database.
   *
   * @default "metaflow"
   */
  readonly databaseName?: string;

  /** The password of the database's user. */
  readonly databasePassword: string;

  /** The database's user. */
  readonly databaseUsername: string;

  /**
   * The ARN of the KMS key that encrypts the datastore's bucket.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   */
  readonly datastoreS3BucketKmsKeyArn: string;

  /**
   * The Lambda runtime of the database migration, python3.7 or newer.
   *
   * Must be a Python runtime of Lambda, such as python3.13.
   *
   * @default "python3.7"
   */
  readonly dbMigrateLambdaRuntime?: string;

  /**
   * The path to which Terraform writes the migration's zip file; null for db_migrate_lambda.zip in the module's folder.
   *
   * @default null
   */
  readonly dbMigrateLambdaZipFile?: string;

  /**
   * Settings of the ECS cluster by name, such as containerInsights.
   *
   * Must be a map that is empty or has the key containerInsights, with enabled, enhanced or disabled.
   *
   * @default {}
   */
  readonly ecsClusterSettings?: Record<string, string>;

  /**
   * The ARN of the role with which ECS pulls the image and writes the log.
   *
   * Must be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/ecs-execution.
   */
  readonly fargateExecutionRoleArn: string;

  /**
   * The AWS partition: aws, aws-us-gov for GovCloud, aws-cn for China.
   *
   * Must be one of aws, aws-us-gov, aws-cn, aws-eusc, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f.
   *
   * @default "aws"
   */
  readonly iamPartition?: string;

  /**
   * Has no effect: iamPartition decides. It exists for callers that set it.
   *
   * @default false
   */
  readonly isGov?: boolean | IResolvable;

  /**
   * A prefix for the load balancer's name, which is then `<prefix>-nlb`, without resourcePrefix and resourceSuffix.
   *
   * @default ""
   */
  readonly loadBalancerNamePrefix?: string;

  /**
   * The metadata service's container image; empty for the default of the module common.
   *
   * Must be up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit, or empty.
   *
   * @default ""
   */
  readonly metadataServiceContainerImage?: string;

  /**
   * The task's CPU units, 1024 being one vCPU.
   *
   * @default 512
   */
  readonly metadataServiceCpu?: number;

  /**
   * The task's memory in MiB.
   *
   * @default 1024
   */
  readonly metadataServiceMemory?: number;

  /**
   * The id of the VPC that the service runs in.
   *
   * Must be the id of a VPC, such as vpc-0a1b2c3d4e5f60718.
   */
  readonly metaflowVpcId: string;

  /** The database's endpoint, address:port or the address alone. */
  readonly rdsMasterInstanceEndpoint: string;

  /** What the names of the resources begin with. */
  readonly resourcePrefix: string;

  /** What the names of the resources end with. */
  readonly resourceSuffix: string;

  /**
   * The ARN of the datastore's bucket.
   *
   * Must be the ARN of a bucket, such as arn:aws:s3:::acme-metaflow.
   */
  readonly s3BucketArn: string;

  /**
   * Tags of every resource that takes tags.
   *
   * Must be a map of tags: 50 at most (with Name and Metaflow), with keys of 1 to 128 and values of up to 256 letters,
   * digits, spaces and _.:/=+-@ that do not begin with aws:, without two keys that are equal but for their case.
   */
  readonly standardTags: Record<string, string>;

  /**
   * The id of the service's first subnet.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718.
   */
  readonly subnet1Id: string;

  /**
   * The id of the service's second subnet, in another availability zone.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718.
   */
  readonly subnet2Id: string;

  /**
   * The networks that may reach the service, usually those of the VPC. They must include the load balancer's addresses
   * in the two subnets.
   *
   * Must be a list, each item an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16,
   * none of them twice.
   */
  readonly vpcCidrBlocks: string[];

  /**
   * Whether the service's task has a public address, which it needs in a subnet without a NAT gateway.
   *
   * @default false
   */
  readonly withPublicIp?: boolean | IResolvable;
}

/** The outputs of the module. */
export interface MetadataServiceOutputs {
  /** The URL of the metadata service within the VPC. */
  readonly METAFLOW_SERVICE_INTERNAL_URL: string;

  /** The URL of the metadata service's REST API. */
  readonly METAFLOW_SERVICE_URL: string;

  /** The id of the REST API. */
  readonly apiGatewayRestApiId: string;

  /** The id of the API key, whose value is METAFLOW_SERVICE_AUTH_KEY; empty where apiBasicAuth is false. */
  readonly apiGatewayRestApiIdKeyId: string;

  /** The id of the metadata service's security group. */
  readonly metadataServiceSecurityGroupId: string;

  /** The ARN of the metadata service's task role. */
  readonly metadataSvcEcsTaskRoleArn: string;

  /** The ARN of the Lambda function that migrates the database's schema. */
  readonly migrationFunctionArn: string;

  /** The DNS name of the metadata service's load balancer. */
  readonly networkLoadBalancerDnsName: string;
}

/** The migration function's code in a file that exists before a plan. */
export interface MigrationArchive {
  /** The path of the file when Terraform applies. */
  readonly path: string;

  /** The SHA-256 of its content in Base64. */
  readonly sha256: string;
}

/** The limits of the API key. */
export interface UsageLimits {
  /**
   * Requests per second on average; 0 for no limit.
   *
   * Must be a whole number from 0 to 2147483647.
   */
  readonly requestsPerSecond: number;

  /**
   * Requests at one time; used only with `requestsPerSecond`.
   *
   * Must be a whole number from 0 to 2147483647.
   */
  readonly burst: number;

  /**
   * Requests per day; 0 for no limit.
   *
   * Must be a whole number from 0 to 2147483647.
   */
  readonly requestsPerDay: number;
}

/** How the service's logs are kept. */
export interface ServiceLogs {
  /**
   * How many days they are kept, a number that CloudWatch Logs supports; 0 if they never expire.
   *
   * Must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
   * 3288, 3653.
   */
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
  readonly enabled: boolean | IResolvable;

  /**
   * What must exist before: the region needs API Gateway's role for CloudWatch Logs (`aws_api_gateway_account`).
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

/** Where the log of the load balancer's TLS connections goes. */
export interface LoadBalancerAccessLog {
  /** Whether there is one. */
  readonly enabled: boolean | IResolvable;

  /**
   * The name of the bucket that receives the log. Its policy allows delivery.logs.amazonaws.com to write.
   *
   * Must be 3 to 63 lowercase letters, digits, hyphens and dots, beginning and ending with a letter or digit, without
   * two dots in a row, the format of an IP address, or a prefix or suffix that S3 reserves, or empty.
   */
  readonly bucket: string;

  /** The prefix of its objects' names. */
  readonly prefix: string;
}

/** How many tasks of the service run, by their load (Application Auto Scaling). */
export interface TaskScaling {
  /**
   * The fewest tasks.
   *
   * Must be a whole number from 1 to 5000.
   */
  readonly min: number;

  /**
   * The most tasks.
   *
   * Must be a whole number from 1 to 5000.
   */
  readonly max: number;

  /**
   * The average use of their CPU, in percent, that the number of tasks follows.
   *
   * Must be a whole number from 10 to 100.
   *
   * @default 60
   */
  readonly cpuPercent?: number;
}

/**
 * Who reaches the REST API, and whether there is one.
 *
 * - `public`: everybody who has the API key or one of the addresses that may call.
 * - `private`: who reaches one of `restApiVpcEndpointIds`, the VPC endpoints of API Gateway (execute-api).
 * - `none`: there is no REST API: callers reach the load balancer, from its VPC and networks with a route to it,
 * without a key.
 */
export type RestApi = "public" | "private" | "none";

/** What the construct does beyond the inputs of the Terraform module. */
export interface MetadataServiceOptions {
  /**
   * libpq's sslmode for the connection to the database, such as `require`; metadata service images from v2.4.6 on.
   *
   * Must be one of disable, allow, prefer, require, verify-ca, verify-full.
   *
   * @default - the image's own, which does not use TLS
   */
  readonly databaseSslMode?: string;

  /**
   * The secret that holds the database's password: the ARN of a secret of Secrets Manager, optionally followed by
   * `:json-key:version-stage:version-id`. The execution role must be able to read it.
   *
   * Source: "Pass Secrets Manager secrets through Amazon ECS environment variables" in the Amazon ECS Developer Guide.
   *
   * @default - `databasePassword` is in the task definition
   */
  readonly databasePasswordSecret?: string;

  /**
   * Whether the roles allow only what the service and the migration function need, which is less than in the Terraform
   * module; docs/least-privilege.md lists the differences.
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
   * A zip file with the function's code, so that another machine can apply a saved plan. Otherwise each plan makes the
   * file.
   *
   * @default - a plan makes the file of `migrationSource`
   */
  readonly migrationArchive?: MigrationArchive;

  /**
   * Whether an apply runs the function: once for each image, after the service's tasks of that image have started. A
   * failed migration fails the apply, with the function's message.
   *
   * @default false
   */
  readonly migrateAutomatically?: boolean | IResolvable;

  /**
   * Whether an apply waits until the service's new tasks run. ECS rolls back a deployment whose tasks do not start.
   *
   * @default false
   */
  readonly waitForSteadyState?: boolean;

  /**
   * What must exist before the service's first task starts, such as the policies of the execution role.
   *
   * @default - nothing beyond what the service refers to
   */
  readonly serviceDependsOn?: ITerraformDependable[];

  /**
   * Whether anybody may call the REST API when `apiBasicAuth` is false and `accessListCidrBlocks` is empty; if this is
   * false, a plan of such an API fails.
   *
   * @default true
   */
  readonly openApi?: boolean | IResolvable;

  /**
   * Whether the REST API has a regional endpoint in every partition, rather than an edge-optimized one in `aws`. An
   * existing API keeps its endpoint.
   *
   * @default false
   */
  readonly regionalApi?: boolean;

  /**
   * Environment variables of the service in addition to the module's own, such as MF_METADATA_DB_TIMEOUT (seconds),
   * MF_METADATA_DB_POOL_MAX or MF_METADATA_DB_SSL_ROOT_CERT_PATH.
   *
   * Must be a map of environment variables, none of them MF_METADATA_DB_HOST or MF_METADATA_DB_NAME or
   * MF_METADATA_DB_PORT or MF_METADATA_DB_PSWD or MF_METADATA_DB_SSL_MODE or MF_METADATA_DB_USER.
   *
   * Source: "Environment variables" in the README of Netflix/metaflow-service.
   *
   * @default - the module's own alone
   */
  readonly serviceEnvironment?: Record<string, string>;

  /**
   * Environment variables of the service whose values are secrets, each with the secret's ARN. The execution role must
   * be able to read them.
   *
   * Must be a map of environment variables, none of them MF_METADATA_DB_HOST or MF_METADATA_DB_NAME or
   * MF_METADATA_DB_PORT or MF_METADATA_DB_PSWD or MF_METADATA_DB_SSL_MODE or MF_METADATA_DB_USER, each with the ARN of
   * a secret of Secrets Manager or of a parameter of Systems Manager.
   *
   * @default - none but the database's password, where that is a secret
   */
  readonly serviceSecrets?: Record<string, string>;

  /**
   * Whether former task definitions stay registered, also after a destroy, so that ECS can roll back to them. Without
   * this option, Terraform deregisters a definition before the service leaves it. ECS charges nothing for them.
   *
   * @default false
   */
  readonly keepTaskDefinitions?: boolean;

  /**
   * Whether the task definition takes its region from its log group, which a plan knows once the group exists. Without
   * this option, a plan that reads the provider's region late (`depends_on` of a module call) replaces the definition.
   *
   * @default false
   */
  readonly regionOfLogGroup?: boolean;

  /**
   * Limits of the API key's usage plan.
   *
   * Source: "Throttle requests to your REST APIs for better throughput" in the Amazon API Gateway Developer Guide.
   *
   * @default - the account's own limits
   */
  readonly usageLimits?: UsageLimits;

  /**
   * Whether the load balancer and the migration function have their own security groups: the load balancer then admits
   * `vpcCidrBlocks`, its migration port only the function, and the service's tasks only the load balancer. AWS sets a
   * load balancer's security groups only when it creates it: an existing load balancer without one stays without, and
   * its tasks admit `vpcCidrBlocks`.
   *
   * Source: "Update the security groups for your Network Load Balancer" in the user guide for Network Load Balancers.
   *
   * @default false
   */
  readonly ownSecurityGroups?: boolean;

  /**
   * With `ownSecurityGroups`: whether this deployment makes its load balancer, which has a security group then. The
   * service's security group, and a database that admits it, are made beside the load balancer then; otherwise they
   * wait until Terraform knows whether the load balancer has one. The first apply records the answer. A plan fails
   * where the load balancer has none.
   *
   * @default false
   */
  readonly newLoadBalancer?: boolean;

  /**
   * Whether the load balancer's name ends with five digits of its own, so that Terraform can create its replacement
   * first, for example when the subnets change. An existing load balancer keeps its name.
   *
   * @default false
   */
  readonly renewLoadBalancerName?: boolean;

  /**
   * Whether a change to the REST API is deployed; the new deployment replaces the old one without a gap.
   *
   * @default false
   */
  readonly redeployApi?: boolean;

  /**
   * Whether failed asynchronous invocations of the migration function are kept in a dead-letter queue.
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
   * Whether X-Ray traces requests to the REST API, and invocations of the migration function whose caller traces.
   *
   * @default false
   */
  readonly tracing?: boolean;

  /**
   * How the logs of the service and of the migration function are kept, each in a log group of the deployment.
   *
   * @default - they never expire, and Lambda makes the function's log group
   */
  readonly logs?: ServiceLogs;

  /**
   * The log of the REST API's requests and errors, kept as `logs` says.
   *
   * @default - none
   */
  readonly apiLogs?: ApiLogs;

  /**
   * Whether AWS refuses to delete the load balancer.
   *
   * @default false
   */
  readonly deletionProtection?: boolean | IResolvable;

  /**
   * Whether the load balancer's address in each zone reaches the service's tasks in both (cross-zone load balancing).
   *
   * @default false
   */
  readonly crossZone?: boolean;

  /**
   * A log of the load balancer's TLS connections; AWS writes none for its TCP listeners.
   *
   * Source: "Access logs for your Network Load Balancer" in the user guide for Network Load Balancers.
   *
   * @default - none
   */
  readonly loadBalancerAccessLog?: LoadBalancerAccessLog;

  /**
   * Whether the service and the migration function may connect only by HTTPS (the image's registry, AWS), to the
   * database and to each other.
   *
   * @default false
   */
  readonly restrictEgress?: boolean;

  /**
   * The port of the database.
   *
   * Must be a whole number from 1 to 65535.
   *
   * @default 5432
   */
  readonly databasePort?: number;

  /**
   * The ARN of the permissions boundary of the construct's roles.
   *
   * Must be the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * The path of the construct's roles and instance profiles. A change of it replaces them.
   *
   * Must be a path that begins and ends with a slash, such as /platform/metaflow/.
   *
   * @default - /
   */
  readonly rolePath?: string;

  /**
   * How many tasks of the service run.
   *
   * Must be a whole number from 1 to 5000.
   *
   * @default - 1, which ECS keeps where somebody changes it elsewhere
   */
  readonly desiredTasks?: number;

  /**
   * Has the number of tasks follow their load, between two bounds; `desiredTasks` is left out then.
   *
   * Source: "Target tracking scaling policies for Application Auto Scaling" in the Application Auto Scaling User Guide.
   *
   * @default - their number stays
   */
  readonly taskScaling?: TaskScaling;

  /**
   * The subnets of the service's tasks and of the migration function, two at least.
   *
   * Must be a list of the ids of two subnets at least, none of them twice.
   *
   * @default - `subnet1Id` and `subnet2Id`
   */
  readonly taskSubnetIds?: string[];

  /**
   * The subnets of the load balancer, two at least, each in a zone of its own. Its zones should be those of the tasks.
   *
   * Must be a list of the ids of two subnets at least, none of them twice.
   *
   * @default - `subnet1Id` and `subnet2Id`
   */
  readonly loadBalancerSubnetIds?: string[];

  /**
   * Who reaches the REST API, and whether there is one.
   *
   * @default - public
   */
  readonly restApi?: RestApi;

  /**
   * The VPC endpoints of API Gateway (execute-api) through which a private REST API is called; METAFLOW_SERVICE_URL has
   * the name of the first.
   *
   * Must be a list, each item the id of a VPC endpoint, such as vpce-0a1b2c3d4e5f60718, with one item at least, none of
   * them twice.
   *
   * Source: "Private REST APIs in API Gateway" in the Amazon API Gateway Developer Guide.
   *
   * @default - none
   */
  readonly restApiVpcEndpointIds?: string[];
}
