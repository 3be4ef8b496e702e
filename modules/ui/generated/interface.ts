// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable, ITerraformDependable } from "cdktf";

/** The inputs of the module, which are the variables of the published module. */
export interface UiInputs {
  /** The datastore's S3 URL, such as s3://bucket/metaflow. */
  readonly METAFLOW_DATASTORE_SYSROOT_S3: string;

  /**
   * Whether the load balancer has private addresses only.
   *
   * @default false
   */
  readonly albInternal?: boolean | IResolvable;

  /**
   * The ARN of the load balancer's certificate.
   *
   * Must be the ARN of a certificate of ACM or IAM.
   */
  readonly certificateArn: string;

  /**
   * The ARN of the Amazon Cognito user pool that visitors sign in to; empty for no sign-in.
   *
   * @default ""
   */
  readonly cognitoUserPoolArn?: string;

  /**
   * The id of the user pool's client.
   *
   * @default ""
   */
  readonly cognitoUserPoolClientId?: string;

  /**
   * The domain of the user pool.
   *
   * @default ""
   */
  readonly cognitoUserPoolDomain?: string;

  /**
   * The name of the metadata service's database.
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
   * Settings of the ECS cluster by name, such as containerInsights.
   *
   * Must be a map that is empty or has the key containerInsights, with enabled, enhanced or disabled.
   *
   * @default {}
   */
  readonly ecsClusterSettings?: Record<string, string>;

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
   * The ARN of the role with which ECS pulls the images and writes the logs.
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
   * A prefix for the load balancer's name, which is then `<prefix>-alb`, without resourcePrefix and resourceSuffix.
   *
   * @default ""
   */
  readonly loadBalancerNamePrefix?: string;

  /**
   * The id of the metadata service's security group, which the database admits.
   *
   * Must be the id of a security group, such as sg-0a1b2c3d4e5f60718.
   */
  readonly metadataServiceSecurityGroupId: string;

  /**
   * The id of the VPC that the tasks run in.
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
   * The id of the first subnet of the load balancer and the tasks.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718.
   */
  readonly subnet1Id: string;

  /**
   * The id of their second subnet, in another availability zone.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718.
   */
  readonly subnet2Id: string;

  /**
   * The networks that may reach the web interface; empty for none.
   *
   * Must be a list, each item an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16.
   *
   * @default []
   */
  readonly uiAllowList?: string[];

  /**
   * The backend's container image; empty for the default of the module common.
   *
   * Must be up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit, or empty.
   *
   * @default ""
   */
  readonly uiBackendContainerImage?: string;

  /**
   * The frontend's container image; empty for the default of the module common.
   *
   * Must be up to 255 ASCII letters, digits and ._:/@#-, beginning with a letter or digit, or empty.
   *
   * @default ""
   */
  readonly uiStaticContainerImage?: string;
}

/** The outputs of the module. */
export interface UiOutputs {
  /** The ARN of the load balancer. */
  readonly albArn: string;

  /** The DNS name of the load balancer, to which the certificate's name should resolve. */
  readonly albDnsName: string;
}

/** Where the log of requests to the web interface goes. */
export interface UiAccessLog {
  /** Whether there is one. */
  readonly enabled: boolean | IResolvable;

  /**
   * The name of the bucket that receives the log, whose policy allows Elastic Load Balancing to write.
   *
   * Must be 3 to 63 lowercase letters, digits, hyphens and dots, beginning and ending with a letter or digit, without
   * two dots in a row, the format of an IP address, or a prefix or suffix that S3 reserves, or empty.
   */
  readonly bucket: string;

  /** The prefix of its objects' names. */
  readonly prefix: string;
}

/** How the log of the web interface is kept. */
export interface UiLogs {
  /**
   * How many days it is kept, a number that CloudWatch Logs supports; 0 if it never expires.
   *
   * Must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
   * 3288, 3653.
   */
  readonly retentionDays: number;

  /**
   * The ARN of the KMS key that encrypts it.
   *
   * @default - CloudWatch Logs' own encryption
   */
  readonly kmsKeyArn?: string;
}

/** What the construct does beyond the inputs of the Terraform module. */
export interface UiOptions {
  /**
   * The CPU units of the backend's task, 1024 being one vCPU.
   *
   * @default 2048
   */
  readonly backendCpu?: number;

  /**
   * The memory of the backend's task in MiB.
   *
   * @default 16384
   */
  readonly backendMemory?: number;

  /**
   * The name of the ECS cluster. Without this option, it is that of the module `metadata-service`, too, and ECS has one
   * cluster for both, which either can destroy.
   *
   * Must be 1 to 255 ASCII letters, digits, underscores and hyphens.
   *
   * @default - `<resourcePrefix><resourceSuffix>`, with one hyphen where two meet
   */
  readonly clusterName?: string;

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
   * The port of the database.
   *
   * Must be a whole number from 1 to 65535.
   *
   * @default 5432
   */
  readonly databasePort?: number;

  /**
   * libpq's sslmode for the connection to the database, such as `require`; metadata service images from v2.4.6 on.
   *
   * Must be one of disable, allow, prefer, require, verify-ca, verify-full.
   *
   * @default - the image's own, which does not use TLS
   */
  readonly databaseSslMode?: string;

  /**
   * Whether AWS refuses to delete the load balancer.
   *
   * @default false
   */
  readonly deletionProtection?: boolean | IResolvable;

  /**
   * Whether the load balancer drops HTTP headers whose names are not valid.
   *
   * @default false
   */
  readonly dropInvalidHeaders?: boolean;

  /**
   * Whether former task definitions stay registered, so that ECS can roll back to them.
   *
   * @default false
   */
  readonly keepTaskDefinitions?: boolean;

  /**
   * Whether the backend's task may only read the datastore's folder `metaflow`, and only for this account and region,
   * and the frontend's task has no role; docs/least-privilege.md lists the differences.
   *
   * @default false
   */
  readonly leastPrivilege?: boolean;

  /**
   * A log of the load balancer's requests.
   *
   * Source: "Access logs for your Application Load Balancer" in the user guide for Application Load Balancers.
   *
   * @default - none
   */
  readonly loadBalancerAccessLog?: UiAccessLog;

  /**
   * The subnets of the load balancer, two at least, each in a zone of its own.
   *
   * Must be a list of the ids of two subnets at least, none of them twice.
   *
   * @default - `subnet1Id` and `subnet2Id`
   */
  readonly loadBalancerSubnetIds?: string[];

  /**
   * How the log of both services is kept.
   *
   * @default - it never expires
   */
  readonly logs?: UiLogs;

  /**
   * Whether the security groups allow only what is needed: the load balancer reaches the containers' ports and, for a
   * sign-in, HTTPS; the tasks admit it at these ports, and reach HTTPS and the database.
   *
   * @default false
   */
  readonly narrowSecurityGroups?: boolean;

  /**
   * Whether the backend's task is without the metadata service's security group; the database must then admit that of
   * the tasks (`furtherSecurityGroupIds` of the datastore).
   *
   * @default false
   */
  readonly ownDatabaseAccess?: boolean;

  /**
   * Whether the load balancer redirects requests from port 80 to port 443.
   *
   * @default false
   */
  readonly redirectHttp?: boolean;

  /**
   * Whether the task definitions take their region from the log group, which a plan knows once the group exists.
   * Without this option, a plan that reads the provider's region late (`depends_on` of a module call) replaces them.
   *
   * @default false
   */
  readonly regionOfLogGroup?: boolean;

  /**
   * Whether visitors sign in to the user pool. It says so where `cognitoUserPoolArn` is known only after an apply.
   *
   * @default - they do where `cognitoUserPoolArn` is not empty
   */
  readonly requireSignIn?: boolean | IResolvable;

  /**
   * What must exist before the first tasks start, such as the policies of the execution role.
   *
   * @default - nothing beyond what the services refer to
   */
  readonly serviceDependsOn?: ITerraformDependable[];

  /**
   * The security policy of the load balancer's HTTPS listener: its TLS versions and ciphers.
   *
   * Must be a security policy of Elastic Load Balancing with TLS 1.3 and without TLS 1.0 and 1.1, such as
   * ELBSecurityPolicy-TLS13-1-2-2021-06.
   *
   * Source: "Security policies for your Application Load Balancer" in the user guide for Application Load Balancers.
   *
   * @default - Elastic Load Balancing's own, which has TLS 1.0
   */
  readonly sslPolicy?: string;

  /**
   * The subnets of both services' tasks, two at least.
   *
   * Must be a list of the ids of two subnets at least, none of them twice.
   *
   * @default - `subnet1Id` and `subnet2Id`
   */
  readonly taskSubnetIds?: string[];

  /**
   * Whether an apply waits until the services' new tasks run. ECS rolls back a deployment whose tasks do not start.
   *
   * @default false
   */
  readonly waitForSteadyState?: boolean;

  /**
   * Whether the tasks have public addresses, which they need in subnets without a NAT gateway.
   *
   * @default true
   */
  readonly withPublicIp?: boolean | IResolvable;

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
}
