// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable } from "cdktf";

/** The inputs of the module, which are the variables of the published module. */
export interface StepFunctionsInputs {
  /**
   * Whether the module has any resource.
   *
   * @default false
   */
  readonly active?: boolean | IResolvable;

  /**
   * The ARN of the AWS Batch job queue for the steps of a flow.
   *
   * Must be the ARN of an AWS Batch job queue, without a wildcard.
   */
  readonly batchJobQueueArn: string;

  /**
   * The AWS partition: aws, aws-us-gov for GovCloud, aws-cn for China.
   *
   * Must be one of aws, aws-us-gov, aws-cn, aws-eusc, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f.
   *
   * @default "aws"
   */
  readonly iamPartition?: string;

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
   * The ARN of the KMS key that encrypts the datastore's bucket.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   */
  readonly s3BucketKmsArn: string;

  /**
   * Tags of every resource that takes tags.
   *
   * Must be a map of tags: 50 at most (with Name and Metaflow), with keys of 1 to 128 and values of up to 256 letters,
   * digits, spaces and _.:/=+-@ that do not begin with aws:, without two keys that are equal but for their case.
   */
  readonly standardTags: Record<string, string>;
}

/** The outputs of the module. */
export interface StepFunctionsOutputs {
  /**
   * The ARN of the role with which Amazon EventBridge starts scheduled flows (METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE);
   * empty where the module is not active.
   */
  readonly metaflowEventbridgeRoleArn: string;

  /** The policy, as JSON, that lets the jobs of a flow use the table; empty where the module is not active. */
  readonly metaflowStepFunctionsDynamodbPolicy: string;

  /** The ARN of the table; empty where the module is not active. */
  readonly metaflowStepFunctionsDynamodbTableArn: string;

  /**
   * The name of the table in which flows keep the state of their executions (METAFLOW_SFN_DYNAMO_DB_TABLE); empty where
   * the module is not active.
   */
  readonly metaflowStepFunctionsDynamodbTableName: string;

  /** The ARN of the state machines' role (METAFLOW_SFN_IAM_ROLE); empty where the module is not active. */
  readonly metaflowStepFunctionsRoleArn: string;
}

/** The log group of executions. */
export interface ExecutionLogs {
  /** Whether there is one. */
  readonly enabled: boolean | IResolvable;

  /**
   * How long the log is kept, in days, one of the numbers that CloudWatch Logs has; 0 for no expiry.
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
export interface StepFunctionsOptions {
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
   * A log group for the executions of flows that `step-functions create --log-execution-history` deploys
   * (METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN).
   *
   * @default - none
   */
  readonly executionLogs?: ExecutionLogs;

  /**
   * The ARNs of further job queues that the steps of a flow are sent to; used with `leastPrivilege`.
   *
   * Must be a list, each item the ARN of an AWS Batch job queue, without a wildcard.
   *
   * @default - none
   */
  readonly furtherJobQueueArns?: string[];

  /**
   * Whether the roles may do only what flows need: the state machines of `stateMachinePrefix`, Metaflow's own job
   * definitions, and the trust of this account alone. It adds what the module lacks: jobs may be tagged, and a
   * distributed map may start its executions and encrypt their results.
   *
   * @default false
   */
  readonly leastPrivilege?: boolean;

  /**
   * What the names of the state machines begin with, before an underscore (METAFLOW_SFN_STATE_MACHINE_PREFIX); used
   * with `leastPrivilege`.
   *
   * Must be 1 to 60 ASCII letters, digits, underscores and hyphens.
   *
   * @default - every state machine of the account and region
   */
  readonly stateMachinePrefix?: string;

  /**
   * Whether the table can be restored to any second of the last 35 days (point-in-time recovery).
   *
   * @default false
   */
  readonly tableRecovery?: boolean | IResolvable;

  /**
   * The ARN of the KMS key that encrypts the table, which the users of the table need to be able to use.
   *
   * @default - DynamoDB's key in the account, `alias/aws/dynamodb`
   */
  readonly tableKeyArn?: string;
}
