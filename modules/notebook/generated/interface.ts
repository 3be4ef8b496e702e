// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { IResolvable, ITerraformDependable } from "cdktf";

/** The inputs of the module, which are the variables of the published module. */
export interface NotebookInputs {
  /** The datastore's S3 URL, such as s3://bucket/metaflow. */
  readonly METAFLOW_DATASTORE_SYSROOT_S3: string;

  /** The S3 URL of data of flows, such as s3://bucket/data. */
  readonly METAFLOW_DATATOOLS_S3ROOT: string;

  /** The URL of the metadata service within the VPC, which the notebook calls without an API key. */
  readonly METAFLOW_SERVICE_INTERNAL_URL: string;

  /**
   * The ARN of the KMS key that encrypts the datastore's bucket.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.
   */
  readonly datastoreS3BucketKmsKeyArn: string;

  /**
   * Whether the notebook reaches the internet by way of SageMaker; if false, it reaches what its subnet has a route to.
   *
   * @default false
   */
  readonly directInternetAccess?: boolean | IResolvable;

  /**
   * Further keys of Metaflow's configuration, such as METAFLOW_UI_URL; no secrets, as the script has them in clear
   * text.
   *
   * Must be a map of keys of Metaflow's configuration, METAFLOW_..., none of them METAFLOW_DATASTORE_SYSROOT_S3 or
   * METAFLOW_DATATOOLS_S3ROOT or METAFLOW_DEFAULT_DATASTORE or METAFLOW_DEFAULT_METADATA or
   * METAFLOW_SERVICE_INTERNAL_URL or METAFLOW_SERVICE_URL or METAFLOW_SERVICE_AUTH_KEY.
   *
   * @default {}
   */
  readonly extraConfiguration?: Record<string, string>;

  /**
   * The AWS partition: aws, aws-us-gov for GovCloud, aws-cn for China.
   *
   * Must be one of aws, aws-us-gov, aws-cn, aws-eusc, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f.
   *
   * @default "aws"
   */
  readonly iamPartition?: string;

  /**
   * After how many minutes without a running cell or a request the notebook stops; 0 for never.
   *
   * Must be a whole number from 0 to 10080.
   *
   * @default 60
   */
  readonly idleMinutes?: number;

  /**
   * The notebook's instance type.
   *
   * Must be an instance type of SageMaker, such as ml.t3.medium.
   *
   * @default "ml.t3.medium"
   */
  readonly instanceType?: string;

  /**
   * Whether KMS rotates the key material of the module's own key each year.
   *
   * @default true
   */
  readonly keyRotation?: boolean | IResolvable;

  /**
   * The ARN of the KMS key that encrypts the notebook's volume; empty for a key of the module's own.
   *
   * Must be the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab,
   * or empty.
   *
   * @default ""
   */
  readonly kmsKeyArn?: string;

  /**
   * What pip installs from PyPI where METAFLOW_DATATOOLS_S3ROOT/notebook/ has no wheels; a notebook without a way to
   * PyPI needs the wheels.
   *
   * Must be a requirement of pip, such as metaflow or metaflow==2.19.39.
   *
   * @default "metaflow==2.19.39"
   */
  readonly metaflowPackage?: string;

  /**
   * The id of the VPC that the notebook is in.
   *
   * Must be the id of a VPC, such as vpc-0a1b2c3d4e5f60718.
   */
  readonly metaflowVpcId: string;

  /**
   * The notebook's operating system and JupyterLab; notebook-al2023-v1 needs a version of the AWS provider that knows
   * it.
   *
   * Must be one of notebook-al2-v3, notebook-al2023-v1.
   *
   * @default "notebook-al2-v3"
   */
  readonly platformIdentifier?: string;

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
   * The id of the subnet that the notebook is in.
   *
   * Must be the id of a subnet, such as subnet-0a1b2c3d4e5f60718.
   */
  readonly subnetId: string;

  /**
   * The notebook's volume in GiB, which keeps ~/SageMaker while the notebook is stopped.
   *
   * Must be a whole number from 5 to 16384.
   *
   * @default 20
   */
  readonly volumeSize?: number;
}

/** The outputs of the module. */
export interface NotebookOutputs {
  /** The name of the notebook instance. */
  readonly notebookInstanceName: string;

  /** The ARN of the notebook's role, to which policies can be attached. */
  readonly notebookRoleArn: string;

  /** The id of the notebook's security group. */
  readonly notebookSecurityGroupId: string;

  /**
   * The URL of JupyterLab, for a browser that is signed in to the AWS console (`aws sagemaker
   * create-presigned-notebook-instance-url` makes one for others).
   */
  readonly notebookUrl: string;
}

/** What the construct does beyond the inputs of the Terraform module. */
export interface NotebookOptions {
  /**
   * The policy of the module's own key, in JSON.
   *
   * @default - KMS's default: the account's policies decide
   */
  readonly keyPolicy?: string;

  /**
   * What must exist before the notebook starts, such as VPC endpoints.
   *
   * @default - nothing beyond what the notebook refers to
   */
  readonly startsAfter?: ITerraformDependable[];

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
