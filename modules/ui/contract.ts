import { bool, contract, string, stringList, stringMap } from "../../lib/contract/contract";
import { listOf } from "../../lib/contract/rules";
import { securityGroupId, subnetId, vpcId } from "../../lib/aws/ec2";
import { clusterSettings, containerImage } from "../../lib/aws/ecs";
import { certificateArn } from "../../lib/aws/elb";
import { partition, roleArn } from "../../lib/aws/iam";
import { keyResource } from "../../lib/aws/kms";
import { ipv4Network } from "../../lib/aws/networks";
import { bucketResource } from "../../lib/aws/s3";
import { tags } from "../../lib/aws/tags";
import { roleOptions } from "../../lib/aws/role-options";

/** The inputs and outputs of the module `ui`. */
export const uiContract = contract({
  construct: "Ui",
  description: "Metaflow's web interface",
  inputs: {
    METAFLOW_DATASTORE_SYSROOT_S3: string({ description: "The datastore's S3 URL, such as s3://bucket/metaflow" }),
    albInternal: bool({
      description: "Whether the load balancer has private addresses only",
      default: false,
      nullable: true,
    }),
    certificateArn: string({ description: "The ARN of the load balancer's certificate", rule: certificateArn }),
    cognitoUserPoolArn: string({
      description: "The ARN of the Amazon Cognito user pool that visitors sign in to; empty for no sign-in",
      default: "",
    }),
    cognitoUserPoolClientId: string({ description: "The id of the user pool's client", default: "" }),
    cognitoUserPoolDomain: string({ description: "The domain of the user pool", default: "" }),
    databaseName: string({ description: "The name of the metadata service's database", default: "metaflow" }),
    databasePassword: string({ description: "The password of the database's user", sensitive: true }),
    databaseUsername: string({ description: "The database's user" }),
    datastoreS3BucketKmsKeyArn: string({
      description: "The ARN of the KMS key that encrypts the datastore's bucket",
      rule: keyResource,
    }),
    ecsClusterSettings: stringMap({
      description: "Settings of the ECS cluster by name, such as containerInsights",
      default: {},
      rule: clusterSettings,
    }),
    extraUiBackendEnvVars: stringMap({
      description: "Environment variables of the backend's container, which override the module's own",
      default: {},
    }),
    extraUiStaticEnvVars: stringMap({ description: "Environment variables of the frontend's container", default: {} }),
    fargateExecutionRoleArn: string({
      description: "The ARN of the role with which ECS pulls the images and writes the logs",
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
        "A prefix for the load balancer's name, which is then <prefix>-alb, without {resourcePrefix} and " +
        "{resourceSuffix}",
      default: "",
    }),
    metadataServiceSecurityGroupId: string({
      description: "The id of the metadata service's security group, which the database admits",
      rule: securityGroupId,
    }),
    metaflowVpcId: string({ description: "The id of the VPC that the tasks run in", rule: vpcId }),
    rdsMasterInstanceEndpoint: string({ description: "The database's endpoint, address:port or the address alone" }),
    resourcePrefix: string({ description: "What the names of the resources begin with" }),
    resourceSuffix: string({ description: "What the names of the resources end with" }),
    s3BucketArn: string({ description: "The ARN of the datastore's bucket", rule: bucketResource }),
    standardTags: stringMap({ description: "Tags of every resource that takes tags", nullable: true, rule: tags }),
    subnet1Id: string({ description: "The id of the first subnet of the load balancer and the tasks", rule: subnetId }),
    subnet2Id: string({
      description: "The id of their second subnet, in another availability zone",
      rule: subnetId,
    }),
    uiAllowList: stringList({
      description: "The networks that may reach the web interface; empty for none",
      default: [],
      rule: listOf(ipv4Network),
    }),
    uiBackendContainerImage: string({
      description: "The backend's container image; empty for the default of the module common",
      default: "",
      rule: containerImage,
    }),
    uiStaticContainerImage: string({
      description: "The frontend's container image; empty for the default of the module common",
      default: "",
      rule: containerImage,
    }),
  },
  outputs: {
    albArn: { description: "The ARN of the load balancer" },
    albDnsName: { description: "The DNS name of the load balancer, to which the certificate's name should resolve" },
  },
  options: roleOptions,
});
