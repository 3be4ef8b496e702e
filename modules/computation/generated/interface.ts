// Generated from contract.ts by `npm run generate`; change the contract instead.

/** The inputs of the module, which are the variables of the published module. */
export interface ComputationInputs {
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
   * The vCPUs that the environment starts with; AWS Batch changes them afterwards (not for Fargate).
   *
   * Must be a whole number from 0 to 1000000.
   */
  readonly computeEnvironmentDesiredVcpus: number;

  /**
   * The addresses that jobs may reach; empty for a security group without an outbound rule.
   *
   * Must be a list, each item an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16.
   *
   * @default ["0.0.0.0/0"]
   */
  readonly computeEnvironmentEgressCidrBlocks?: string[];

  /** The EC2 instance types of the environment: types (m5.large), families (m5) or optimal (not for Fargate). */
  readonly computeEnvironmentInstanceTypes: string[];

  /**
   * The maximum number of vCPUs of the environment.
   *
   * Must be a whole number from 0 to 1000000.
   */
  readonly computeEnvironmentMaxVcpus: number;

  /**
   * The minimum number of vCPUs, which the environment keeps while no job runs (not for Fargate).
   *
   * Must be a whole number from 0 to 1000000.
   */
  readonly computeEnvironmentMinVcpus: number;

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
   * The id of the VPC that jobs run in.
   *
   * Must be the id of a VPC, such as vpc-0a1b2c3d4e5f60718.
   */
  readonly metaflowVpcId: string;

  /** What the names of the resources begin with. */
  readonly resourcePrefix: string;

  /** What the names of the resources end with. */
  readonly resourceSuffix: string;

  /**
   * Tags of the resources that take tags.
   *
   * Must be a map of tags: 50 at most (with Name and Metaflow), with keys of 1 to 128 and values of up to 256 letters,
   * digits, spaces and _.:/=+-@ that do not begin with aws:, without two keys that are equal but for their case.
   */
  readonly standardTags: Record<string, string>;

  /**
   * The id of the first subnet of the environment.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718.
   */
  readonly subnet1Id: string;

  /**
   * The id of the second subnet of the environment.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718.
   */
  readonly subnet2Id: string;
}

/** The outputs of the module. */
export interface ComputationOutputs {
  /** The ARN of the job queue, for Metaflow's profile. */
  readonly METAFLOW_BATCH_JOB_QUEUE: string;

  /** The id of the security group of the environment. */
  readonly batchComputeEnvironmentSecurityGroupId: string;

  /** The ARN of the job queue. */
  readonly batchJobQueueArn: string;

  /**
   * The ARN of the role with which ECS pulls images and writes logs, for the metadata service's tasks and for jobs on
   * Fargate (METAFLOW_ECS_FARGATE_EXECUTION_ROLE).
   */
  readonly ecsExecutionRoleArn: string;

  /** The ARN of the role of the environment's instances. */
  readonly ecsInstanceRoleArn: string;
}

/** What the construct does beyond the inputs of the Terraform module. */
export interface ComputationOptions {
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
