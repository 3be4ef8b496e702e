// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable } from "cdktf";

/** The inputs of the module, which are the variables of the published module. */
export interface RootInputs {
  /**
   * The addresses that may call the REST API, such as those of a VPN; empty for no restriction.
   *
   * Must be a list, each item an IPv4 or IPv6 address or CIDR block, such as 198.51.100.0/24.
   *
   * @default []
   */
  readonly accessListCidrBlocks?: string[];

  /**
   * Whether callers of the REST API must send an API key.
   *
   * @default true
   */
  readonly apiBasicAuth?: boolean | IResolvable;

  /**
   * Whether changes to the database take effect at once rather than in its next maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean | IResolvable;

  /**
   * The tag Name of the ECS cluster that AWS Batch makes for the environment; empty for no such tag.
   *
   * @default ""
   */
  readonly batchClusterName?: string;

  /**
   * Where jobs run: fargate for AWS Fargate; anything else, such as ec2, for Amazon EC2.
   *
   * @default "ec2"
   */
  readonly batchType?: string;

  /**
   * Whether the bucket uses an S3 Bucket Key, which lowers the number (and cost) of KMS requests.
   *
   * @default false
   */
  readonly bucketKeyEnabled?: boolean | IResolvable;

  /**
   * The certificate authority of the database instance, such as rds-ca-rsa2048-g1; empty for the default of RDS.
   *
   * Must be a certificate authority of RDS, such as rds-ca-rsa2048-g1, or empty.
   *
   * @default ""
   */
  readonly caCertIdentifier?: string;

  /**
   * The vCPUs that the environment starts with; AWS Batch changes them afterwards (not for Fargate).
   *
   * Must be a whole number from 0 to 1000000.
   *
   * @default 8
   */
  readonly computeEnvironmentDesiredVcpus?: number;

  /**
   * The addresses that jobs may reach; empty for a security group without an outbound rule.
   *
   * Must be a list, each item an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16.
   *
   * @default ["0.0.0.0/0"]
   */
  readonly computeEnvironmentEgressCidrBlocks?: string[];

  /**
   * The EC2 instance types of the environment: types (m5.large), families (m5) or optimal (not for Fargate).
   *
   * @default ["c4.large","c4.xlarge","c4.2xlarge","c4.4xlarge","c4.8xlarge"]
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
   * The minimum number of vCPUs, which the environment keeps while no job runs (not for Fargate).
   *
   * Must be a whole number from 0 to 1000000.
   *
   * @default 8
   */
  readonly computeEnvironmentMinVcpus?: number;

  /**
   * The engine's version, such as 17 or 16.6; where dbParameters is set, the parameter group is of its major version.
   *
   * Must be a version of the engine, such as "17" or "16.6", or empty.
   *
   * @default "11"
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
   * @default "db.t2.small"
   */
  readonly dbInstanceType?: string;

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
   * Parameters of an RDS instance by name, applied at once through a parameter group of its own; an Aurora cluster does
   * not use them.
   *
   * @default {}
   */
  readonly dbParameters?: Record<string, string>;

  /**
   * Settings of the ECS cluster by name, such as containerInsights.
   *
   * Must be a map that is empty or has the key containerInsights, with enabled, enhanced or disabled.
   *
   * @default {}
   */
  readonly ecsClusterSettings?: Record<string, string>;

  /**
   * Whether there is an ECR repository for the image of jobs.
   *
   * @default false
   */
  readonly enableCustomBatchContainerRegistry?: boolean | IResolvable;

  /** Whether flows can be deployed to AWS Step Functions. */
  readonly enableStepFunctions: boolean | IResolvable;

  /**
   * Environment variables of the backend's container, which override the module's own.
   *
   * @default {}
   */
  readonly extraUiBackendEnvVars?: Record<string, string>;

  /**
   * Environment variables of the frontend's container.
   *
   * @default {}
   */
  readonly extraUiStaticEnvVars?: Record<string, string>;

  /**
   * The AWS partition: aws, aws-us-gov for GovCloud, aws-cn for China.
   *
   * Must be one of aws, aws-us-gov, aws-cn, aws-eusc, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f.
   *
   * @default "aws"
   */
  readonly iamPartition?: string;

  /**
   * Whether instances have a metadata service: enabled or disabled.
   *
   * Must be one of enabled, disabled.
   *
   * @default "enabled"
   */
  readonly launchTemplateHttpEndpoint?: string;

  /**
   * The maximum number of network hops for a response of the instance metadata service.
   *
   * Must be a whole number from 1 to 64.
   *
   * @default 2
   */
  readonly launchTemplateHttpPutResponseHopLimit?: number;

  /**
   * Whether the instance metadata service requires session tokens (IMDSv2): optional or required.
   *
   * Must be one of optional, required.
   *
   * @default "optional"
   */
  readonly launchTemplateHttpTokens?: string;

  /**
   * A prefix for the load balancer's name, which is then `<prefix>-nlb`, without resourcePrefix and resourceSuffix.
   *
   * @default ""
   */
  readonly loadBalancerNamePrefix?: string;

  /**
   * The weekly maintenance window in UTC, such as Mon:00:00-Mon:03:00; empty if RDS chooses it.
   *
   * Must be in the format ddd:hh24:mi-ddd:hh24:mi and 30 minutes long at least, such as Mon:00:00-Mon:03:00, or empty.
   *
   * @default ""
   */
  readonly maintenanceWindow?: string;

  /**
   * The container image of the metadata service and of the web interface's backend; empty for the default of the module
   * common.
   *
   * Must be up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit, or empty.
   *
   * @default ""
   */
  readonly metadataServiceContainerImage?: string;

  /**
   * What the names of the resources begin with, followed by a hyphen.
   *
   * @default "metaflow"
   */
  readonly resourcePrefix?: string;

  /**
   * What the names of the resources end with, after a hyphen.
   *
   * @default ""
   */
  readonly resourceSuffix?: string;

  /**
   * The name of the bucket; empty for `<resourcePrefix>s3<resourceSuffix>`.
   *
   * @default ""
   */
  readonly s3BucketName?: string;

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
   * Tags of every resource that takes tags.
   *
   * Must be a map of tags: 50 at most (with Name and Metaflow), with keys of 1 to 128 and values of up to 256 letters,
   * digits, spaces and _.:/=+-@ that do not begin with aws:, without two keys that are equal but for their case.
   */
  readonly tags: Record<string, string>;

  /**
   * Whether the load balancer has private addresses only.
   *
   * @default false
   */
  readonly uiAlbInternal?: boolean | IResolvable;

  /**
   * The networks that may reach the web interface; empty for none.
   *
   * Must be a list, each item an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16.
   *
   * @default []
   */
  readonly uiAllowList?: string[];

  /**
   * The ARN of the load balancer's certificate.
   *
   * Must be the ARN of a certificate of ACM or IAM.
   */
  readonly uiCertificateArn: string;

  /**
   * The ARN of the Amazon Cognito user pool that visitors sign in to; empty for no sign-in.
   *
   * @default ""
   */
  readonly uiCognitoUserPoolArn?: string;

  /**
   * The id of the user pool's client.
   *
   * @default ""
   */
  readonly uiCognitoUserPoolClientId?: string;

  /**
   * The domain of the user pool.
   *
   * @default ""
   */
  readonly uiCognitoUserPoolDomain?: string;

  /**
   * The frontend's container image; empty for the default of the module common.
   *
   * Must be up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit, or empty.
   *
   * @default ""
   */
  readonly uiStaticContainerImage?: string;

  /**
   * The networks that may reach the service, usually those of the VPC. They must include the load balancer's addresses
   * in the two subnets.
   *
   * Must be a list, each item an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16,
   * none of them twice.
   */
  readonly vpcCidrBlocks: string[];

  /**
   * The id of the VPC that the service runs in.
   *
   * Must be the id of a VPC, such as vpc-0a1b2c3d4e5f60718.
   */
  readonly vpcId: string;

  /**
   * Whether the service's task has a public address, which it needs in a subnet without a NAT gateway.
   *
   * @default false
   */
  readonly withPublicIp?: boolean | IResolvable;
}

/** The outputs of the module. */
export interface RootOutputs {
  /** The ARN of the job queue, for Metaflow's profile. */
  readonly METAFLOW_BATCH_JOB_QUEUE: string;

  /** The S3 URL of Metaflow's datastore. */
  readonly METAFLOW_DATASTORE_SYSROOT_S3: string;

  /** The S3 URL of Metaflow's data tools. */
  readonly METAFLOW_DATATOOLS_S3ROOT: string;

  /** The ARN of the jobs' role. */
  readonly METAFLOW_ECS_S3_ACCESS_IAM_ROLE: string;

  /**
   * The ARN of the role with which Amazon EventBridge starts scheduled flows (METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE);
   * empty where the module is not active.
   */
  readonly METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE: string;

  /** The URL of the metadata service within the VPC. */
  readonly METAFLOW_SERVICE_INTERNAL_URL: string;

  /** The URL of the metadata service's REST API. */
  readonly METAFLOW_SERVICE_URL: string;

  /**
   * The name of the table in which flows keep the state of their executions (METAFLOW_SFN_DYNAMO_DB_TABLE); empty where
   * the module is not active.
   */
  readonly METAFLOW_SFN_DYNAMO_DB_TABLE: string;

  /** The ARN of the state machines' role (METAFLOW_SFN_IAM_ROLE); empty where the module is not active. */
  readonly METAFLOW_SFN_IAM_ROLE: string;

  /** The id of the API key, whose value is METAFLOW_SERVICE_AUTH_KEY; empty where apiBasicAuth is false. */
  readonly apiGatewayRestApiIdKeyId: string;

  /** The id of the security group of the environment. */
  readonly batchComputeEnvironmentSecurityGroupId: string;

  /** The ARN of the KMS key that encrypts the bucket. */
  readonly datastoreS3BucketKmsKeyArn: string;

  /** The ARN of the metadata service's task role. */
  readonly metadataSvcEcsTaskRoleArn: string;

  /** The id of the REST API. */
  readonly metaflowApiGatewayRestApiId: string;

  /** The URL of the ECR repository; empty where there is none. */
  readonly metaflowBatchContainerImage: string;

  /** Metaflow's profile as JSON, with a command in place of the API key, for `~/.metaflowconfig/config_<profile>.json`. */
  readonly metaflowProfileJson: string;

  /** The ARN of the bucket. */
  readonly metaflowS3BucketArn: string;

  /** The name of the bucket. */
  readonly metaflowS3BucketName: string;

  /** The ARN of the Lambda function that migrates the database's schema. */
  readonly migrationFunctionArn: string;

  /** The ARN of the load balancer. */
  readonly uiAlbArn: string;

  /** The DNS name of the load balancer, to which the certificate's name should resolve. */
  readonly uiAlbDnsName: string;
}
