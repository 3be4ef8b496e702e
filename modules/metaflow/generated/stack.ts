// Generated from stack-contract.ts by `npm run generate`; change the contract instead.
import type { MetaflowOptions } from "./interface";

/** The role by which Terraform reaches a stack's state. */
export interface StateBackendRole {
  /**
   * The role's ARN.
   *
   * Must be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/ecs-execution.
   */
  readonly roleArn: string;

  /**
   * The external id that the role's trust policy asks for.
   *
   * Must be 2 to 1224 letters, digits and _+=,.@:/-.
   *
   * @default - none
   */
  readonly externalId?: string;

  /**
   * The name of the session, for CloudTrail.
   *
   * Must be 2 to 64 letters, digits and _+=,.@-.
   *
   * @default - one that Terraform makes
   */
  readonly sessionName?: string;
}

/** Where Terraform keeps a stack's state: an S3 bucket, with a lock beside the state. */
export interface StateBackend {
  /**
   * The bucket.
   *
   * Must be 3 to 63 lowercase letters, digits, hyphens and dots, beginning and ending with a letter or digit, without
   * two dots in a row, the format of an IP address, or a prefix or suffix that S3 reserves.
   */
  readonly bucket: string;

  /** The state's key in the bucket. */
  readonly key: string;

  /**
   * The bucket's region.
   *
   * Must be an AWS region, such as us-west-2.
   */
  readonly region: string;

  /**
   * The KMS key that encrypts the state.
   *
   * @default - the bucket's own encryption
   */
  readonly kmsKeyId?: string;

  /**
   * The AWS profile that reaches the bucket.
   *
   * @default - the credentials of the environment, as for the deployment
   */
  readonly profile?: string;

  /**
   * The role that Terraform assumes to reach the bucket, such as one of another account.
   *
   * @default - none
   */
  readonly assumeRole?: StateBackendRole;
}

/** What the construct does beyond the inputs of the Terraform module. */
export interface MetaflowStackOptions {
  /**
   * Where the state is kept.
   *
   * @default - in a file, `terraform.tfstate`, beside the stack's configuration
   */
  readonly backend?: StateBackend;

  /**
   * What the deployment does beyond its settings.
   *
   * @default - each option has its own default
   */
  readonly options?: MetaflowOptions;
}
