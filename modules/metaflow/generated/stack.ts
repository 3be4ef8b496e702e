// Generated from stack-contract.ts by `npm run generate`; change the contract instead.
import type { MetaflowOptions } from "./interface";

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
   * @default - all of it
   */
  readonly options?: MetaflowOptions;
}
