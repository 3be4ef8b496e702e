// Generated from contract.ts by `npm run generate`; change the contract instead.

/** The inputs of the module, which are the variables of the published module. */
export interface CustomRoleInputs {
  /**
   * The ARNs of the AWS Batch job queues that flows may use; empty for no AWS Batch.
   *
   * Must be a list, each item the ARN of an AWS Batch job queue, without a wildcard.
   *
   * @default []
   */
  readonly batchJobQueueArns?: string[];

  /**
   * The ARNs of the roles that AWS Batch jobs may run with (METAFLOW_ECS_S3_ACCESS_IAM_ROLE and, on Fargate,
   * METAFLOW_ECS_FARGATE_EXECUTION_ROLE).
   *
   * Must be a list, each item the ARN of an IAM role, without a wildcard.
   *
   * @default []
   */
  readonly batchJobRoleArns?: string[];

  /**
   * The ARN of the KMS key that encrypts the datastore's bucket.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   */
  readonly datastoreS3BucketKmsKeyArn: string;

  /**
   * The maximum duration of a session with the role, in seconds.
   *
   * Must be a whole number of seconds from 3600 (an hour) to 43200 (12 hours).
   *
   * @default 3600
   */
  readonly maxSessionDuration?: number;

  /** What the role's name begins with. */
  readonly resourcePrefix: string;

  /** What the role's name ends with. */
  readonly resourceSuffix: string;

  /**
   * The ARN of the datastore's bucket.
   *
   * Must be the ARN of a bucket, such as arn:aws:s3:::acme-metaflow.
   */
  readonly s3BucketArn: string;

  /**
   * The folders of the bucket that the role may use; the defaults are the folders in the outputs of the module
   * datastore.
   *
   * Must be a list, each item a folder of the bucket, such as metaflow or teams/forecast, of ASCII letters, digits and
   * !_.'()- without a slash at either end, with one item at least.
   *
   * @default ["metaflow","data"]
   */
  readonly s3Folders?: string[];

  /**
   * Tags of the role.
   *
   * Must be a map of tags: 50 at most (with Name and Metaflow), with keys of 1 to 128 and values of up to 256 letters,
   * digits, spaces and _.:/=+-@ that do not begin with aws:, without two keys that are equal but for their case.
   */
  readonly standardTags: Record<string, string>;

  /**
   * What the names of the user's state machines begin with, before an underscore (METAFLOW_SFN_STATE_MACHINE_PREFIX);
   * empty for every state machine of the account and region.
   *
   * Must be 1 to 60 ASCII letters, digits, underscores and hyphens, or empty.
   *
   * @default ""
   */
  readonly stateMachinePrefix?: string;

  /**
   * The ARNs of the roles that state machines run with (METAFLOW_SFN_IAM_ROLE) and by which they are started
   * (METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE); empty for no AWS Step Functions.
   *
   * Must be a list, each item the ARN of an IAM role, without a wildcard.
   *
   * @default []
   */
  readonly stepFunctionsRoleArns?: string[];

  /**
   * The ARNs of the principals that may assume the role of a Metaflow user; empty for no such role.
   *
   * Must be a list, each item the ARN of an IAM user, role or account (…:root), or of an STS session, without a
   * wildcard.
   */
  readonly userRolePrincipals: string[];
}

/** The outputs of the module. */
export interface CustomRoleOutputs {
  /** The ARN of the role of a Metaflow user; empty where there is none. */
  readonly metaflowUserRoleArn: string;

  /** The name of the role of a Metaflow user; empty where there is none. */
  readonly metaflowUserRoleName: string;
}

/** What the construct does beyond the inputs of the Terraform module. */
export interface CustomRoleOptions {
  /**
   * The ARNs of the SageMaker notebook instances that the user may start, stop and open.
   *
   * Must be a list, each item the ARN of a notebook instance, such as
   * arn:aws:sagemaker:us-west-2:123456789012:notebook-instance/metaflow-notebook-prod.
   *
   * @default - none
   */
  readonly notebookInstanceArns?: string[];

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
