import { bool, contract, string, stringMap } from "../../lib/contract/contract";
import { tags } from "../../lib/aws/tags";
import { computationContract } from "../computation/contract";
import { datastoreContract } from "../datastore/contract";
import { metadataServiceContract } from "../metadata-service/contract";
import { stepFunctionsContract } from "../step-functions/contract";
import { uiContract } from "../ui/contract";

const { inputs: computation } = computationContract;
const { inputs: datastore } = datastoreContract;
const { inputs: service } = metadataServiceContract;
const { inputs: ui } = uiContract;

/** The inputs and outputs of the module `root`. */
export const rootContract = contract({
  construct: "Root",
  description: "The root module of the HCL modules",
  inputs: {
    accessListCidrBlocks: { ...service.accessListCidrBlocks, default: [] },
    apiBasicAuth: service.apiBasicAuth,
    applyImmediately: datastore.applyImmediately,
    batchClusterName: computation.batchClusterName,
    batchType: computation.batchType,
    bucketKeyEnabled: datastore.bucketKeyEnabled,
    caCertIdentifier: datastore.caCertIdentifier,
    computeEnvironmentDesiredVcpus: { ...computation.computeEnvironmentDesiredVcpus, default: 8 },
    computeEnvironmentEgressCidrBlocks: computation.computeEnvironmentEgressCidrBlocks,
    computeEnvironmentInstanceTypes: {
      ...computation.computeEnvironmentInstanceTypes,
      default: ["c4.large", "c4.xlarge", "c4.2xlarge", "c4.4xlarge", "c4.8xlarge"],
    },
    computeEnvironmentMaxVcpus: { ...computation.computeEnvironmentMaxVcpus, default: 64 },
    computeEnvironmentMinVcpus: { ...computation.computeEnvironmentMinVcpus, default: 8 },
    dbEngineVersion: datastore.dbEngineVersion,
    dbIdentifierPrefix: datastore.dbIdentifierPrefix,
    dbInstanceTags: datastore.dbInstanceTags,
    dbInstanceType: datastore.dbInstanceType,
    dbMigrateLambdaRuntime: service.dbMigrateLambdaRuntime,
    dbMigrateLambdaZipFile: service.dbMigrateLambdaZipFile,
    dbParameters: datastore.dbParameters,
    ecsClusterSettings: service.ecsClusterSettings,
    enableCustomBatchContainerRegistry: bool({
      description: "Whether there is an ECR repository for the image of jobs",
      default: false,
    }),
    enableStepFunctions: bool({ description: "Whether flows can be deployed to AWS Step Functions" }),
    extraUiBackendEnvVars: ui.extraUiBackendEnvVars,
    extraUiStaticEnvVars: ui.extraUiStaticEnvVars,
    iamPartition: service.iamPartition,
    launchTemplateHttpEndpoint: computation.launchTemplateHttpEndpoint,
    launchTemplateHttpPutResponseHopLimit: computation.launchTemplateHttpPutResponseHopLimit,
    launchTemplateHttpTokens: computation.launchTemplateHttpTokens,
    loadBalancerNamePrefix: service.loadBalancerNamePrefix,
    maintenanceWindow: datastore.maintenanceWindow,
    metadataServiceContainerImage: {
      ...service.metadataServiceContainerImage,
      description:
        "The container image of the metadata service and of the web interface's backend; empty for the default of the module common",
    },
    resourcePrefix: string({
      description: "What the names of the resources begin with, followed by a hyphen",
      default: "metaflow",
      typeless: true,
    }),
    resourceSuffix: string({
      description: "What the names of the resources end with, after a hyphen",
      default: "",
      typeless: true,
    }),
    s3BucketName: datastore.s3BucketName,
    subnet1Id: service.subnet1Id,
    subnet2Id: service.subnet2Id,
    tags: stringMap({ description: "Tags of every resource that takes tags", nullable: true, rule: tags }),
    uiAlbInternal: ui.albInternal,
    uiAllowList: ui.uiAllowList,
    uiCertificateArn: ui.certificateArn,
    uiCognitoUserPoolArn: ui.cognitoUserPoolArn,
    uiCognitoUserPoolClientId: ui.cognitoUserPoolClientId,
    uiCognitoUserPoolDomain: ui.cognitoUserPoolDomain,
    uiStaticContainerImage: ui.uiStaticContainerImage,
    vpcCidrBlocks: service.vpcCidrBlocks,
    vpcId: service.metaflowVpcId,
    withPublicIp: { ...service.withPublicIp, default: false },
  },
  outputs: {
    METAFLOW_BATCH_JOB_QUEUE: computationContract.outputs.METAFLOW_BATCH_JOB_QUEUE,
    METAFLOW_DATASTORE_SYSROOT_S3: datastoreContract.outputs.METAFLOW_DATASTORE_SYSROOT_S3,
    METAFLOW_DATATOOLS_S3ROOT: datastoreContract.outputs.METAFLOW_DATATOOLS_S3ROOT,
    METAFLOW_ECS_S3_ACCESS_IAM_ROLE: { description: "The ARN of the jobs' role" },
    METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE: stepFunctionsContract.outputs.metaflowEventbridgeRoleArn,
    METAFLOW_SERVICE_INTERNAL_URL: metadataServiceContract.outputs.METAFLOW_SERVICE_INTERNAL_URL,
    METAFLOW_SERVICE_URL: metadataServiceContract.outputs.METAFLOW_SERVICE_URL,
    METAFLOW_SFN_DYNAMO_DB_TABLE: stepFunctionsContract.outputs.metaflowStepFunctionsDynamodbTableName,
    METAFLOW_SFN_IAM_ROLE: stepFunctionsContract.outputs.metaflowStepFunctionsRoleArn,
    apiGatewayRestApiIdKeyId: metadataServiceContract.outputs.apiGatewayRestApiIdKeyId,
    batchComputeEnvironmentSecurityGroupId: computationContract.outputs.batchComputeEnvironmentSecurityGroupId,
    datastoreS3BucketKmsKeyArn: datastoreContract.outputs.datastoreS3BucketKmsKeyArn,
    metadataSvcEcsTaskRoleArn: metadataServiceContract.outputs.metadataSvcEcsTaskRoleArn,
    metaflowApiGatewayRestApiId: metadataServiceContract.outputs.apiGatewayRestApiId,
    metaflowBatchContainerImage: { description: "The URL of the ECR repository; empty where there is none" },
    metaflowProfileJson: {
      description:
        "Metaflow's profile as JSON, with a command in place of the API key, for ~/.metaflowconfig/config_<profile>.json",
    },
    metaflowS3BucketArn: datastoreContract.outputs.s3BucketArn,
    metaflowS3BucketName: datastoreContract.outputs.s3BucketName,
    migrationFunctionArn: metadataServiceContract.outputs.migrationFunctionArn,
    uiAlbArn: uiContract.outputs.albArn,
    uiAlbDnsName: uiContract.outputs.albDnsName,
  },
});
