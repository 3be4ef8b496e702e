// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable } from "cdktf";

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

/** What the construct does beyond the inputs of the Terraform module. */
export interface UiOptions {
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
