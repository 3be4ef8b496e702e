import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { joinStack } from "../../lib/aws/join-stack";
import { tags } from "../../lib/aws/tags";
import { pick, readInputs } from "../../lib/contract/inputs";
import { countIf, equal, ifElse } from "../../lib/hcl/functions";
import { instanceAttribute, resource } from "../../lib/synth/addresses";
import { checkedMap } from "../../lib/synth/checked";
import { childModule } from "../../lib/synth/module";
import type { ConstructProps } from "../../lib/synth/providers";
import { commonModule } from "../common/module";
import { computationContract } from "../computation/contract";
import { computationModule } from "../computation/module";
import { datastoreContract } from "../datastore/contract";
import { datastoreModule } from "../datastore/module";
import { metadataServiceContract } from "../metadata-service/contract";
import { metadataServiceModule } from "../metadata-service/module";
import type { MetadataServiceOutputs } from "../metadata-service";
import { stepFunctionsModule } from "../step-functions/module";
import { uiContract } from "../ui/contract";
import { uiModule } from "../ui/module";
import { rootContract } from "./contract";
import type { RootInputs, RootOutputs } from "./generated/interface";
import { jobRole } from "./job-role";
import { rootNames } from "./names";
import { profileJson } from "./profile";

export type { RootInputs, RootOutputs } from "./generated/interface";

/** The props of {@link Root}. */
export interface RootProps extends RootInputs, ConstructProps {}

/** The HCL modules' root module: the five others with the role of jobs. For a new deployment take `Metaflow`. */
export class Root extends Construct implements RootOutputs {
  public readonly METAFLOW_BATCH_JOB_QUEUE: string;
  public readonly METAFLOW_DATASTORE_SYSROOT_S3: string;
  public readonly METAFLOW_DATATOOLS_S3ROOT: string;
  public readonly METAFLOW_ECS_S3_ACCESS_IAM_ROLE: string;
  public readonly METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE: string;
  public readonly METAFLOW_SERVICE_INTERNAL_URL: string;
  public readonly METAFLOW_SERVICE_URL: string;
  public readonly METAFLOW_SFN_DYNAMO_DB_TABLE: string;
  public readonly METAFLOW_SFN_IAM_ROLE: string;
  public readonly apiGatewayRestApiIdKeyId: string;
  public readonly batchComputeEnvironmentSecurityGroupId: string;
  public readonly datastoreS3BucketKmsKeyArn: string;
  public readonly metadataSvcEcsTaskRoleArn: string;
  public readonly metaflowApiGatewayRestApiId: string;
  public readonly metaflowBatchContainerImage: string;
  public readonly metaflowProfileJson: string;
  public readonly metaflowS3BucketArn: string;
  public readonly metaflowS3BucketName: string;
  public readonly migrationFunctionArn: string;
  public readonly uiAlbArn: string;
  public readonly uiAlbDnsName: string;

  public constructor(scope: Construct, id: string, props: RootProps) {
    super(scope, id);
    joinStack(this, props);
    const inputs = readInputs<RootInputs>(this, rootContract, props);
    const ownTags = checkedMap(this, "tags", inputs.tags, tags);
    const names = rootNames(this, inputs);
    const common = {
      resourcePrefix: names.prefix,
      resourceSuffix: names.suffix,
      standardTags: inputs.tags,
    };
    const place = { metaflowVpcId: inputs.vpcId, subnet1Id: inputs.subnet1Id, subnet2Id: inputs.subnet2Id };
    const images = childModule(this, "metaflow-common", commonModule, {});
    const imageOr = (image: string, otherwise: string) => ifElse(equal(image, ""), otherwise, image).string;
    const serviceImage = imageOr(inputs.metadataServiceContainerImage, images.defaultMetadataServiceContainerImage);

    const computation = childModule(this, "metaflow-computation", computationModule, {
      ...pick(
        inputs,
        computationContract,
        "batchClusterName",
        "batchType",
        "computeEnvironmentDesiredVcpus",
        "computeEnvironmentEgressCidrBlocks",
        "computeEnvironmentInstanceTypes",
        "computeEnvironmentMaxVcpus",
        "computeEnvironmentMinVcpus",
        "iamPartition",
        "launchTemplateHttpEndpoint",
        "launchTemplateHttpPutResponseHopLimit",
        "launchTemplateHttpTokens",
      ),
      ...common,
      ...place,
    });
    const datastore = childModule(this, "metaflow-datastore", datastoreModule, {
      ...pick(
        inputs,
        datastoreContract,
        "applyImmediately",
        "bucketKeyEnabled",
        "caCertIdentifier",
        "dbEngineVersion",
        "dbIdentifierPrefix",
        "dbInstanceTags",
        "dbInstanceType",
        "dbParameters",
        "maintenanceWindow",
        "s3BucketName",
      ),
      ...common,
      ...place,
      // The service needs the datastore, too.
      metadataServiceSecurityGroupId: Lazy.stringValue({ produce: () => service.metadataServiceSecurityGroupId }),
    });
    const database = {
      databaseName: datastore.databaseName,
      databasePassword: datastore.databasePassword,
      databaseUsername: datastore.databaseUsername,
      datastoreS3BucketKmsKeyArn: datastore.datastoreS3BucketKmsKeyArn,
      rdsMasterInstanceEndpoint: datastore.rdsMasterInstanceEndpoint,
      s3BucketArn: datastore.s3BucketArn,
      fargateExecutionRoleArn: computation.ecsExecutionRoleArn,
    };
    const service: MetadataServiceOutputs = childModule(this, "metaflow-metadata-service", metadataServiceModule, {
      ...pick(
        inputs,
        metadataServiceContract,
        "accessListCidrBlocks",
        "apiBasicAuth",
        "dbMigrateLambdaRuntime",
        "dbMigrateLambdaZipFile",
        "ecsClusterSettings",
        "iamPartition",
        "loadBalancerNamePrefix",
        "vpcCidrBlocks",
        "withPublicIp",
      ),
      ...common,
      ...place,
      ...database,
      metadataServiceContainerImage: serviceImage,
    });
    const stepFunctions = childModule(this, "metaflow-step-functions", stepFunctionsModule, {
      ...common,
      active: inputs.enableStepFunctions,
      batchJobQueueArn: computation.METAFLOW_BATCH_JOB_QUEUE,
      iamPartition: inputs.iamPartition,
      s3BucketArn: datastore.s3BucketArn,
      s3BucketKmsArn: datastore.datastoreS3BucketKmsKeyArn,
    });
    const ui = childModule(this, "metaflow-ui", uiModule, {
      ...pick(
        inputs,
        uiContract,
        "ecsClusterSettings",
        "extraUiBackendEnvVars",
        "extraUiStaticEnvVars",
        "iamPartition",
        "loadBalancerNamePrefix",
        "uiAllowList",
      ),
      ...common,
      ...place,
      ...database,
      METAFLOW_DATASTORE_SYSROOT_S3: datastore.METAFLOW_DATASTORE_SYSROOT_S3,
      albInternal: inputs.uiAlbInternal,
      certificateArn: inputs.uiCertificateArn,
      cognitoUserPoolArn: inputs.uiCognitoUserPoolArn,
      cognitoUserPoolClientId: inputs.uiCognitoUserPoolClientId,
      cognitoUserPoolDomain: inputs.uiCognitoUserPoolDomain,
      metadataServiceSecurityGroupId: service.metadataServiceSecurityGroupId,
      uiBackendContainerImage: serviceImage,
      uiStaticContainerImage: imageOr(inputs.uiStaticContainerImage, images.defaultUiStaticContainerImage),
    });

    const repository = resource(this, EcrRepository, "metaflow_batch_image", {
      count: countIf(inputs.enableCustomBatchContainerRegistry),
      name: names.repository,
      tags: ownTags,
    });
    const role = jobRole(
      this,
      { ...inputs, tags: ownTags },
      {
        name: names.jobRole,
        bucketArn: datastore.s3BucketArn,
        keyArn: datastore.datastoreS3BucketKmsKeyArn,
        tableArn: stepFunctions.metaflowStepFunctionsDynamodbTableArn,
        place: {
          partition: inputs.iamPartition,
          region: resource(this, DataAwsRegion, "current", {}).id,
          account: resource(this, DataAwsCallerIdentity, "current", {}).accountId,
        },
      },
    );

    this.METAFLOW_BATCH_JOB_QUEUE = computation.METAFLOW_BATCH_JOB_QUEUE;
    this.METAFLOW_DATASTORE_SYSROOT_S3 = datastore.METAFLOW_DATASTORE_SYSROOT_S3;
    this.METAFLOW_DATATOOLS_S3ROOT = datastore.METAFLOW_DATATOOLS_S3ROOT;
    this.METAFLOW_ECS_S3_ACCESS_IAM_ROLE = role.arn;
    this.METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE = stepFunctions.metaflowEventbridgeRoleArn;
    this.METAFLOW_SERVICE_INTERNAL_URL = service.METAFLOW_SERVICE_INTERNAL_URL;
    this.METAFLOW_SERVICE_URL = service.METAFLOW_SERVICE_URL;
    this.METAFLOW_SFN_DYNAMO_DB_TABLE = stepFunctions.metaflowStepFunctionsDynamodbTableName;
    this.METAFLOW_SFN_IAM_ROLE = stepFunctions.metaflowStepFunctionsRoleArn;
    this.apiGatewayRestApiIdKeyId = service.apiGatewayRestApiIdKeyId;
    this.batchComputeEnvironmentSecurityGroupId = computation.batchComputeEnvironmentSecurityGroupId;
    this.datastoreS3BucketKmsKeyArn = datastore.datastoreS3BucketKmsKeyArn;
    this.metadataSvcEcsTaskRoleArn = service.metadataSvcEcsTaskRoleArn;
    this.metaflowApiGatewayRestApiId = service.apiGatewayRestApiId;
    this.metaflowBatchContainerImage = ifElse(
      inputs.enableCustomBatchContainerRegistry,
      instanceAttribute(repository, 0, "repository_url"),
      "",
    ).string;
    this.metaflowS3BucketArn = datastore.s3BucketArn;
    this.metaflowS3BucketName = datastore.s3BucketName;
    this.migrationFunctionArn = service.migrationFunctionArn;
    this.uiAlbArn = ui.albArn;
    this.uiAlbDnsName = ui.albDnsName;
    this.metaflowProfileJson = profileJson(inputs, {
      outputs: this,
      repository,
      executionRoleArn: computation.ecsExecutionRoleArn,
      prefix: names.prefix,
      suffix: names.suffix,
    });
  }
}
