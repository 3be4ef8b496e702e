// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { datastoreContract } from "../contract";
import type { DatastoreInputs, DatastoreOutputs } from "./interface";

/** The props of {@link DatastoreModule}. */
export interface DatastoreModuleProps extends DatastoreInputs, ModuleCallProps {}

/** A call of the published Terraform module `datastore`, with the props and outputs of the construct of that name. */
export class DatastoreModule extends ModuleCall implements DatastoreOutputs {
  public constructor(scope: Construct, id: string, props: DatastoreModuleProps) {
    super(scope, id, datastoreContract, props);
  }

  /** The S3 URL of Metaflow's datastore. */
  public get METAFLOW_DATASTORE_SYSROOT_S3(): string {
    return this.getString("METAFLOW_DATASTORE_SYSROOT_S3");
  }

  /** The S3 URL of Metaflow's data tools. */
  public get METAFLOW_DATATOOLS_S3ROOT(): string {
    return this.getString("METAFLOW_DATATOOLS_S3ROOT");
  }

  /** The name of the database. */
  public get databaseName(): string {
    return this.getString("database_name");
  }

  /**
   * The password of the database's master user.
   *
   * Sensitive.
   */
  public get databasePassword(): string {
    return this.getString("database_password");
  }

  /** The database's master user. */
  public get databaseUsername(): string {
    return this.getString("database_username");
  }

  /** The ARN of the KMS key that encrypts the bucket. */
  public get datastoreS3BucketKmsKeyArn(): string {
    return this.getString("datastore_s3_bucket_kms_key_arn");
  }

  /** The database's endpoint: address:port of an instance, the address alone of an Aurora cluster. */
  public get rdsMasterInstanceEndpoint(): string {
    return this.getString("rds_master_instance_endpoint");
  }

  /** The ARN of the bucket. */
  public get s3BucketArn(): string {
    return this.getString("s3_bucket_arn");
  }

  /** The name of the bucket. */
  public get s3BucketName(): string {
    return this.getString("s3_bucket_name");
  }
}
