import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { local, resource } from "../../lib/addresses";
import type { Operand } from "../../lib/expression";
import { coalesce, concat, differ, ifElse, jsonencode, merge } from "../../lib/functions";
import { readInputs, type Inputs } from "../../lib/inputs";
import { Datastore } from "../datastore";
import { MetadataService, type MetadataServiceOptions } from "../metadata-service";
import { metaflowContract } from "./contract";
import { ExecutionRole, type Location } from "./execution-role";
import type { MetaflowInputs, MetaflowOutputs } from "./interface";
import { Network } from "./network";

export { metaflowContract } from "./contract";
export type { MetaflowInputs, MetaflowOutputs } from "./interface";

/** The props of {@link Metaflow}, each with a default. */
export interface MetaflowProps extends MetaflowInputs, Pick<MetadataServiceOptions, "migrationSource"> {}

/** All of Metaflow's infrastructure: the datastore and the metadata service, with the network and role they need. */
export class Metaflow extends Construct implements MetaflowOutputs {
  public readonly METAFLOW_DATASTORE_SYSROOT_S3: string;
  public readonly METAFLOW_DATATOOLS_S3ROOT: string;
  public readonly METAFLOW_DEFAULT_DATASTORE = "s3";
  public readonly METAFLOW_DEFAULT_METADATA = "service";
  public readonly METAFLOW_SERVICE_AUTH_KEY: string;
  public readonly METAFLOW_SERVICE_INTERNAL_URL: string;
  public readonly METAFLOW_SERVICE_URL: string;
  public readonly apiGatewayRestApiIdKeyId: string;
  public readonly metaflowProfileJson: string;
  public readonly migrationFunctionArn: string;
  public readonly rdsMasterInstanceEndpoint: string;
  public readonly s3BucketName: string;
  public readonly subnet1Id: string;
  public readonly subnet2Id: string;
  public readonly vpcId: string;

  public constructor(scope: Construct, id: string, props: MetaflowProps = {}) {
    super(scope, id);
    const inputs = readInputs<MetaflowInputs>(this, metaflowContract, props);
    const location: Location = {
      partition: resource(this, DataAwsPartition, "current", {}).partition,
      region: resource(this, DataAwsRegion, "current", {}).id,
      account: resource(this, DataAwsCallerIdentity, "current", {}).accountId,
    };
    const network = new Network(this, "network", inputs);
    const executionRole = new ExecutionRole(this, "execution_role", inputs, location);

    const place = { metaflowVpcId: network.vpcId, subnet1Id: network.subnet1Id, subnet2Id: network.subnet2Id };
    const datastore = new Datastore(this, "datastore", {
      ...inputs,
      ...place,
      s3BucketName: bucketName(this, inputs, location),
      // The database admits the service, which needs the database's address: one of them must come first.
      metadataServiceSecurityGroupId: Lazy.stringValue({ produce: () => service.metadataServiceSecurityGroupId }),
    });
    const service: MetadataService = new MetadataService(this, "metadata_service", {
      ...inputs,
      ...place,
      databaseName: datastore.databaseName,
      databasePassword: datastore.databasePassword,
      databaseUsername: datastore.databaseUsername,
      datastoreS3BucketKmsKeyArn: datastore.datastoreS3BucketKmsKeyArn,
      fargateExecutionRoleArn: executionRole.arn,
      iamPartition: location.partition,
      migrationSource: props.migrationSource,
      rdsMasterInstanceEndpoint: datastore.rdsMasterInstanceEndpoint,
      s3BucketArn: datastore.s3BucketArn,
      vpcCidrBlocks: network.cidrBlocks,
      withPublicIp: coalesce(inputs.withPublicIp, network.isOwn),
    });

    this.METAFLOW_DATASTORE_SYSROOT_S3 = datastore.METAFLOW_DATASTORE_SYSROOT_S3;
    this.METAFLOW_DATATOOLS_S3ROOT = datastore.METAFLOW_DATATOOLS_S3ROOT;
    this.METAFLOW_SERVICE_AUTH_KEY = service.apiKeyValue;
    this.METAFLOW_SERVICE_INTERNAL_URL = service.METAFLOW_SERVICE_INTERNAL_URL;
    this.METAFLOW_SERVICE_URL = service.METAFLOW_SERVICE_URL;
    this.apiGatewayRestApiIdKeyId = service.apiGatewayRestApiIdKeyId;
    this.migrationFunctionArn = service.migrationFunctionArn;
    this.rdsMasterInstanceEndpoint = datastore.rdsMasterInstanceEndpoint;
    this.s3BucketName = datastore.s3BucketName;
    this.subnet1Id = network.subnet1Id;
    this.subnet2Id = network.subnet2Id;
    this.vpcId = network.vpcId;
    this.metaflowProfileJson = profile(this, inputs.apiBasicAuth);
  }
}

/** Buckets share one namespace across accounts, and so the default name has the account and region in it. */
function bucketName(scope: Construct, inputs: Inputs<MetaflowInputs>, { account, region }: Location): string {
  const { resourcePrefix, resourceSuffix, s3BucketName } = inputs;
  const name = concat(resourcePrefix, "s3-", account, "-", region, resourceSuffix);
  return local(scope, "s3_bucket_name", ifElse(differ(s3BucketName, ""), s3BucketName, name)).asString;
}

/** What a Metaflow client reads of its configuration file; the key only where there is one. */
function profile(outputs: Omit<MetaflowOutputs, "metaflowProfileJson">, hasKey: Operand): string {
  const { METAFLOW_DATASTORE_SYSROOT_S3, METAFLOW_DATATOOLS_S3ROOT, METAFLOW_SERVICE_AUTH_KEY } = outputs;
  const { METAFLOW_DEFAULT_DATASTORE, METAFLOW_DEFAULT_METADATA } = outputs;
  const { METAFLOW_SERVICE_INTERNAL_URL, METAFLOW_SERVICE_URL } = outputs;
  return jsonencode(
    merge(
      {
        METAFLOW_DATASTORE_SYSROOT_S3,
        METAFLOW_DATATOOLS_S3ROOT,
        METAFLOW_DEFAULT_DATASTORE,
        METAFLOW_DEFAULT_METADATA,
        METAFLOW_SERVICE_INTERNAL_URL,
        METAFLOW_SERVICE_URL,
      },
      ifElse(hasKey, { METAFLOW_SERVICE_AUTH_KEY }, {}),
    ),
  );
}
