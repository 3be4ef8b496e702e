import { contract, bool, number, string, stringMap, stringList } from "../../lib/contract/contract";
import { bucketResource } from "../../lib/aws/s3";
import { clusterSettings, containerImage } from "../../lib/aws/ecs";
import { keyResource } from "../../lib/aws/kms";
import { pythonRuntime } from "../../lib/aws/lambda";
import { partition, roleArn } from "../../lib/aws/iam";
import { subnetId, vpcId } from "../../lib/aws/ec2";
import { distinct, listOf } from "../../lib/contract/rules";
import { ipv4Network, sourceAddress } from "../../lib/aws/networks";
import { tags } from "../../lib/aws/tags";

/** The inputs and outputs of the module `metadata-service`. */
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
});
