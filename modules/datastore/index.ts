import { Construct } from "constructs";
import { readInputs } from "../../lib/contract/inputs";
import { readOptions } from "../../lib/contract/options";
import { artifactBucket } from "./bucket";
import { checkedMaps } from "./checks";
import { datastoreContract } from "./contract";
import { database } from "./database";
import type { DatastoreInputs, DatastoreOutputs } from "./generated/interface";
import { datastoreNames } from "./names";
import type { DatastoreOptions } from "./generated/interface";
import { generatedPassword } from "./password";

export type * from "./generated/interface";

/** The props of {@link Datastore}. */
export interface DatastoreProps extends DatastoreInputs, DatastoreOptions {}

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

  /** The ARN of the KMS key that encrypts the database. */
  public readonly databaseKmsKeyArn: string;

  public constructor(scope: Construct, id: string, given: DatastoreProps) {
    super(scope, id);
    const props = readOptions(this, datastoreContract.options, given);
    const inputs = checkedMaps(this, readInputs<DatastoreInputs>(this, datastoreContract, props));
    const password = props.writeOnlyPassword ? undefined : generatedPassword(this, props.passwordVersion);
    const names = datastoreNames(this, inputs);
    const { bucket, key } = artifactBucket(this, inputs, names, props);

    this.METAFLOW_DATASTORE_SYSROOT_S3 = `s3://${bucket.bucket}/metaflow`;
    this.METAFLOW_DATATOOLS_S3ROOT = `s3://${bucket.bucket}/data`;
    this.databaseName = inputs.dbName;
    this.databasePassword = (props.writeOnlyPassword?.value ?? password?.result) as string;
    this.databaseUsername = inputs.dbUsername;
    this.datastoreS3BucketKmsKeyArn = key.arn;
    const { endpoint, key: databaseKey } = database(this, inputs, names, password, props);
    this.rdsMasterInstanceEndpoint = endpoint;
    this.databaseKmsKeyArn = databaseKey.arn;
    this.s3BucketArn = bucket.arn;
    this.s3BucketName = bucket.bucket;
  }
}
