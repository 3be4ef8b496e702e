// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable } from "cdktf";

/** The inputs of the module, which are the variables of its Terraform form. */
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
   * Where Terraform writes the migration's zip file; null for db_migrate_lambda.zip in the module's folder.
   *
   * @default null
   */
  readonly dbMigrateLambdaZipFile?: string;

  /**
   * Settings of the ECS cluster, name to value, such as containerInsights.
   *
   * Must be a map that is empty or has the key containerInsights, with enabled, enhanced or disabled.
   *
   * @default {}
   */
  readonly ecsClusterSettings?: Record<string, string>;

  /**
   * The ARN of the role by which ECS pulls the image and writes the log.
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
   * Without effect, kept for callers that set it: iamPartition decides.
   *
   * @default false
   */
  readonly isGov?: boolean | IResolvable;

  /**
   * What the load balancer's name begins with instead of resourcePrefix (the suffix is left out then): `<prefix>-nlb`.
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
   * digits, spaces and _.:/=+-@ that do not begin with aws:.
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
   * The networks that may reach the service, usually the VPC's own: the load balancer's addresses in the two subnets
   * must be among them.
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

  /** The ARN of the role that the metadata service runs with. */
  readonly metadataSvcEcsTaskRoleArn: string;

  /** The ARN of the Lambda function that migrates the database's schema. */
  readonly migrationFunctionArn: string;

  /** The DNS name of the load balancer before the metadata service. */
  readonly networkLoadBalancerDnsName: string;
}
