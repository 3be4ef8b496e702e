import { Password } from "@cdktf/provider-random/lib/password";
import { Pet } from "@cdktf/provider-random/lib/pet";
import { Construct } from "constructs";
import { resource } from "../../lib/addresses";
import { readInputs } from "../../lib/inputs";
import { artifactBucket } from "./bucket";
import { datastoreContract } from "./contract";
import { database } from "./database";
import type { DatastoreInputs, DatastoreOutputs } from "./interface";
import { datastoreNames } from "./names";

export { datastoreContract } from "./contract";
export type { DatastoreInputs, DatastoreOutputs } from "./interface";

/** The props of {@link Datastore}. */
export type DatastoreProps = DatastoreInputs;

/** Metaflow's datastore: the bucket of its artifacts, and the database of its metadata service. */
export class Datastore extends Construct implements DatastoreOutputs {
  public readonly METAFLOW_DATASTORE_SYSROOT_S3: string;
  public readonly METAFLOW_DATATOOLS_S3ROOT: string;
  public readonly databaseName: string;
  public readonly databasePassword: string;
  public readonly databaseUsername: string;
  public readonly datastoreS3BucketKmsKeyArn: string;
  public readonly rdsMasterInstanceEndpoint: string;
  public readonly s3BucketArn: string;
  public readonly s3BucketName: string;

  public constructor(scope: Construct, id: string, props: DatastoreProps) {
    super(scope, id);
    const inputs = readInputs(this, datastoreContract, props);
    const password = resource(this, Password, "this", {
      length: 64,
      special: true,
      overrideSpecial: SPECIAL_CHARACTERS,
    });
    const snapshotSuffix = resource(this, Pet, "final_snapshot_id", {});
    const names = datastoreNames(this, inputs, snapshotSuffix.id);
    const { bucket, key } = artifactBucket(this, inputs, names);

    this.METAFLOW_DATASTORE_SYSROOT_S3 = `s3://${bucket.bucket}/metaflow`;
    this.METAFLOW_DATATOOLS_S3ROOT = `s3://${bucket.bucket}/data`;
    this.databaseName = inputs.dbName;
    this.databasePassword = password.result;
    this.databaseUsername = inputs.dbUsername;
    this.datastoreS3BucketKmsKeyArn = key.arn;
    this.rdsMasterInstanceEndpoint = database(this, inputs, names, password);
    this.s3BucketArn = bucket.arn;
    this.s3BucketName = bucket.bucket;
  }
}

/**
 * What RDS takes in a master password beside letters and digits.
 * Source: "Quotas and constraints for Amazon RDS" in the Amazon RDS User Guide.
 */
const SPECIAL_CHARACTERS = "!#$%&*()-_=+[]{}<>:?";
