import {
  contract,
  bool,
  number,
  string,
  stringMap,
  stringList,
  boolOption,
  dependenciesOption,
  mapOption,
  numberOption,
  objectOption,
  stringOption,
  switchOption,
} from "../../lib/contract/contract";
import { bucketName, bucketResource } from "../../lib/aws/s3";
import { clusterSettings, containerImage } from "../../lib/aws/ecs";
import { keyResource } from "../../lib/aws/kms";
import { pythonRuntime } from "../../lib/aws/lambda";
import { partition, roleArn } from "../../lib/aws/iam";
import { logRetention } from "../../lib/aws/logs";
import { additionalEnvironment, additionalSecrets } from "./environment";
import { ownOptions } from "./own-options";
import { databaseOptions } from "../../lib/aws/database-options";
import { subnetId, vpcId } from "../../lib/aws/ec2";
import { distinct, emptyOr, listOf } from "../../lib/contract/rules";
import { ipv4Network, sourceAddress } from "../../lib/aws/networks";
import { requestLimit } from "../../lib/aws/api-gateway";
import { tags } from "../../lib/aws/tags";

/** The inputs, outputs and options of the module `metadata-service`. */
export const metadataServiceContract = contract({
  construct: "MetadataService",
  description: "Metaflow's metadata service",
  inputs: {
    accessListCidrBlocks: stringList({
      description: "The addresses that may call the REST API, such as those of a VPN; empty for no restriction",
      rule: listOf(sourceAddress),
    }),
    apiBasicAuth: bool({ description: "Whether callers of the REST API must send an API key", default: true }),
    databaseName: string({ description: "The name of the database", default: "metaflow" }),
    databasePassword: string({ description: "The password of the database's user", sensitive: true }),
    databaseUsername: string({ description: "The database's user" }),
    datastoreS3BucketKmsKeyArn: string({
      description: "The ARN of the KMS key that encrypts the datastore's bucket",
      rule: keyResource,
    }),
    dbMigrateLambdaRuntime: string({
      description: "The Lambda runtime of the database migration, python3.7 or newer",
      default: "python3.7",
      rule: pythonRuntime,
    }),
    dbMigrateLambdaZipFile: string({
      description:
        "The path to which Terraform writes the migration's zip file; null for db_migrate_lambda.zip in the module's " +
        "folder",
      default: null,
    }),
    ecsClusterSettings: stringMap({
      description: "Settings of the ECS cluster by name, such as containerInsights",
      default: {},
      rule: clusterSettings,
    }),
    fargateExecutionRoleArn: string({
      description: "The ARN of the role with which ECS pulls the image and writes the log",
      rule: roleArn,
    }),
    iamPartition: string({
      description: "The AWS partition: aws, aws-us-gov for GovCloud, aws-cn for China",
      default: "aws",
      rule: partition,
    }),
    isGov: bool({
      description: "Has no effect: {iamPartition} decides. It exists for callers that set it",
      default: false,
      nullable: true,
    }),
    loadBalancerNamePrefix: string({
      description:
        "A prefix for the load balancer's name, which is then <prefix>-nlb, without {resourcePrefix} and " +
        "{resourceSuffix}",
      default: "",
    }),
    metadataServiceContainerImage: string({
      description: "The metadata service's container image; empty for the default of the module common",
      default: "",
      rule: containerImage,
    }),
    metadataServiceCpu: number({ description: "The task's CPU units, 1024 being one vCPU", default: 512 }),
    metadataServiceMemory: number({ description: "The task's memory in MiB", default: 1024 }),
    metaflowVpcId: string({ description: "The id of the VPC that the service runs in", rule: vpcId }),
    rdsMasterInstanceEndpoint: string({ description: "The database's endpoint, address:port or the address alone" }),
    resourcePrefix: string({ description: "What the names of the resources begin with" }),
    resourceSuffix: string({ description: "What the names of the resources end with" }),
    s3BucketArn: string({ description: "The ARN of the datastore's bucket", rule: bucketResource }),
    standardTags: stringMap({ description: "Tags of every resource that takes tags", nullable: true, rule: tags }),
    subnet1Id: string({ description: "The id of the service's first subnet", rule: subnetId }),
    subnet2Id: string({
      description: "The id of the service's second subnet, in another availability zone",
      rule: subnetId,
    }),
    vpcCidrBlocks: stringList({
      description:
        "The networks that may reach the service, usually those of the VPC. They must include the load balancer's " +
        "addresses in the two subnets",
      rule: distinct(listOf(ipv4Network)),
      nullable: true,
    }),
    withPublicIp: bool({
      description: "Whether the service's task has a public address, which it needs in a subnet without a NAT gateway",
      default: false,
      nullable: true,
    }),
  },
  outputs: {
    METAFLOW_SERVICE_INTERNAL_URL: { description: "The URL of the metadata service within the VPC" },
    METAFLOW_SERVICE_URL: { description: "The URL of the metadata service's REST API" },
    apiGatewayRestApiId: { description: "The id of the REST API" },
    apiGatewayRestApiIdKeyId: {
      description:
        "The id of the API key, whose value is METAFLOW_SERVICE_AUTH_KEY; empty where {apiBasicAuth} is false",
    },
    metadataServiceSecurityGroupId: { description: "The id of the metadata service's security group" },
    metadataSvcEcsTaskRoleArn: { description: "The ARN of the metadata service's task role" },
    migrationFunctionArn: { description: "The ARN of the Lambda function that migrates the database's schema" },
    networkLoadBalancerDnsName: { description: "The DNS name of the metadata service's load balancer" },
  },
  options: {
    databaseSslMode: databaseOptions.databaseSslMode,
    databasePasswordSecret: databaseOptions.databasePasswordSecret,
    leastPrivilege: switchOption({
      description:
        "Whether the roles allow only what the service and the migration function need, which is less than in the " +
        "Terraform module; docs/least-privilege.md lists the differences",
      unset: false,
    }),
    migrationSource: stringOption({
      description: "The source of the migration function, a Python module with a `handler`",
      unset: "the project's own, `lambda/db_migrate/index.py`",
    }),
    migrationArchive: objectOption({
      name: "MigrationArchive",
      about: "The migration function's code in a file that exists before a plan",
      description:
        "A zip file with the function's code, so that another machine can apply a saved plan. Otherwise each plan makes " +
        "the file",
      fields: {
        path: stringOption({ description: "The path of the file when Terraform applies" }),
        sha256: stringOption({ description: "The SHA-256 of its content in Base64" }),
      },
      unset: "a plan makes the file of `migrationSource`",
    }),
    migrateAutomatically: boolOption({
      description:
        "Whether an apply runs the function: once for each image, after the service's tasks of that image have started. " +
        "A failed migration fails the apply, with the function's message",
      unset: false,
    }),
    waitForSteadyState: switchOption({
      description:
        "Whether an apply waits until the service's new tasks run. ECS rolls back a deployment whose tasks do not start",
      unset: false,
    }),
    serviceDependsOn: dependenciesOption({
      description: "What must exist before the service's first task starts, such as the policies of the execution role",
      unset: "nothing beyond what the service refers to",
    }),
    openApi: boolOption({
      description:
        "Whether anybody may call the REST API when `apiBasicAuth` is false and `accessListCidrBlocks` is empty; if " +
        "this is false, a plan of such an API fails",
      unset: true,
    }),
    regionalApi: switchOption({
      description:
        "Whether the REST API has a regional endpoint in every partition, rather than an edge-optimized one in `aws`. " +
        "An existing API keeps its endpoint",
      unset: false,
    }),
    serviceEnvironment: mapOption({
      description:
        "Environment variables of the service in addition to the module's own, such as MF_METADATA_DB_TIMEOUT " +
        "(seconds), MF_METADATA_DB_POOL_MAX or MF_METADATA_DB_SSL_ROOT_CERT_PATH",
      source: '"Environment variables" in the README of Netflix/metaflow-service',
      rule: additionalEnvironment,
      unset: "the module's own alone",
    }),
    serviceSecrets: mapOption({
      description:
        "Environment variables of the service whose values are secrets, each with the secret's ARN. The execution role " +
        "must be able to read them",
      rule: additionalSecrets,
      unset: "none but the database's password, where that is a secret",
    }),
    keepTaskDefinitions: switchOption({
      description:
        "Whether former task definitions stay registered, also after a destroy, so that ECS can roll back to them. " +
        "Without this option, Terraform deregisters a definition before the service leaves it. ECS charges nothing for " +
        "them",
      unset: false,
    }),
    regionOfLogGroup: switchOption({
      description:
        "Whether the task definition takes its region from its log group, which a plan knows once the group exists. " +
        "Without this option, a plan that reads the provider's region late (`depends_on` of a module call) replaces the " +
        "definition",
      unset: false,
    }),
    usageLimits: objectOption({
      name: "UsageLimits",
      about: "The limits of the API key",
      description: "Limits of the API key's usage plan",
      source: '"Throttle requests to your REST APIs for better throughput" in the Amazon API Gateway Developer Guide',
      unset: "the account's own limits",
      fields: {
        requestsPerSecond: numberOption({
          description: "Requests per second on average; 0 for no limit",
          rule: requestLimit,
        }),
        burst: numberOption({
          description: "Requests at one time; used only with `requestsPerSecond`",
          rule: requestLimit,
        }),
        requestsPerDay: numberOption({ description: "Requests per day; 0 for no limit", rule: requestLimit }),
      },
    }),
    ownSecurityGroups: switchOption({
      description:
        "Whether the load balancer and the migration function have their own security groups: the load balancer then " +
        "admits `vpcCidrBlocks`, its migration port only the function, and the service's tasks only the load balancer. " +
        "AWS sets a load balancer's security groups only when it creates it: an existing load balancer without one " +
        "stays without, and its tasks admit `vpcCidrBlocks`",
      source:
        '"Update the security groups for your Network Load Balancer" in the user guide for Network Load Balancers',
      unset: false,
    }),
    newLoadBalancer: switchOption({
      description:
        "With `ownSecurityGroups`: whether this deployment makes its load balancer, which has a security group then. The service's " +
        "security group, and a database that admits it, are made beside the load balancer then; otherwise they wait until Terraform " +
        "knows whether the load balancer has one. The first apply records the answer. A plan fails where the load balancer has none",
      unset: false,
    }),
    renewLoadBalancerName: switchOption({
      description:
        "Whether the load balancer's name ends with five digits of its own, so that Terraform can create its " +
        "replacement first, for example when the subnets change. An existing load balancer keeps its name",
      unset: false,
    }),
    redeployApi: switchOption({
      description:
        "Whether a change to the REST API is deployed; the new deployment replaces the old one without a gap",
      unset: false,
    }),
    deadLetterQueue: switchOption({
      description: "Whether failed asynchronous invocations of the migration function are kept in a dead-letter queue",
      unset: false,
    }),
    validateRequests: switchOption({
      description: "Whether the REST API refuses requests without the parameters that its methods need",
      unset: false,
    }),
    tracing: switchOption({
      description:
        "Whether X-Ray traces requests to the REST API, and invocations of the migration function whose caller traces",
      unset: false,
    }),
    logs: objectOption({
      name: "ServiceLogs",
      about: "How the service's logs are kept",
      description:
        "How the logs of the service and of the migration function are kept, each in a log group of the deployment",
      unset: "they never expire, and Lambda makes the function's log group",
      fields: {
        retentionDays: numberOption({
          description: "How many days they are kept, a number that CloudWatch Logs supports; 0 if they never expire",
          rule: logRetention,
        }),
        kmsKeyArn: stringOption({
          description: "The ARN of the KMS key that encrypts them",
          unset: "CloudWatch Logs' own encryption",
        }),
      },
    }),
    apiLogs: objectOption({
      name: "ApiLogs",
      about: "The log of the REST API",
      description: "The log of the REST API's requests and errors, kept as `logs` says",
      unset: "none",
      fields: {
        enabled: boolOption({ description: "Whether there is one" }),
        dependsOn: dependenciesOption({
          description:
            "What must exist before: the region needs API Gateway's role for CloudWatch Logs (`aws_api_gateway_account`)",
          unset: "nothing",
        }),
      },
    }),
    deletionProtection: boolOption({ description: "Whether AWS refuses to delete the load balancer", unset: false }),
    crossZone: switchOption({
      description:
        "Whether the load balancer's address in each zone reaches the service's tasks in both (cross-zone load " +
        "balancing)",
      unset: false,
    }),
    loadBalancerAccessLog: objectOption({
      name: "LoadBalancerAccessLog",
      about: "Where the log of the load balancer's TLS connections goes",
      description: "A log of the load balancer's TLS connections; AWS writes none for its TCP listeners",
      source: '"Access logs for your Network Load Balancer" in the user guide for Network Load Balancers',
      unset: "none",
      fields: {
        enabled: boolOption({ description: "Whether there is one" }),
        bucket: stringOption({
          description:
            "The name of the bucket that receives the log. Its policy allows delivery.logs.amazonaws.com to write",
          rule: emptyOr(bucketName),
        }),
        prefix: stringOption({ description: "The prefix of its objects' names" }),
      },
    }),
    restrictEgress: switchOption({
      description:
        "Whether the service and the migration function may connect only by HTTPS (the image's registry, AWS), to the " +
        "database and to each other",
      unset: false,
    }),
    ...ownOptions,
  },
});
