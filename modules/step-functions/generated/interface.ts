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
