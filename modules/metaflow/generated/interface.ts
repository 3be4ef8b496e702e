// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable } from "cdktf";
import type { DatabaseStorage, ExistingDatabase, ServerlessCapacity } from "../../datastore/generated/interface";
import type { RestApi, TaskScaling } from "../../metadata-service/generated/interface";

/** The inputs of the module, which are the variables of the published module. */
export interface MetaflowInputs {
  /**
   * The addresses that may call the REST API, such as those of a VPN; empty for no restriction.
   *
   * Must be a list, each item an IPv4 or IPv6 address or CIDR block, such as 198.51.100.0/24.
   *
   * @default []
   */
  readonly accessListCidrBlocks?: string[];

  /**
   * The name of the bucket that receives the access logs of the datastore's bucket and of the load balancer; its policy
   * must allow the log delivery of S3 and Elastic Load Balancing. Empty for no access logs.
   *
   * Must be 3 to 63 lowercase letters, digits, hyphens and dots, beginning and ending with a letter or digit, without
   * two dots in a row, the format of an IP address, or a prefix or suffix that S3 reserves, or empty.
   *
   * @default ""
   */
  readonly accessLogBucket?: string;

  /**
   * Whether a change of dbEngineVersion to another major version upgrades the database.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean | IResolvable;

  /**
   * Whether the REST API's requests and errors are logged.
   *
   * @default true
   */
  readonly apiAccessLogs?: boolean | IResolvable;

  /**
   * Whether callers of the REST API must send an API key.
   *
   * @default true
   */
  readonly apiBasicAuth?: boolean | IResolvable;

  /**
   * How many requests may be made with the API key at one time, if apiRequestsPerSecond is set; 0 for no such limit.
   *
   * Must be a whole number from 0 to 2147483647.
   *
   * @default 0
   */
  readonly apiBurst?: number;

  /**
   * Whether the deployment sets the role with which API Gateway writes logs. An account has one in each region: false
   * if it exists already.
   *
   * @default true
   */
  readonly apiGatewayAccountRole?: boolean | IResolvable;

  /**
   * How many requests may be made with the API key in a day; 0 for no limit.
   *
   * Must be a whole number from 0 to 2147483647.
   *
   * @default 0
   */
  readonly apiRequestsPerDay?: number;

  /**
   * How many requests may be made with the API key in a second, on average; 0 for the account's own limit.
   *
   * Must be a whole number from 0 to 2147483647.
   *
   * @default 0
   */
  readonly apiRequestsPerSecond?: number;

  /**
   * Whether changes to the database take effect at once rather than in its next maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean | IResolvable;

  /**
   * Whether RDS upgrades the database to newer minor versions in its maintenance windows; false if dbEngineVersion
   * names them.
   *
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean | IResolvable;

  /**
   * How many days automated backups of the database are kept; 0 for none (with Aurora, 1 day).
   *
   * Must be a whole number from 0 to 35.
   *
   * @default 14
   */
  readonly backupRetentionDays?: number;

  /**
   * Whether changes of the bucket's objects are sent to EventBridge, for rules that act on them.
   *
   * @default true
   */
  readonly bucketEvents?: boolean | IResolvable;

  /**
   * Whether the bucket uses an S3 Bucket Key, which lowers the number (and cost) of KMS requests.
   *
   * @default true
   */
  readonly bucketKeyEnabled?: boolean | IResolvable;

  /**
   * Whether the bucket keeps deleted and overwritten objects for noncurrentVersionDays days.
   *
   * @default true
   */
  readonly bucketVersioning?: boolean | IResolvable;

  /**
   * The certificate authority of the database instance, such as rds-ca-rsa2048-g1; empty for the default of RDS.
   *
   * Must be a certificate authority of RDS, such as rds-ca-rsa2048-g1, or empty.
   *
   * @default ""
   */
  readonly caCertIdentifier?: string;

  /**
   * The addresses that jobs may reach; empty for a security group without an outbound rule.
   *
   * Must be a list, each item an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16.
   *
   * @default ["0.0.0.0/0"]
   */
  readonly computeEnvironmentEgressCidrBlocks?: string[];

  /**
   * The EC2 instance types of the job queue's environment: types (m5.large), families (m5) or optimal, all of x86 or
   * all of Graviton; jobs that ask for GPUs need types that have them.
   *
   * Must be a list, each item an instance type (c5.large), a family of them (c5), optimal, default_x86_64 or
   * default_arm64, all of them of x86 or all of Graviton.
   *
   * @default ["c5","m5","r5"]
   */
  readonly computeEnvironmentInstanceTypes?: string[];

  /**
   * The maximum number of vCPUs of the environment.
   *
   * Must be a whole number from 0 to 1000000.
   *
   * @default 64
   */
  readonly computeEnvironmentMaxVcpus?: number;

  /**
   * The vCPUs that the environment keeps while no job runs, which cost as long as they are there.
   *
   * Must be a whole number from 0 to 1000000.
   *
   * @default 0
   */
  readonly computeEnvironmentMinVcpus?: number;

  /**
   * What the environment's instances are: EC2 for on demand, SPOT for spot, which AWS may take back.
   *
   * Must be one of EC2, SPOT.
   *
   * @default "EC2"
   */
  readonly computeEnvironmentType?: string;

  /**
   * The root volume of an instance in GiB, which its jobs' images and files share.
   *
   * Must be a whole number from 30 to 16384.
   *
   * @default 100
   */
  readonly computeEnvironmentVolumeSize?: number;

  /**
   * Whether the deployment has its own network; null if vpcId decides. Set it if vpcId is known only after an apply.
   *
   * @default null
   */
  readonly createNetwork?: boolean | IResolvable;

  /**
   * The version of the database's password: a new number makes a new password and restarts the service.
   *
   * Must be a whole number from 1 to 1000000000.
   *
   * @default 1
   */
  readonly databasePasswordVersion?: number;

  /**
   * libpq's sslmode for the connection to the database, for metadata service images from v2.4.6 on; verify-ca and
   * verify-full need an image with RDS's certificates.
   *
   * Must be one of disable, allow, prefer, require, verify-ca, verify-full.
   *
   * @default "require"
   */
  readonly databaseSslMode?: string;

  /**
   * The database engine: postgres for an RDS instance, aurora-postgresql (anything that begins with aurora-) for an
   * Aurora cluster with one instance.
   *
   * Must be an engine of RDS: postgres or aurora-postgresql (or mysql, mariadb, aurora-mysql, db2-…, oracle-…,
   * sqlserver-…, custom-…).
   *
   * @default "postgres"
   */
  readonly dbEngine?: string;

  /**
   * The engine's version, such as 17 or 16.6; where dbParameters is set, the parameter group is of its major version.
   *
   * Must be a version of the engine, such as "17" or "16.6", or empty.
   *
   * @default "17"
   */
  readonly dbEngineVersion?: string;

  /**
   * A prefix for the database's identifier, which is then `<prefix>-<dbName>`, without resourcePrefix and
   * resourceSuffix.
   *
   * @default ""
   */
  readonly dbIdentifierPrefix?: string;

  /**
   * Tags of the database instance or cluster, in addition to standardTags.
   *
   * Must be a map of tags: 50 at most (with Name and Metaflow), with keys of 1 to 128 and values of up to 256 letters,
   * digits, spaces and _.:/=+-@ that do not begin with aws: or rds:.
   *
   * @default {}
   */
  readonly dbInstanceTags?: Record<string, string>;

  /**
   * The instance class of the database.
   *
   * Must be an instance class of RDS, such as db.t4g.small, that can encrypt its storage (db.t2.micro, db.m1 and db.m2
   * cannot) and has a size (db.serverless has none).
   *
   * @default "db.t4g.small"
   */
  readonly dbInstanceType?: string;

  /**
   * The Lambda runtime of the database migration, python3.7 or newer.
   *
   * Must be a Python runtime of Lambda, such as python3.13.
   *
   * @default "python3.13"
   */
  readonly dbMigrateLambdaRuntime?: string;

  /**
   * The name of the database that the metadata service uses; it is part of the database's identifier.
   *
   * @default "metaflow"
   */
  readonly dbName?: string;

  /**
   * Parameters of an RDS instance by name, applied at once through a parameter group of its own; an Aurora cluster does
   * not use them.
   *
   * @default {}
   */
  readonly dbParameters?: Record<string, string>;

  /**
   * The database's master user.
   *
   * @default "metaflow"
   */
  readonly dbUsername?: string;

  /**
   * Whether AWS refuses to delete the database and the load balancer; to destroy the deployment, apply false first.
   *
   * @default true
   */
  readonly deletionProtection?: boolean | IResolvable;

  /**
   * Settings of the ECS cluster by name, such as containerInsights.
   *
   * Must be a map that is empty or has the key containerInsights, with enabled, enhanced or disabled.
   *
   * @default {"containerInsights":"enabled"}
   */
  readonly ecsClusterSettings?: Record<string, string>;

  /**
   * Whether there is an ECR repository for the image of jobs (METAFLOW_BATCH_CONTAINER_REGISTRY and
   * METAFLOW_BATCH_CONTAINER_IMAGE), which must then have that image.
   *
   * @default false
   */
  readonly enableCustomBatchContainerRegistry?: boolean | IResolvable;

  /**
   * Whether flows can be deployed to AWS Step Functions: its roles and a table of their state.
   *
   * @default true
   */
  readonly enableStepFunctions?: boolean | IResolvable;

  /**
   * Whether connections in the deployment's own network are logged.
   *
   * @default true
   */
  readonly flowLogs?: boolean | IResolvable;

  /**
   * Whether a destroy deletes a bucket with its objects; if false, a destroy keeps a bucket that has objects.
   *
   * @default false
   */
  readonly forceDestroyS3Bucket?: boolean | IResolvable;

  /**
   * The ARNs of further IAM policies of the role that jobs run with, such as for data that flows read.
   *
   * Must be a list, each item the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary.
   *
   * @default []
   */
  readonly jobRolePolicyArns?: string[];

  /**
   * The ARNs of the secrets of Secrets Manager that flows may read, wildcards included; where a KMS key of yours
   * encrypts one, the key's policy must let the jobs' role decrypt.
   *
   * Must be a list, each item the ARN of a secret of Secrets Manager, such as
   * arn:aws:secretsmanager:us-west-2:123456789012:secret:flows/*.
   *
   * @default []
   */
  readonly jobSecretArns?: string[];

  /**
   * Whether KMS rotates the key material of the keys each year.
   *
   * @default true
   */
  readonly keyRotation?: boolean | IResolvable;

  /**
   * A prefix for the load balancer's name, which is then `<prefix>-nlb`, without resourcePrefix and resourceSuffix.
   *
   * @default ""
   */
  readonly loadBalancerNamePrefix?: string;

  /**
   * How many days CloudWatch Logs keeps logs; 0 if they never expire.
   *
   * Must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
   * 3288, 3653.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * The weekly maintenance window in UTC, such as Mon:00:00-Mon:03:00; empty if RDS chooses it.
   *
   * Must be in the format ddd:hh24:mi-ddd:hh24:mi and 30 minutes long at least, such as Mon:00:00-Mon:03:00, or empty.
   *
   * @default ""
   */
  readonly maintenanceWindow?: string;

  /**
   * The metadata service's container image; empty for the default of the module common.
   *
   * Must be up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit, or empty.
   *
   * @default "netflixoss/metaflow_metadata_service:v2.5.1"
   */
  readonly metadataServiceContainerImage?: string;

  /**
   * The task's CPU units, 1024 being one vCPU.
   *
   * @default 512
   */
  readonly metadataServiceCpu?: number;

  /**
   * Environment variables of the metadata service in addition to the deployment's own, such as MF_METADATA_DB_TIMEOUT
   * (seconds), MF_METADATA_DB_POOL_MAX or MF_METADATA_DB_SSL_ROOT_CERT_PATH.
   *
   * Must be a map of environment variables, none of them MF_METADATA_DB_HOST or MF_METADATA_DB_NAME or
   * MF_METADATA_DB_PORT or MF_METADATA_DB_PSWD or MF_METADATA_DB_SSL_MODE or MF_METADATA_DB_USER.
   *
   * @default {}
   */
  readonly metadataServiceEnvironment?: Record<string, string>;

  /**
   * The task's memory in MiB.
   *
   * @default 1024
   */
  readonly metadataServiceMemory?: number;

  /**
   * Environment variables of the metadata service whose values are secrets, each with the ARN of a secret of Secrets
   * Manager or of a parameter of Systems Manager. If your own KMS key encrypts it, the key's policy must allow the
   * execution role to decrypt.
   *
   * Must be a map of environment variables, none of them MF_METADATA_DB_HOST or MF_METADATA_DB_NAME or
   * MF_METADATA_DB_PORT or MF_METADATA_DB_PSWD or MF_METADATA_DB_SSL_MODE or MF_METADATA_DB_USER, each with the ARN of
   * a secret of Secrets Manager or of a parameter of Systems Manager.
   *
   * @default {}
   */
  readonly metadataServiceSecrets?: Record<string, string>;

  /**
   * Whether a new metadataServiceContainerImage migrates the database's schema in the apply that deploys it.
   *
   * @default true
   */
  readonly migrateAutomatically?: boolean | IResolvable;

  /**
   * Seconds between two measurements of the database's operating system; 0 for none.
   *
   * Must be one of 0, 1, 5, 10, 15, 30, 60.
   *
   * @default 60
   */
  readonly monitoringInterval?: number;

  /**
   * How many days the bucket keeps deleted and overwritten objects, if bucketVersioning is true.
   *
   * Must be a whole number from 1 to 36500.
   *
   * @default 30
   */
  readonly noncurrentVersionDays?: number;

  /**
   * Whether anybody may call the REST API when apiBasicAuth is false and accessListCidrBlocks is empty; if this is
   * false, such an API is refused.
   *
   * @default false
   */
  readonly openApi?: boolean | IResolvable;

  /**
   * Whether RDS records the database's wait events for seven days (Performance Insights).
   *
   * @default true
   */
  readonly performanceInsights?: boolean | IResolvable;

  /**
   * The ARN of the permissions boundary of the deployment's roles; empty for none.
   *
   * Must be the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary, or empty.
   *
   * @default ""
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * What the names of the resources begin with.
   *
   * @default "metaflow-"
   */
  readonly resourcePrefix?: string;

  /**
   * What the names of the resources end with.
   *
   * @default "-prod"
   */
  readonly resourceSuffix?: string;

  /**
   * The name of the bucket; empty for `<resourcePrefix>s3-<account>-<region><resourceSuffix>`.
   *
   * Must be 3 to 63 lowercase letters, digits, hyphens and dots, beginning and ending with a letter or digit, without
   * two dots in a row, the format of an IP address, or a prefix or suffix that S3 reserves, or empty.
   *
   * @default ""
   */
  readonly s3BucketName?: string;

  /**
   * Tags of every resource that takes tags.
   *
   * Must be a map of tags: 50 at most (with Name and Metaflow), with keys of 1 to 128 and values of up to 256 letters,
   * digits, spaces and _.:/=+-@ that do not begin with aws: or rds:, without two keys that are equal but for their
   * case, none of them metaflow-deployment, and one less with it.
   *
   * @default {"application":"metaflow"}
   */
  readonly standardTags?: Record<string, string>;

  /**
   * Whether there is a log group for what executions do (METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN), of flows that are
   * deployed with --log-execution-history.
   *
   * @default true
   */
  readonly stepFunctionsExecutionLogs?: boolean | IResolvable;

  /**
   * The addresses of the first subnet of the deployment's own network.
   *
   * Must be an IPv4 network of /16 to /28 with no bit set behind the prefix, such as 10.20.0.0/16.
   *
   * @default "10.20.0.0/24"
   */
  readonly subnet1Cidr?: string;

  /**
   * The id of the first subnet, where vpcId is given.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718, or empty.
   *
   * @default ""
   */
  readonly subnet1Id?: string;

  /**
   * The addresses of the second subnet of the deployment's own network.
   *
   * Must be an IPv4 network of /16 to /28 with no bit set behind the prefix, such as 10.20.0.0/16.
   *
   * @default "10.20.1.0/24"
   */
  readonly subnet2Cidr?: string;

  /**
   * The id of the second subnet, in another availability zone, where vpcId is given.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718, or empty.
   *
   * @default ""
   */
  readonly subnet2Id?: string;

  /**
   * The ARNs of the principals that may assume the role of a Metaflow user; empty for no such role.
   *
   * Must be a list, each item the ARN of an IAM user, role or account (…:root), or of an STS session, without a
   * wildcard.
   *
   * @default []
   */
  readonly userRolePrincipals?: string[];

  /**
   * The addresses of the deployment's own network.
   *
   * Must be an IPv4 network of /16 to /28 with no bit set behind the prefix, such as 10.20.0.0/16.
   *
   * @default "10.20.0.0/16"
   */
  readonly vpcCidr?: string;

  /**
   * The networks that may reach the service's task, in addition to the deployment's own network. In your VPC they must
   * include the load balancer's addresses in the two subnets; empty for the networks of the VPC.
   *
   * Must be a list, each item an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16,
   * none of them twice.
   *
   * @default []
   */
  readonly vpcCidrBlocks?: string[];

  /**
   * Whether the VPC gets endpoints of the services that the metadata service needs to start (ECR, S3, CloudWatch Logs,
   * Secrets Manager) and that jobs need (AWS Batch, ECS, DynamoDB), for subnets without a route to the internet;
   * metadataServiceContainerImage and the images of jobs must then be in ECR.
   *
   * @default false
   */
  readonly vpcEndpoints?: boolean | IResolvable;

  /**
   * The id of the VPC to deploy to, with subnet1Id and subnet2Id; empty for a network of the deployment's own.
   *
   * Must be the id of a VPC, such as vpc-0a1b2c3d4e5f60718, or empty.
   *
   * @default ""
   */
  readonly vpcId?: string;

  /**
   * Whether the service's task has a public address; null if it has one only in the deployment's own network, whose
   * subnets have no NAT gateway.
   *
   * @default null
   */
  readonly withPublicIp?: boolean | IResolvable;
}

/** The outputs of the module. */
export interface MetaflowOutputs {
  /** The ARN of the job queue of flows that name no other; empty without compute. */
  readonly METAFLOW_BATCH_JOB_QUEUE: string;

  /** The S3 URL of Metaflow's datastore. */
  readonly METAFLOW_DATASTORE_SYSROOT_S3: string;

  /** The S3 URL of Metaflow's data tools. */
  readonly METAFLOW_DATATOOLS_S3ROOT: string;

  /** Where Metaflow keeps artifacts: s3. */
  readonly METAFLOW_DEFAULT_DATASTORE: string;

  /** Where Metaflow keeps metadata: service. */
  readonly METAFLOW_DEFAULT_METADATA: string;

  /** The ARN of the role by which ECS starts jobs on Fargate; empty where no environment is on Fargate. */
  readonly METAFLOW_ECS_FARGATE_EXECUTION_ROLE: string;

  /** The ARN of the role that the steps of flows run with in AWS Batch; empty without compute. */
  readonly METAFLOW_ECS_S3_ACCESS_IAM_ROLE: string;

  /** The ARN of the role by which Amazon EventBridge starts scheduled flows; empty where enableStepFunctions is false. */
  readonly METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE: string;

  /**
   * The API key that callers of the REST API send; empty where apiBasicAuth is false.
   *
   * Sensitive.
   */
  readonly METAFLOW_SERVICE_AUTH_KEY: string;

  /** The URL of the metadata service within the VPC. */
  readonly METAFLOW_SERVICE_INTERNAL_URL: string;

  /** The URL of the metadata service's REST API. */
  readonly METAFLOW_SERVICE_URL: string;

  /** The name of the table of flows in AWS Step Functions; empty where enableStepFunctions is false. */
  readonly METAFLOW_SFN_DYNAMO_DB_TABLE: string;

  /** The ARN of the log group of executions; empty where stepFunctionsExecutionLogs is false. */
  readonly METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN: string;

  /** The ARN of the role that state machines run with; empty where enableStepFunctions is false. */
  readonly METAFLOW_SFN_IAM_ROLE: string;

  /** The URL of the web interface; only with the option `ui`. */
  readonly METAFLOW_UI_URL?: string;

  /** The id of the API key, whose value is METAFLOW_SERVICE_AUTH_KEY; empty where apiBasicAuth is false. */
  readonly apiGatewayRestApiIdKeyId: string;

  /** The page of the dashboard in the AWS console; only with the option `dashboard`. */
  readonly dashboardUrl?: string;

  /** The ARN of the KMS key that encrypts the bucket. */
  readonly datastoreS3BucketKmsKeyArn: string;

  /** The name of the event bus; only with the option `eventBus`. */
  readonly eventBusName?: string;

  /**
   * The ARN of the role of flows' pods, for the annotation eks.amazonaws.com/role-arn of their service account; only
   * with the option `kubernetes`.
   */
  readonly kubernetesRoleArn?: string;

  /** The id of the metadata service's security group. */
  readonly metadataServiceSecurityGroupId: string;

  /**
   * The configuration of a Metaflow client, for `~/.metaflowconfig/config_<profile>.json`.
   *
   * Sensitive.
   */
  readonly metaflowProfileJson: string;

  /** The ARN of the role of a Metaflow user; empty where there is none. */
  readonly metaflowUserRoleArn: string;

  /** The ARN of the Lambda function that migrates the database's schema. */
  readonly migrationFunctionArn: string;

  /** The name of the notebook instance; only with the option `notebook`. */
  readonly notebookInstanceName?: string;

  /** The ARN of the notebook's role; only with the option `notebook`. */
  readonly notebookRoleArn?: string;

  /** The URL of the notebook; only with the option `notebook`. */
  readonly notebookUrl?: string;

  /** The database's endpoint: address:port of an instance, the address alone of an Aurora cluster. */
  readonly rdsMasterInstanceEndpoint: string;

  /** The ARN of the bucket. */
  readonly s3BucketArn: string;

  /** The name of the bucket. */
  readonly s3BucketName: string;

  /** The id of the first subnet. */
  readonly subnet1Id: string;

  /** The id of the second subnet. */
  readonly subnet2Id: string;

  /** The DNS name of the web interface's load balancer; only with the option `ui`. */
  readonly uiLoadBalancerDnsName?: string;

  /** The Route 53 zone of that DNS name, for an alias record; only with the option `ui`. */
  readonly uiLoadBalancerZoneId?: string;

  /** The id of the user pool of the deployment's own; only with `ownUserPool` of the option `ui`. */
  readonly uiUserPoolId?: string;

  /** The id of the VPC. */
  readonly vpcId: string;
}

/**
 * What its jobs run on.
 *
 * - `EC2`: instances on demand.
 * - `SPOT`: spot instances, which AWS may take back.
 * - `FARGATE`: AWS Fargate.
 * - `FARGATE_SPOT`: AWS Fargate on spare capacity, which AWS may take back.
 */
export type ComputeEnvironmentType = "EC2" | "SPOT" | "FARGATE" | "FARGATE_SPOT";

/** A compute environment of AWS Batch with a job queue of its own. */
export interface ComputeEnvironment {
  /** What its jobs run on. */
  readonly type: ComputeEnvironmentType;

  /**
   * The EC2 instance types: types, families or optimal, all of x86 or all of Graviton.
   *
   * Must be a list, each item an instance type (c5.large), a family of them (c5), optimal, default_x86_64 or
   * default_arm64, all of them of x86 or all of Graviton.
   *
   * @default - those of `computeEnvironmentInstanceTypes`
   */
  readonly instanceTypes?: string[];

  /**
   * The vCPUs that the environment keeps while no job runs.
   *
   * Must be a whole number from 0 to 1000000.
   *
   * @default 0
   */
  readonly minVcpus?: number;

  /**
   * The most vCPUs of the environment at a time.
   *
   * Must be a whole number from 0 to 1000000.
   *
   * @default 64
   */
  readonly maxVcpus?: number;

  /**
   * The root volume of an instance in GiB.
   *
   * Must be a whole number from 30 to 16384.
   *
   * @default - `computeEnvironmentVolumeSize`
   */
  readonly volumeSize?: number;

  /**
   * Whether jobs for which there is no spare capacity run on demand.
   *
   * @default true
   */
  readonly fallback?: boolean;
}

/**
 * How the database's password reaches the service.
 *
 * - `secret`: through a secret of Secrets Manager; Terraform generates the password, and so its state holds it.
 * - `write-only`: through a secret of Secrets Manager, which generates the password; neither the state nor a plan
 * holds it. Needs Terraform 1.11 or newer.
 * - `environment`: in clear text in the task definition, as in the Terraform modules.
 */
export type DatabasePasswordMode = "secret" | "write-only" | "environment";

/** A cluster of Amazon EKS that runs the steps of flows. */
export interface KubernetesSettings {
  /**
   * The ARN of the cluster's OIDC provider in IAM, by which its pods assume the role.
   *
   * Must be the ARN of an IAM OIDC provider, such as
   * arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE.
   */
  readonly oidcProviderArn: string;

  /**
   * The namespace in which steps run (METAFLOW_KUBERNETES_NAMESPACE).
   *
   * Must be 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.
   *
   * @default - default
   */
  readonly namespace?: string;

  /**
   * The service account with which they run (METAFLOW_KUBERNETES_SERVICE_ACCOUNT): its annotation
   * eks.amazonaws.com/role-arn names the role.
   *
   * Must be 1 to 253 lower-case letters, digits, hyphens and periods, with a letter or digit at both ends and beside
   * each period.
   *
   * @default - metaflow
   */
  readonly serviceAccount?: string;

  /**
   * The security group of the pods, which is the cluster's own unless you chose another one: the VPC endpoints of
   * `vpcEndpoints` admit it.
   *
   * Must be the id of a security group, such as sg-0a1b2c3d4e5f60718.
   *
   * @default - the endpoints admit no pods
   */
  readonly securityGroupId?: string;
}

/** A SageMaker notebook instance for looking at flows, runs and artifacts. */
export interface NotebookSettings {
  /**
   * Whether the notebook reaches the internet by way of SageMaker. If false, it needs a route to PyPI, or Metaflow's
   * wheel in the bucket (docs/notebook.md).
   *
   * @default false
   */
  readonly directInternetAccess?: boolean | IResolvable;

  /**
   * After how many minutes without a running cell or a request the notebook stops; 0 for never.
   *
   * Must be a whole number from 0 to 10080.
   *
   * @default 60
   */
  readonly idleMinutes?: number;

  /**
   * The notebook's instance type.
   *
   * Must be an instance type of SageMaker, such as ml.t3.medium.
   *
   * @default - ml.t3.medium
   */
  readonly instanceType?: string;

  /**
   * The ARN of the KMS key that encrypts the notebook's volume.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab,
   * or empty.
   *
   * @default - `kmsKeyArn` of the deployment, or a key of the deployment's own
   */
  readonly kmsKeyArn?: string;

  /**
   * What pip installs from PyPI where the bucket's folder `data/notebook` has no wheels.
   *
   * Must be a requirement of pip, such as metaflow or metaflow==2.19.39.
   *
   * @default - a version of Metaflow that is pinned
   */
  readonly metaflowPackage?: string;

  /**
   * The notebook's operating system and JupyterLab; notebook-al2023-v1 needs a version of the AWS provider that knows
   * it.
   *
   * Must be one of notebook-al2-v3, notebook-al2023-v1.
   *
   * @default - notebook-al2-v3
   */
  readonly platformIdentifier?: string;

  /**
   * The notebook's volume in GiB, which keeps ~/SageMaker while the notebook is stopped.
   *
   * Must be a whole number from 5 to 16384.
   *
   * @default 20
   */
  readonly volumeSize?: number;
}

/** A user pool that there is already. */
export interface WebInterfaceUserPool {
  /**
   * The user pool's ARN.
   *
   * Must be the ARN of a user pool, such as arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_Ab1Cd2Ef3.
   */
  readonly arn: string;

  /**
   * The id of its client, which has a secret and the callback URL `https://<domainName>/oauth2/idpresponse`.
   *
   * Must be 1 to 128 ASCII letters, digits, underscores and +.
   */
  readonly clientId: string;

  /** Its domain: the prefix of Amazon Cognito's, or one of yours. */
  readonly domain: string;
}

/** Metaflow's web interface, and who may see it. */
export interface WebInterface {
  /**
   * The ARN of the certificate that the load balancer shows, of the deployment's region.
   *
   * Must be the ARN of a certificate of ACM or IAM.
   */
  readonly certificateArn: string;

  /**
   * The name that the certificate is for, which must resolve to the load balancer (`ui_load_balancer_dns_name`);
   * METAFLOW_UI_URL has it.
   *
   * Must be a domain name in lower case, such as metaflow.example.com.
   *
   * @default - the load balancer's own, which no certificate is for
   */
  readonly domainName?: string;

  /**
   * The networks that may reach the web interface. It may be everybody (0.0.0.0/0) where visitors sign in, or where the
   * load balancer is `internal`.
   *
   * Must be a list, each item an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16.
   *
   * @default - everybody where visitors sign in to a user pool, else nobody
   */
  readonly allowList?: string[];

  /**
   * Whether the load balancer has private addresses only, for visitors who reach the network by a VPN.
   *
   * @default false
   */
  readonly internal?: boolean | IResolvable;

  /**
   * The subnets of its load balancer in the VPC of `vpcId`, two at least, each in a zone of its own: public ones,
   * unless it is `internal`.
   *
   * Must be a list of the ids of two subnets at least, none of them twice.
   *
   * @default - `loadBalancerSubnetIds` of the deployment, or `subnet1Id` and `subnet2Id`
   */
  readonly loadBalancerSubnetIds?: string[];

  /**
   * Whether visitors sign in to an Amazon Cognito user pool of the deployment's own, whose users an administrator
   * creates.
   *
   * @default false
   */
  readonly ownUserPool?: boolean;

  /**
   * The Amazon Cognito user pool that visitors sign in to, instead of one of the deployment's own.
   *
   * @default - none
   */
  readonly userPool?: WebInterfaceUserPool;

  /**
   * The security policy of the load balancer: its TLS versions and ciphers.
   *
   * Must be a security policy of Elastic Load Balancing with TLS 1.3 and without TLS 1.0 and 1.1, such as
   * ELBSecurityPolicy-TLS13-1-2-2021-06.
   *
   * Source: "Security policies for your Application Load Balancer" in the user guide for Application Load Balancers.
   *
   * @default - `ELBSecurityPolicy-TLS13-1-2-2021-06`, which has TLS 1.2 and 1.3
   */
  readonly sslPolicy?: string;

  /**
   * The backend's container image.
   *
   * Must be up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit, or empty.
   *
   * @default - that of `metadataServiceContainerImage`, which has both services
   */
  readonly backendImage?: string;

  /**
   * The frontend's container image.
   *
   * Must be up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit, or empty.
   *
   * @default - `public.ecr.aws/outerbounds/metaflow_ui:v1.3.13`
   */
  readonly frontendImage?: string;

  /**
   * The CPU units of the backend's task, 1024 being one vCPU.
   *
   * @default 2048
   */
  readonly backendCpu?: number;

  /**
   * The memory of the backend's task in MiB, which grows with the artifacts that it shows.
   *
   * @default 16384
   */
  readonly backendMemory?: number;

  /**
   * Environment variables of the backend in addition to the deployment's own, such as LOGLEVEL or PREFETCH_RUNS_SINCE
   * (seconds).
   *
   * Must be a map of environment variables, none of them MF_METADATA_DB_HOST or MF_METADATA_DB_NAME or
   * MF_METADATA_DB_PORT or MF_METADATA_DB_PSWD or MF_METADATA_DB_SSL_MODE or MF_METADATA_DB_USER.
   *
   * Source: services/ui_backend_service/docs/environment.md of Netflix/metaflow-service.
   *
   * @default - `LOGLEVEL` is INFO
   */
  readonly backendEnvironment?: Record<string, string>;
}

/** What the construct does beyond the inputs of the Terraform module. */
export interface MetaflowOptions {
  /**
   * Whether flows can run in the cloud: a job queue of AWS Batch, and what AWS Step Functions need where
   * `enableStepFunctions` is true.
   *
   * @default true
   */
  readonly compute?: boolean;

  /**
   * Further compute environments, each with a job queue `<resourcePrefix>batch-<name><resourceSuffix>`, which a step
   * names; used with `compute`.
   *
   * Each name must be 1 to 32 lower-case ASCII letters, digits and underscores, the first a letter.
   *
   * @default - the one of the settings `computeEnvironment...` alone
   */
  readonly computeEnvironments?: Readonly<Record<string, ComputeEnvironment>>;

  /**
   * Whether snapshots of the database have its tags.
   *
   * @default true
   */
  readonly copyTagsToSnapshots?: boolean;

  /**
   * Whether the load balancer's address in each zone reaches the service's tasks in both (cross-zone load balancing).
   *
   * @default true
   */
  readonly crossZone?: boolean;

  /**
   * Whether CloudWatch has a dashboard of the deployment: service, REST API, database, bucket and migrations
   * (docs/operations.md). CloudWatch charges for each dashboard of an account after the third.
   *
   * @default false
   */
  readonly dashboard?: boolean;

  /**
   * How the database's password reaches the service.
   *
   * @default "secret"
   */
  readonly databasePasswordMode?: DatabasePasswordMode;

  /**
   * Whether failed asynchronous invocations of the migration function are kept in a dead-letter queue.
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
   * Whether there is an event bus of EventBridge for the events of your own systems (docs/operations.md); the schedules
   * of Metaflow's flows stay rules of the default bus.
   *
   * @default false
   */
  readonly eventBus?: boolean;

  /**
   * Whether IAM users and roles can be database users.
   *
   * @default true
   */
  readonly iamAuthentication?: boolean;

  /**
   * A cluster of Amazon EKS of yours that runs the steps of flows: a role for their pods, and the cluster's keys in
   * Metaflow's configuration (docs/kubernetes.md). The cluster is not touched.
   *
   * @default - none
   */
  readonly kubernetes?: KubernetesSettings;

  /**
   * Whether the roles allow only what the service and the migration function need (docs/least-privilege.md).
   *
   * @default true
   */
  readonly leastPrivilege?: boolean;

  /**
   * A SageMaker notebook instance that reads the datastore and the metadata service; `{}` for one with the defaults.
   *
   * @default - none
   */
  readonly notebook?: NotebookSettings;

  /**
   * The path under which Systems Manager has each key of Metaflow's configuration as a parameter,
   * `<path>/METAFLOW_...`; the API key is encrypted (docs/operations.md).
   *
   * Must be a path of 1 to 14 levels and up to 900 characters, such as /metaflow/prod: each level has a slash before it
   * and is ASCII letters, digits and _.-, there is no slash at the end, and it does not begin with /aws or /ssm in any
   * case.
   *
   * @default - no parameters
   */
  readonly parameterPath?: string;

  /**
   * Whether a change to the REST API is deployed; the new deployment replaces the old one without a gap.
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
   * Whether the security groups allow only the outbound connections that the service needs.
   *
   * @default true
   */
  readonly restrictEgress?: boolean;

  /**
   * Whether X-Ray traces requests to the REST API, and invocations of the migration function whose caller traces.
   *
   * @default true
   */
  readonly tracing?: boolean;

  /**
   * Metaflow's web interface, on a load balancer of its own.
   *
   * @default - none
   */
  readonly ui?: WebInterface;

  /**
   * Whether the REST API refuses requests without the parameters that its methods need.
   *
   * @default true
   */
  readonly validateRequests?: boolean;

  /**
   * Whether an apply waits until the service's new tasks run. ECS rolls back a deployment whose tasks do not start.
   *
   * @default true
   */
  readonly waitForSteadyState?: boolean;

  /**
   * The ARN of a KMS key that encrypts what the deployment makes: the bucket, the database and its secret, the table,
   * the logs. No key is made then. Its policy must leave it to the account's IAM policies and, with `encryptLogs`, let
   * CloudWatch Logs use it.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   *
   * @default - keys of the deployment's own
   */
  readonly kmsKeyArn?: string;

  /**
   * The ARN of a bucket that is there already: no bucket is made, and nothing of this one is changed. Its encryption,
   * versions, access log, events and policy are its owner's.
   *
   * Must be the ARN of a bucket, such as arn:aws:s3:::acme-metaflow.
   *
   * @default - the deployment makes the bucket
   */
  readonly existingBucketArn?: string;

  /**
   * The ARN of the KMS key that encrypts `existingBucketArn`; the table of AWS Step Functions has it, too.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   *
   * @default - `kmsKeyArn`
   */
  readonly bucketKmsKeyArn?: string;

  /**
   * A PostgreSQL database that is there already: no RDS, and none of what belongs to it, is made. The rule that admits
   * the service is its owner's.
   *
   * @default - the deployment makes the database
   */
  readonly existingDatabase?: ExistingDatabase;

  /**
   * The storage of the instance; an Aurora cluster has storage of its own.
   *
   * @default - 20 GiB of gp2 that grow to 1000 GiB
   */
  readonly storage?: DatabaseStorage;

  /**
   * Whether an RDS instance has a standby in another zone, which takes over within a minute or two; an Aurora cluster
   * has none.
   *
   * @default true
   */
  readonly multiAz?: boolean | IResolvable;

  /**
   * Makes the cluster's instance one of Aurora Serverless v2 (db.serverless), for the engine aurora-postgresql;
   * `dbInstanceType` is not used then.
   *
   * Source: "Requirements and limitations for Aurora Serverless v2" in the Amazon Aurora User Guide.
   *
   * @default - an instance of `dbInstanceType`
   */
  readonly serverlessCapacity?: ServerlessCapacity;

  /**
   * The subnets of the database in the VPC of `vpcId`, two at least, in two zones at least.
   *
   * Must be a list of the ids of two subnets at least, none of them twice.
   *
   * @default - `subnet1Id` and `subnet2Id`
   */
  readonly databaseSubnetIds?: string[];

  /**
   * Further security groups of jobs, on instances and on Fargate, such as one that a database of yours admits; in the
   * VPC of the jobs.
   *
   * Must be a list, each item the id of a security group, such as sg-0a1b2c3d4e5f60718, with one item at least, none of
   * them twice.
   *
   * @default - the deployment's own group alone
   */
  readonly jobSecurityGroupIds?: string[];

  /**
   * The subnets of the jobs of flows in the VPC of `vpcId`, two at least.
   *
   * Must be a list of the ids of two subnets at least, none of them twice.
   *
   * @default - `subnet1Id` and `subnet2Id`
   */
  readonly jobSubnetIds?: string[];

  /**
   * The path of all roles and instance profiles. A change of it replaces them.
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
   * @default - a VPC endpoint of the deployment's own, where `restApi` is private
   */
  readonly restApiVpcEndpointIds?: string[];
}
