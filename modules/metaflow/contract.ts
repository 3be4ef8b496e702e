import {
  contract,
  bool,
  number,
  string,
  stringMap,
  stringList,
  choiceOption,
  switchOption,
} from "../../lib/contract/contract";
import { requestLimit } from "../../lib/aws/api-gateway";
import { subnetId, vpcId } from "../../lib/aws/ec2";
import { bucketName, noncurrentDays } from "../../lib/aws/s3";
import { logRetention } from "../../lib/aws/logs";
import { backupRetention, monitoringInterval, passwordVersion } from "../../lib/aws/rds";
import { distinct, emptyOr, listOf } from "../../lib/contract/rules";
import { ipv4Network, vpcNetwork } from "../../lib/aws/networks";
import { policyArn } from "../../lib/aws/iam";
import { sslMode } from "../../lib/aws/postgresql";
import { deploymentTags } from "../../lib/aws/tags";
import { customRoleContract } from "../custom-role/contract";
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
    flowLogs: bool({
      description: "Whether connections in the deployment's own network are logged",
      default: true,
    }),
    forceDestroyS3Bucket: datastore.forceDestroyS3Bucket,
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
        "Logs, Secrets Manager), for subnets without a route to the internet; {metadataServiceContainerImage} must then " +
        "be in ECR",
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
    METAFLOW_DATASTORE_SYSROOT_S3: datastoreContract.outputs.METAFLOW_DATASTORE_SYSROOT_S3,
    METAFLOW_DATATOOLS_S3ROOT: datastoreContract.outputs.METAFLOW_DATATOOLS_S3ROOT,
    METAFLOW_DEFAULT_DATASTORE: { description: "Where Metaflow keeps artifacts: s3" },
    METAFLOW_DEFAULT_METADATA: { description: "Where Metaflow keeps metadata: service" },
    METAFLOW_SERVICE_AUTH_KEY: {
      description: "The API key that callers of the REST API send; empty where {apiBasicAuth} is false",
      sensitive: true,
    },
    METAFLOW_SERVICE_INTERNAL_URL: metadataServiceContract.outputs.METAFLOW_SERVICE_INTERNAL_URL,
    METAFLOW_SERVICE_URL: metadataServiceContract.outputs.METAFLOW_SERVICE_URL,
    apiGatewayRestApiIdKeyId: metadataServiceContract.outputs.apiGatewayRestApiIdKeyId,
    datastoreS3BucketKmsKeyArn: datastoreContract.outputs.datastoreS3BucketKmsKeyArn,
    metadataServiceSecurityGroupId: metadataServiceContract.outputs.metadataServiceSecurityGroupId,
    metaflowProfileJson: {
      description: "The configuration of a Metaflow client, for ~/.metaflowconfig/config_<profile>.json",
      sensitive: true,
    },
    metaflowUserRoleArn: customRoleContract.outputs.metaflowUserRoleArn,
    migrationFunctionArn: metadataServiceContract.outputs.migrationFunctionArn,
    rdsMasterInstanceEndpoint: datastoreContract.outputs.rdsMasterInstanceEndpoint,
    s3BucketArn: datastoreContract.outputs.s3BucketArn,
    s3BucketName: datastoreContract.outputs.s3BucketName,
    subnet1Id: { description: "The id of the first subnet" },
    subnet2Id: { description: "The id of the second subnet" },
    vpcId: { description: "The id of the VPC" },
  },
  options: {
    copyTagsToSnapshots: switchOption({
      description: "Whether snapshots of the database have its tags",
      default: true,
    }),
    crossZone: switchOption({
      description:
        "Whether the load balancer's address in each zone reaches the service's tasks in both (cross-zone load " +
        "balancing)",
      default: true,
    }),
    databasePasswordMode: choiceOption({
      name: "DatabasePasswordMode",
      description: "How the database's password reaches the service",
      words: {
        secret: "through a secret of Secrets Manager; Terraform generates the password, and so its state holds it",
        "write-only":
          "through a secret of Secrets Manager, which generates the password; neither the state nor a plan holds it. " +
          "Needs Terraform 1.11 or newer",
        environment: "in clear text in the task definition, as in the Terraform modules",
      },
      default: "secret",
    }),
    deadLetterQueue: switchOption({
      description: "Whether failed asynchronous invocations of the migration function are kept in a dead-letter queue",
      default: true,
    }),
    encryptLogs: switchOption({
      description: "Whether a KMS key of the deployment's own encrypts its logs",
      default: true,
    }),
    iamAuthentication: switchOption({
      description: "Whether IAM users and roles can be database users",
      default: true,
    }),
    leastPrivilege: switchOption({
      description:
        "Whether the roles allow only what the service and the migration function need (docs/least-privilege.md)",
      default: true,
    }),
    redeployApi: switchOption({
      description:
        "Whether a change to the REST API is deployed; the new deployment replaces the old one without a gap",
      default: true,
    }),
    requireTls: switchOption({ description: "Whether the bucket refuses requests without TLS", default: true }),
    restrictEgress: switchOption({
      description: "Whether the security groups allow only the outbound connections that the service needs",
      default: true,
    }),
    tracing: switchOption({
      description:
        "Whether X-Ray traces requests to the REST API, and invocations of the migration function whose caller traces",
      default: true,
    }),
    validateRequests: switchOption({
      description: "Whether the REST API refuses requests without the parameters that its methods need",
      default: true,
    }),
    waitForSteadyState: switchOption({
      description:
        "Whether an apply waits until the service's new tasks run. ECS rolls back a deployment whose tasks do not start",
      default: true,
    }),
  },
});
