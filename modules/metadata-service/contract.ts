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
import { sslMode } from "../../lib/aws/postgresql";
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
        "Where Terraform writes the migration's zip file; null for db_migrate_lambda.zip in the module's folder",
      default: null,
    }),
    ecsClusterSettings: stringMap({
      description: "Settings of the ECS cluster, name to value, such as containerInsights",
      default: {},
      rule: clusterSettings,
    }),
    fargateExecutionRoleArn: string({
      description: "The ARN of the role by which ECS pulls the image and writes the log",
      rule: roleArn,
    }),
    iamPartition: string({
      description: "The AWS partition: aws, aws-us-gov for GovCloud, aws-cn for China",
      default: "aws",
      rule: partition,
    }),
    isGov: bool({
      description: "Without effect, kept for callers that set it: {iamPartition} decides",
      default: false,
      nullable: true,
    }),
    loadBalancerNamePrefix: string({
      description:
        "What the load balancer's name begins with instead of {resourcePrefix} (the suffix is left out then): <prefix>-nlb",
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
        "The networks that may reach the service, usually the VPC's own: the load balancer's addresses in the two subnets must be among them",
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
    metadataSvcEcsTaskRoleArn: { description: "The ARN of the role that the metadata service runs with" },
    migrationFunctionArn: { description: "The ARN of the Lambda function that migrates the database's schema" },
    networkLoadBalancerDnsName: { description: "The DNS name of the load balancer before the metadata service" },
  },
  options: {
    databaseSslMode: stringOption({
      description:
        "libpq's sslmode for the connection to the database, such as `require`; metadata service images from v2.4.6 on",
      unset: "the image's own, which does not use TLS",
      rule: sslMode,
    }),
    databasePasswordSecret: stringOption({
      description:
        "The secret that holds the database's password, as ECS takes it: the ARN of a secret of Secrets Manager, which may be followed by `:json-key:version-stage:version-id`. The execution role has to be allowed to read it",
      source:
        '"Pass Secrets Manager secrets through Amazon ECS environment variables" in the Amazon ECS Developer Guide',
      unset: "`databasePassword` stands in the task definition",
    }),
    leastPrivilege: switchOption({
      description:
        "Whether the roles may do only what the service and the migration function need, which is less than the policies of the Terraform module say; the documentation lists the differences (docs/least-privilege.md)",
      unset: false,
    }),
    migrationSource: stringOption({
      description: "The source of the migration function, a Python module with a `handler`",
      unset: "the project's own, `lambda/db_migrate/index.py`",
    }),
    migrationArchive: objectOption({
      name: "MigrationArchive",
      about: "The migration function's code in a file that is there before a plan",
      description:
        "A zip file with the function's code in the place of one that each plan makes: a saved plan can be applied by another machine",
      fields: {
        path: stringOption({ description: "Where the file is when Terraform applies" }),
        sha256: stringOption({ description: "The SHA-256 of its content in Base64" }),
      },
      unset: "a plan makes the file of `migrationSource`",
    }),
    migrateAutomatically: boolOption({
      description:
        "Whether the function migrates the database's schema by itself: once for every image, after the service's tasks of that image are up. A failed migration fails the apply, with the function's message",
      unset: false,
    }),
    waitForSteadyState: switchOption({
      description:
        "Whether an apply waits until the service's new tasks are up, and a deployment whose tasks do not start is rolled back",
      unset: false,
    }),
    serviceDependsOn: dependenciesOption({
      description:
        "What has to exist before the service's first task starts, such as the policies of the execution role",
      unset: "nothing beyond what the service refers to",
    }),
    openApi: boolOption({
      description:
        "Whether the REST API may be open to everybody, with `apiBasicAuth` false and no `accessListCidrBlocks`: where this is false, " +
        "a plan of such an API fails",
      unset: true,
    }),
    regionalApi: switchOption({
      description:
        "Whether the REST API has a regional endpoint in every partition, rather than an edge-optimized one in `aws`. An API that is " +
        "there keeps the endpoint that it has",
      unset: false,
    }),
    serviceEnvironment: mapOption({
      description:
        "Environment variables of the service beside the module's own, such as MF_METADATA_DB_TIMEOUT (seconds), MF_METADATA_DB_POOL_MAX or " +
        "MF_METADATA_DB_SSL_ROOT_CERT_PATH",
      source: '"Environment variables" in the README of Netflix/metaflow-service',
      rule: additionalEnvironment,
      unset: "the module's own alone",
    }),
    serviceSecrets: mapOption({
      description:
        "Environment variables of the service whose values are secrets, each with the secret's ARN; the execution role needs to be able to " +
        "read them",
      rule: additionalSecrets,
      unset: "none but the database's password, where that is a secret",
    }),
    keepTaskDefinitions: switchOption({
      description:
        "Whether the task's former definitions stay registered: without it, the one in use is deregistered before the service moves to " +
        "the next, and ECS has none to go back to where that does not start. They stay after a destroy, too; ECS charges nothing for them",
      unset: false,
    }),
    regionOfLogGroup: switchOption({
      description:
        "Whether the task's definition has its region from its log group, which is known once it is there: a plan that cannot read " +
        "the provider's region yet, such as that of a module that waits for another, would replace the definition",
      unset: false,
    }),
    usageLimits: objectOption({
      name: "UsageLimits",
      about: "What the API key may be used for at most",
      description: "Limits of the API key's usage plan",
      source: '"Throttle requests to your REST APIs for better throughput" in the Amazon API Gateway Developer Guide',
      unset: "the account's own limits",
      fields: {
        requestsPerSecond: numberOption({
          description: "Requests per second on average; 0 for no limit",
          rule: requestLimit,
        }),
        burst: numberOption({
          description: "Requests at one time; taken only with `requestsPerSecond`",
          rule: requestLimit,
        }),
        requestsPerDay: numberOption({ description: "Requests per day; 0 for no limit", rule: requestLimit }),
      },
    }),
    ownSecurityGroups: switchOption({
      description:
        "Whether the load balancer and the migration function have security groups of their own: the load balancer then admits " +
        "`vpcCidrBlocks`, the migration port the function alone, and the service's tasks the load balancer alone. A load balancer " +
        "that is there without one stays so, and its tasks admit `vpcCidrBlocks`, as AWS gives it one only when it makes it",
      source:
        '"Update the security groups for your Network Load Balancer" in the user guide for Network Load Balancers',
      unset: false,
    }),
    renewLoadBalancerName: switchOption({
      description:
        "Whether the load balancer's name ends with five digits of its own, so that another one can be made before it is deleted, as " +
        "a change of the subnets does. A load balancer that is there keeps its name",
      unset: false,
    }),
    redeployApi: switchOption({
      description:
        "Whether a change to the REST API is deployed: the new deployment takes the old one's place without a gap",
      unset: false,
    }),
    deadLetterQueue: switchOption({
      description: "Whether an asynchronous invocation of the migration function that failed is kept, in a queue",
      unset: false,
    }),
    validateRequests: switchOption({
      description: "Whether the REST API refuses requests without the parameters that its methods need",
      unset: false,
    }),
    tracing: switchOption({
      description:
        "Whether requests to the REST API are traced with X-Ray, and the migration function's where its caller traces",
      unset: false,
    }),
    logs: objectOption({
      name: "ServiceLogs",
      about: "How the service's logs are kept",
      description:
        "How the logs of the service and of the migration function are kept, each in a log group of the deployment's",
      unset: "for ever; the function's in a log group that Lambda makes",
      fields: {
        retentionDays: numberOption({
          description: "How long they are kept, in days, one of the numbers that CloudWatch Logs has; 0 for ever",
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
      description: "The log of the REST API's requests and errors, kept as `logs` has it",
      unset: "none",
      fields: {
        enabled: boolOption({ description: "Whether there is one" }),
        dependsOn: dependenciesOption({
          description:
            "What has to exist before: the region needs API Gateway's role for CloudWatch Logs (`aws_api_gateway_account`)",
          unset: "nothing",
        }),
      },
    }),
    deletionProtection: boolOption({ description: "Whether AWS refuses to delete the load balancer", unset: false }),
    crossZone: switchOption({
      description: "Whether the load balancer's address in either zone leads to the service's task, wherever that runs",
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
          description: "The name of the bucket that takes it, whose policy admits delivery.logs.amazonaws.com",
          rule: emptyOr(bucketName),
        }),
        prefix: stringOption({ description: "What the names of its objects begin with" }),
      },
    }),
    restrictEgress: switchOption({
      description:
        "Whether the service and the migration function may connect only to HTTPS (the image's registry, AWS), to the database and to each other, rather than to everything",
      unset: false,
    }),
  },
});
