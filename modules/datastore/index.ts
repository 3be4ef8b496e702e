import type { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import type { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import type { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import type { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { joinStack } from "../../lib/aws/join-stack";
import { isAbsent } from "../../lib/synth/addresses";
import { readInputs } from "../../lib/contract/inputs";
import type { Known } from "../../lib/hcl/expression";
import { isAurora } from "../../lib/aws/rds";
import { readOptions } from "../../lib/contract/options";
import type { ConstructProps } from "../../lib/synth/providers";
import { artifactBucket, existingBucket } from "./bucket";
import { checkedMaps } from "./checks";
import { datastoreContract } from "./contract";
import { database } from "./database";
import { existingDatabase } from "./existing-database";
import type { DatastoreInputs, DatastoreOutputs } from "./generated/interface";
import { bucketNameOf, databaseNames } from "./names";
import { checkOptions } from "./own-checks";
import type { DatastoreOptions } from "./generated/interface";
import { generatedPassword } from "./password";

export type * from "./generated/interface";

/** The props of {@link Datastore}. */
export interface DatastoreProps
  extends Omit<DatastoreInputs, "metadataServiceSecurityGroupId">, DatastoreOptions, ConstructProps {
  /** The id of the metadata service's security group, which the database admits. Without it, {@link Datastore.allowFrom} says whom. */
  readonly metadataServiceSecurityGroupId?: string;
}

/** In the place of who is admitted to a database that is there, by a rule of its owner's. */
const NOBODY = "sg-none";

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

  /** The ARN of the KMS key that encrypts the database; empty where that is `existingDatabase`. */
  public readonly databaseKmsKeyArn: string;
  /** The secret of the password of `existingDatabase`, for `databasePasswordSecret` of the metadata service; undefined without. */
  public readonly databasePasswordSecret?: string;
  /** The port of `existingDatabase`, for `databasePort` of the metadata service; undefined without. */
  public readonly databasePort?: number;

  /** The bucket of artifacts and data. There is none where it is `existingBucketArn`, nor its key; likewise the database below. */
  public readonly bucket: S3Bucket;
  /** The KMS key that encrypts the bucket. */
  public readonly bucketKey: KmsKey;
  /** The KMS key that encrypts the database. */
  public readonly databaseKey: KmsKey;
  /** The subnets of the database. */
  public readonly subnetGroup: DbSubnetGroup;
  /** The security group of the database. */
  public readonly securityGroup: SecurityGroup;
  /** The parameters of an instance, which have a count: one where `dbParameters` has any. */
  public readonly parameterGroup: DbParameterGroup;
  /** The instance of RDS, which has a count: none where `dbEngine` is Aurora. */
  public readonly instance: DbInstance;
  /** The cluster of Aurora, which has a count: one where `dbEngine` is Aurora. */
  public readonly cluster: RdsCluster;
  /** The instance in the cluster, which has a count: one where `dbEngine` is Aurora. */
  public readonly clusterInstance: RdsClusterInstance;
  private readonly isAurora: Known | undefined;
  private caller?: { id?: string };

  public constructor(scope: Construct, id: string, given: DatastoreProps) {
    super(scope, id);
    joinStack(this, given);
    const props = readOptions(this, datastoreContract.options, given);
    checkOptions(this, given);
    const { existingBucketArn, existingDatabase: existing } = props;
    const caller = props.metadataServiceSecurityGroupId ?? (existing ? NOBODY : this.callerToCome());
    const values = { ...props, metadataServiceSecurityGroupId: caller };
    const inputs = checkedMaps(this, readInputs<DatastoreInputs>(this, datastoreContract, values));
    const password = existing || props.writeOnlyPassword ? undefined : generatedPassword(this, props.passwordVersion);
    const bucketName = existingBucketArn === undefined ? bucketNameOf(this, inputs) : undefined;
    const names = existing ? undefined : databaseNames(this, inputs);
    const store =
      bucketName === undefined ? existingBucket(this, props) : artifactBucket(this, inputs, bucketName, props);

    this.METAFLOW_DATASTORE_SYSROOT_S3 = `s3://${store.name}/metaflow`;
    this.METAFLOW_DATATOOLS_S3ROOT = `s3://${store.name}/data`;
    this.databaseName = existing ? (existing.name ?? "metaflow") : inputs.dbName;
    this.databasePassword = props.writeOnlyPassword?.value ?? password?.result ?? "";
    this.databaseUsername = existing?.username ?? inputs.dbUsername;
    this.databasePasswordSecret = existing?.passwordSecretArn;
    this.databasePort = existing?.port;
    this.datastoreS3BucketKmsKeyArn = store.keyArn;
    this.bucket = store.bucket;
    this.bucketKey = store.key;
    const parts = names ? database(this, inputs, names, password, props) : existingDatabase(this, props);
    this.databaseKey = parts.key;
    this.subnetGroup = parts.subnetGroup;
    this.securityGroup = parts.securityGroup;
    this.parameterGroup = parts.parameterGroup;
    this.instance = parts.instance;
    this.cluster = parts.cluster;
    this.clusterInstance = parts.clusterInstance;
    this.isAurora = isAurora(inputs.dbEngine).evaluate();
    this.rdsMasterInstanceEndpoint = parts.endpoint;
    this.databaseKmsKeyArn = parts.keyArn;
    this.s3BucketArn = store.arn;
    this.s3BucketName = store.name;
  }

  /**
   * Admits a metadata service to the database: of the two, the datastore can be made first, whose outputs the service needs.
   *
   * @throws Error where `metadataServiceSecurityGroupId` was given, another service was admitted, or the database is `existingDatabase`
   */
  public allowFrom(service: { readonly metadataServiceSecurityGroupId: string }): void {
    if (isAbsent(this.instance) && isAbsent(this.cluster)) {
      throw new Error(
        `${this.node.path}.allowFrom: the database is that of existingDatabase; a rule of its owner's admits the metadata service.`,
      );
    }
    if (this.caller === undefined || this.caller.id !== undefined) {
      throw new Error(`${this.node.path}.allowFrom: a metadata service is admitted already; the database has one.`);
    }
    this.caller.id = service.metadataServiceSecurityGroupId;
  }

  /** The security group of whom {@link allowFrom} is called with. */
  private callerToCome(): string {
    const caller: { id?: string } = {};
    const missing =
      "metadataServiceSecurityGroupId (metadata_service_security_group_id) is required: give it, or call allowFrom(service) with the " +
      "metadata service.";
    this.caller = caller;
    this.node.addValidation({ validate: () => (caller.id === undefined ? [missing] : []) });
    return Lazy.stringValue({
      produce: () => {
        if (caller.id === undefined) throw new Error(`Datastore at ${this.node.path}: ${missing}`);
        return caller.id;
      },
    });
  }

  /**
   * The database: the instance of RDS, or the cluster of Aurora.
   *
   * @throws Error where `dbEngine` is a token, by which it is not known which of the two there is: take `instance` or `cluster`
   */
  public get database(): DbInstance | RdsCluster {
    if (this.isAurora === undefined) {
      throw new Error(
        `${this.node.path}.database: dbEngine is known to Terraform alone; take instance or cluster, of which one is there.`,
      );
    }
    return this.isAurora ? this.cluster : this.instance;
  }
}
