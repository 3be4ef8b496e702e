import { contract, bool, number, string, stringMap, stringList } from "../../lib/contract/contract";
import { requestLimit } from "../../lib/aws/api-gateway";
import { instanceTypes, MOST_VCPUS, volumeSize } from "../../lib/aws/batch";
import { secretArn } from "../../lib/aws/secrets-manager";
import { subnetId, vpcId } from "../../lib/aws/ec2";
import { bucketName, noncurrentDays } from "../../lib/aws/s3";
import { logRetention } from "../../lib/aws/logs";
import { backupRetention, monitoringInterval, passwordVersion } from "../../lib/aws/rds";
import { distinct, emptyOr, listOf, oneOf, wholeNumber } from "../../lib/contract/rules";
import { ipv4Network, vpcNetwork } from "../../lib/aws/networks";
import { policyArn } from "../../lib/aws/iam";
import { sslMode } from "../../lib/aws/postgresql";
import { deploymentTags } from "../../lib/aws/tags";
import { computationContract } from "../computation/contract";
import { customRoleContract } from "../custom-role/contract";
import { metaflowOptions } from "./contract-options";
import { datastoreContract } from "../datastore/contract";
import { metadataServiceContract } from "../metadata-service/contract";
import { additionalEnvironment, additionalSecrets } from "../metadata-service/environment";

const datastore = datastoreContract.inputs;
const service = metadataServiceContract.inputs;

/** The settings and results of a deployment: the variables and outputs of the stack `metaflow`. */
export const metaflowContract = contract({
  construct: "Metaflow",
  description: "Metaflow's infrastructure as one construct, and as a stack",
  inputs: {
    accessListCidrBlocks: { ...service.accessListCidrBlocks, default: [] },
    accessLogBucket: string({
      description:
        "The name of the bucket that receives the access logs of the datastore's bucket and of the load balancer; its " +
        "policy must allow the log delivery of S3 and Elastic Load Balancing. Empty for no access logs",
      default: "",
      rule: emptyOr(bucketName),
    }),
    allowMajorVersionUpgrade: bool({
      description: "Whether a change of {dbEngineVersion} to another major version upgrades the database",
      default: false,
    }),
    apiAccessLogs: bool({ description: "Whether the REST API's requests and errors are logged", default: true }),
    apiBasicAuth: service.apiBasicAuth,
    apiBurst: number({
      description:
        "How many requests may be made with the API key at one time, if {apiRequestsPerSecond} is set; 0 for no such " +
        "limit",
      default: 0,
      rule: requestLimit,
    }),
    apiGatewayAccountRole: bool({
      description:
        "Whether the deployment sets the role with which API Gateway writes logs. An account has one in each region: " +
        "false if it exists already",
      default: true,
    }),
    apiRequestsPerDay: number({
      description: "How many requests may be made with the API key in a day; 0 for no limit",
      default: 0,
      rule: requestLimit,
    }),
    apiRequestsPerSecond: number({
      description:
        "How many requests may be made with the API key in a second, on average; 0 for the account's own limit",
      default: 0,
      rule: requestLimit,
    }),
    applyImmediately: datastore.applyImmediately,
    autoMinorVersionUpgrade: bool({
      description:
        "Whether RDS upgrades the database to newer minor versions in its maintenance windows; false if " +
        "{dbEngineVersion} names them",
      default: true,
    }),
    backupRetentionDays: number({
      description: "How many days automated backups of the database are kept; 0 for none (with Aurora, 1 day)",
      default: 14,
      rule: backupRetention,
    }),
    bucketEvents: bool({
      description: "Whether changes of the bucket's objects are sent to EventBridge, for rules that act on them",
      default: true,
    }),
    bucketKeyEnabled: { ...datastore.bucketKeyEnabled, default: true },
    bucketVersioning: bool({
      description: "Whether the bucket keeps deleted and overwritten objects for {noncurrentVersionDays} days",
      default: true,
    }),
    caCertIdentifier: datastore.caCertIdentifier,
    computeEnvironmentEgressCidrBlocks: computationContract.inputs.computeEnvironmentEgressCidrBlocks,
    computeEnvironmentInstanceTypes: stringList({
      description:
        "The EC2 instance types of the job queue's environment: types (m5.large), families (m5) or optimal, all of x86 or all of " +
        "Graviton; jobs that ask for GPUs need types that have them",
      default: ["c5", "m5", "r5"],
      rule: instanceTypes,
    }),
    computeEnvironmentMaxVcpus: { ...computationContract.inputs.computeEnvironmentMaxVcpus, default: 64 },
    computeEnvironmentMinVcpus: number({
      description: "The vCPUs that the environment keeps while no job runs, which cost as long as they are there",
      default: 0,
      rule: wholeNumber(0, MOST_VCPUS),
    }),
    computeEnvironmentType: string({
      description: "What the environment's instances are: EC2 for on demand, SPOT for spot, which AWS may take back",
      default: "EC2",
      rule: oneOf("EC2", "SPOT"),
    }),
    computeEnvironmentVolumeSize: number({
      description: "The root volume of an instance in GiB, which its jobs' images and files share",
      default: 100,
      rule: volumeSize,
    }),
    createNetwork: bool({
      description:
        "Whether the deployment has its own network; null if {vpcId} decides. Set it if {vpcId} is known only after an " +
        "apply",
      default: null,
    }),
    databasePasswordVersion: number({
      description: "The version of the database's password: a new number makes a new password and restarts the service",
      default: 1,
      rule: passwordVersion,
    }),
    databaseSslMode: string({
      description:
        "libpq's sslmode for the connection to the database, for metadata service images from v2.4.6 on; verify-ca and " +
        "verify-full need an image with RDS's certificates",
      default: "require",
      rule: sslMode,
    }),
    dbEngine: datastore.dbEngine,
    dbEngineVersion: { ...datastore.dbEngineVersion, default: "17" },
    dbIdentifierPrefix: datastore.dbIdentifierPrefix,
    dbInstanceTags: datastore.dbInstanceTags,
    dbInstanceType: { ...datastore.dbInstanceType, default: "db.t4g.small" },
    dbMigrateLambdaRuntime: { ...service.dbMigrateLambdaRuntime, default: "python3.13" },
    dbName: datastore.dbName,
    dbParameters: datastore.dbParameters,
    dbUsername: datastore.dbUsername,
    deletionProtection: bool({
      description:
        "Whether AWS refuses to delete the database and the load balancer; to destroy the deployment, apply false first",
      default: true,
    }),
    ecsClusterSettings: { ...service.ecsClusterSettings, default: { containerInsights: "enabled" } },
    enableCustomBatchContainerRegistry: bool({
      description:
        "Whether there is an ECR repository for the image of jobs (METAFLOW_BATCH_CONTAINER_REGISTRY and METAFLOW_BATCH_CONTAINER_IMAGE), " +
        "which must then have that image",
      default: false,
    }),
    enableStepFunctions: bool({
      description: "Whether flows can be deployed to AWS Step Functions: its roles and a table of their state",
      default: true,
    }),
    flowLogs: bool({
      description: "Whether connections in the deployment's own network are logged",
      default: true,
    }),
    forceDestroyS3Bucket: datastore.forceDestroyS3Bucket,
    jobRolePolicyArns: stringList({
      description: "The ARNs of further IAM policies of the role that jobs run with, such as for data that flows read",
      default: [],
      rule: listOf(policyArn),
    }),
    jobSecretArns: stringList({
      description:
        "The ARNs of the secrets of Secrets Manager that flows may read, wildcards included; where a KMS key of yours encrypts " +
        "one, the key's policy must let the jobs' role decrypt",
      default: [],
      rule: listOf(secretArn),
    }),
    keyRotation: bool({
      description: "Whether KMS rotates the key material of the keys each year",
      default: true,
    }),
    loadBalancerNamePrefix: service.loadBalancerNamePrefix,
    logRetentionDays: number({
      description: "How many days CloudWatch Logs keeps logs; 0 if they never expire",
      default: 365,
      rule: logRetention,
    }),
    maintenanceWindow: datastore.maintenanceWindow,
    metadataServiceContainerImage: {
      ...service.metadataServiceContainerImage,
      default: "netflixoss/metaflow_metadata_service:v2.5.1",
    },
    metadataServiceCpu: service.metadataServiceCpu,
    metadataServiceEnvironment: stringMap({
      description:
        "Environment variables of the metadata service in addition to the deployment's own, such as " +
        "MF_METADATA_DB_TIMEOUT (seconds), MF_METADATA_DB_POOL_MAX or MF_METADATA_DB_SSL_ROOT_CERT_PATH",
      default: {},
      rule: additionalEnvironment,
    }),
    metadataServiceMemory: service.metadataServiceMemory,
    metadataServiceSecrets: stringMap({
      description:
        "Environment variables of the metadata service whose values are secrets, each with the ARN of a secret of " +
        "Secrets Manager or of a parameter of Systems Manager. If your own KMS key encrypts it, the key's policy must " +
        "allow the execution role to decrypt",
      default: {},
      rule: additionalSecrets,
    }),
    migrateAutomatically: bool({
      description:
        "Whether a new {metadataServiceContainerImage} migrates the database's schema in the apply that deploys it",
      default: true,
    }),
    monitoringInterval: number({
      description: "Seconds between two measurements of the database's operating system; 0 for none",
      default: 60,
      rule: monitoringInterval,
    }),
    noncurrentVersionDays: number({
      description: "How many days the bucket keeps deleted and overwritten objects, if {bucketVersioning} is true",
      default: 30,
      rule: noncurrentDays,
    }),
    openApi: bool({
      description:
        "Whether anybody may call the REST API when {apiBasicAuth} is false and {accessListCidrBlocks} is empty; if " +
        "this is false, such an API is refused",
      default: false,
    }),
    performanceInsights: bool({
      description: "Whether RDS records the database's wait events for seven days (Performance Insights)",
      default: true,
    }),
    permissionsBoundaryArn: string({
      description: "The ARN of the permissions boundary of the deployment's roles; empty for none",
      default: "",
      rule: emptyOr(policyArn),
    }),
    resourcePrefix: { ...datastore.resourcePrefix, default: "metaflow-" },
    resourceSuffix: { ...datastore.resourceSuffix, default: "-prod" },
    s3BucketName: string({
      description: "The name of the bucket; empty for <{resourcePrefix}>s3-<account>-<region><{resourceSuffix}>",
      default: "",
      rule: emptyOr(bucketName),
    }),
    standardTags: stringMap({
      description: "Tags of every resource that takes tags",
      default: { application: "metaflow" },
      rule: deploymentTags,
    }),
    stepFunctionsExecutionLogs: bool({
      description:
        "Whether there is a log group for what executions do (METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN), of flows that are deployed with " +
        "--log-execution-history",
      default: true,
    }),
    subnet1Cidr: string({
      description: "The addresses of the first subnet of the deployment's own network",
      default: "10.20.0.0/24",
      rule: vpcNetwork,
    }),
    subnet1Id: string({
      description: "The id of the first subnet, where {vpcId} is given",
      default: "",
      rule: emptyOr(subnetId),
    }),
    subnet2Cidr: string({
      description: "The addresses of the second subnet of the deployment's own network",
      default: "10.20.1.0/24",
      rule: vpcNetwork,
    }),
    subnet2Id: string({
      description: "The id of the second subnet, in another availability zone, where {vpcId} is given",
      default: "",
      rule: emptyOr(subnetId),
    }),
    userRolePrincipals: { ...customRoleContract.inputs.userRolePrincipals, default: [] },
    vpcCidr: string({
      description: "The addresses of the deployment's own network",
      default: "10.20.0.0/16",
      rule: vpcNetwork,
    }),
    vpcCidrBlocks: stringList({
      description:
        "The networks that may reach the service's task, in addition to the deployment's own network. In your VPC they " +
        "must include the load balancer's addresses in the two subnets; empty for the networks of the VPC",
      default: [],
      rule: distinct(listOf(ipv4Network)),
    }),
    vpcEndpoints: bool({
      description:
        "Whether the VPC gets endpoints of the services that the metadata service needs to start (ECR, S3, CloudWatch " +
        "Logs, Secrets Manager) and that jobs need (AWS Batch, ECS, DynamoDB), for subnets without a route to the internet; " +
        "{metadataServiceContainerImage} and the images of jobs must then be in ECR",
      default: false,
    }),
    vpcId: string({
      description:
        "The id of the VPC to deploy to, with {subnet1Id} and {subnet2Id}; empty for a network of the deployment's own",
      default: "",
      rule: emptyOr(vpcId),
    }),
    withPublicIp: bool({
      description:
        "Whether the service's task has a public address; null if it has one only in the deployment's own network, " +
        "whose subnets have no NAT gateway",
      default: null,
    }),
  },
  outputs: {
    METAFLOW_BATCH_JOB_QUEUE: {
      description: "The ARN of the job queue of flows that name no other; empty without {compute}",
    },
    METAFLOW_DATASTORE_SYSROOT_S3: datastoreContract.outputs.METAFLOW_DATASTORE_SYSROOT_S3,
    METAFLOW_DATATOOLS_S3ROOT: datastoreContract.outputs.METAFLOW_DATATOOLS_S3ROOT,
    METAFLOW_DEFAULT_DATASTORE: { description: "Where Metaflow keeps artifacts: s3" },
    METAFLOW_DEFAULT_METADATA: { description: "Where Metaflow keeps metadata: service" },
    METAFLOW_ECS_FARGATE_EXECUTION_ROLE: {
      description: "The ARN of the role by which ECS starts jobs on Fargate; empty where no environment is on Fargate",
    },
    METAFLOW_ECS_S3_ACCESS_IAM_ROLE: {
      description: "The ARN of the role that the steps of flows run with in AWS Batch; empty without {compute}",
    },
    METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE: {
      description:
        "The ARN of the role by which Amazon EventBridge starts scheduled flows; empty where {enableStepFunctions} is false",
    },
    METAFLOW_SERVICE_AUTH_KEY: {
      description: "The API key that callers of the REST API send; empty where {apiBasicAuth} is false",
      sensitive: true,
    },
    METAFLOW_SERVICE_INTERNAL_URL: metadataServiceContract.outputs.METAFLOW_SERVICE_INTERNAL_URL,
    METAFLOW_SERVICE_URL: metadataServiceContract.outputs.METAFLOW_SERVICE_URL,
    METAFLOW_SFN_DYNAMO_DB_TABLE: {
      description: "The name of the table of flows in AWS Step Functions; empty where {enableStepFunctions} is false",
    },
    METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN: {
      description: "The ARN of the log group of executions; empty where {stepFunctionsExecutionLogs} is false",
    },
    METAFLOW_SFN_IAM_ROLE: {
      description: "The ARN of the role that state machines run with; empty where {enableStepFunctions} is false",
    },
    METAFLOW_UI_URL: { description: "The URL of the web interface; only with the option `ui`", optional: true },
    apiGatewayRestApiIdKeyId: metadataServiceContract.outputs.apiGatewayRestApiIdKeyId,
    dashboardUrl: {
      description: "The page of the dashboard in the AWS console; only with the option `dashboard`",
      optional: true,
    },
    datastoreS3BucketKmsKeyArn: datastoreContract.outputs.datastoreS3BucketKmsKeyArn,
    eventBusName: { description: "The name of the event bus; only with the option `eventBus`", optional: true },
    kubernetesRoleArn: {
      description:
        "The ARN of the role of flows' pods, for the annotation eks.amazonaws.com/role-arn of their service account; only with the option `kubernetes`",
      optional: true,
    },
    metadataServiceSecurityGroupId: metadataServiceContract.outputs.metadataServiceSecurityGroupId,
    metaflowProfileJson: {
      description: "The configuration of a Metaflow client, for ~/.metaflowconfig/config_<profile>.json",
      sensitive: true,
    },
    metaflowUserRoleArn: customRoleContract.outputs.metaflowUserRoleArn,
    migrationFunctionArn: metadataServiceContract.outputs.migrationFunctionArn,
    notebookInstanceName: {
      description: "The name of the notebook instance; only with the option `notebook`",
      optional: true,
    },
    notebookRoleArn: { description: "The ARN of the notebook's role; only with the option `notebook`", optional: true },
    notebookUrl: { description: "The URL of the notebook; only with the option `notebook`", optional: true },
    rdsMasterInstanceEndpoint: datastoreContract.outputs.rdsMasterInstanceEndpoint,
    s3BucketArn: datastoreContract.outputs.s3BucketArn,
    s3BucketName: datastoreContract.outputs.s3BucketName,
    subnet1Id: { description: "The id of the first subnet" },
    subnet2Id: { description: "The id of the second subnet" },
    uiLoadBalancerDnsName: {
      description: "The DNS name of the web interface's load balancer; only with the option `ui`",
      optional: true,
    },
    uiLoadBalancerZoneId: {
      description: "The Route 53 zone of that DNS name, for an alias record; only with the option `ui`",
      optional: true,
    },
    uiUserPoolId: {
      description: "The id of the user pool of the deployment's own; only with `ownUserPool` of the option `ui`",
      optional: true,
    },
    vpcId: { description: "The id of the VPC" },
  },
  options: metaflowOptions,
});
