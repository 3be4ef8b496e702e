import {
  bool,
  boolOption,
  contract,
  dependenciesOption,
  listOption,
  numberOption,
  objectOption,
  string,
  stringList,
  stringMap,
  stringOption,
  switchOption,
} from "../../lib/contract/contract";
import { emptyOr, listOf } from "../../lib/contract/rules";
import { securityGroupId, subnetId, subnetIds, vpcId } from "../../lib/aws/ec2";
import { clusterSettings, containerImage, ecsName } from "../../lib/aws/ecs";
import { certificateArn, sslPolicy } from "../../lib/aws/elb";
import { partition, roleArn } from "../../lib/aws/iam";
import { keyResource } from "../../lib/aws/kms";
import { logRetention } from "../../lib/aws/logs";
import { ipv4Network } from "../../lib/aws/networks";
import { databaseOptions } from "../../lib/aws/database-options";
import { bucketName, bucketResource } from "../../lib/aws/s3";
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
  options: {
    backendCpu: numberOption({ description: "The CPU units of the backend's task, 1024 being one vCPU", unset: 2048 }),
    backendMemory: numberOption({ description: "The memory of the backend's task in MiB", unset: 16384 }),
    clusterName: stringOption({
      description:
        "The name of the ECS cluster. Without this option, it is that of the module `metadata-service`, too, and ECS has one " +
        "cluster for both, which either can destroy",
      rule: ecsName,
      unset: "`<resourcePrefix><resourceSuffix>`, with one hyphen where two meet",
    }),
    databasePasswordSecret: databaseOptions.databasePasswordSecret,
    databasePort: databaseOptions.databasePort,
    databaseSslMode: databaseOptions.databaseSslMode,
    deletionProtection: boolOption({ description: "Whether AWS refuses to delete the load balancer", unset: false }),
    dropInvalidHeaders: switchOption({
      description: "Whether the load balancer drops HTTP headers whose names are not valid",
      unset: false,
    }),
    keepTaskDefinitions: switchOption({
      description: "Whether former task definitions stay registered, so that ECS can roll back to them",
      unset: false,
    }),
    leastPrivilege: switchOption({
      description:
        "Whether the backend's task may only read the datastore's folder `metaflow`, and only for this account and region, and the " +
        "frontend's task has no role; docs/least-privilege.md lists the differences",
      unset: false,
    }),
    loadBalancerAccessLog: objectOption({
      name: "UiAccessLog",
      about: "Where the log of requests to the web interface goes",
      description: "A log of the load balancer's requests",
      source: '"Access logs for your Application Load Balancer" in the user guide for Application Load Balancers',
      unset: "none",
      fields: {
        enabled: boolOption({ description: "Whether there is one" }),
        bucket: stringOption({
          description:
            "The name of the bucket that receives the log, whose policy allows Elastic Load Balancing to write",
          rule: emptyOr(bucketName),
        }),
        prefix: stringOption({ description: "The prefix of its objects' names" }),
      },
    }),
    loadBalancerSubnetIds: listOption({
      description: "The subnets of the load balancer, two at least, each in a zone of its own",
      rule: subnetIds,
      unset: "`subnet1Id` and `subnet2Id`",
    }),
    logs: objectOption({
      name: "UiLogs",
      about: "How the log of the web interface is kept",
      description: "How the log of both services is kept",
      unset: "it never expires",
      fields: {
        retentionDays: numberOption({
          description: "How many days it is kept, a number that CloudWatch Logs supports; 0 if it never expires",
          rule: logRetention,
        }),
        kmsKeyArn: stringOption({
          description: "The ARN of the KMS key that encrypts it",
          unset: "CloudWatch Logs' own encryption",
        }),
      },
    }),
    narrowSecurityGroups: switchOption({
      description:
        "Whether the security groups allow only what is needed: the load balancer reaches the containers' ports and, for a sign-in, " +
        "HTTPS; the tasks admit it at these ports, and reach HTTPS and the database",
      unset: false,
    }),
    ownDatabaseAccess: switchOption({
      description:
        "Whether the backend's task is without the metadata service's security group; the database must then admit that of the " +
        "tasks (`furtherSecurityGroupIds` of the datastore)",
      unset: false,
    }),
    redirectHttp: switchOption({
      description: "Whether the load balancer redirects requests from port 80 to port 443",
      unset: false,
    }),
    regionOfLogGroup: switchOption({
      description:
        "Whether the task definitions take their region from the log group, which a plan knows once the group exists. Without " +
        "this option, a plan that reads the provider's region late (`depends_on` of a module call) replaces them",
      unset: false,
    }),
    requireSignIn: boolOption({
      description:
        "Whether visitors sign in to the user pool. It says so where `cognitoUserPoolArn` is known only after an apply",
      unset: "they do where `cognitoUserPoolArn` is not empty",
    }),
    serviceDependsOn: dependenciesOption({
      description: "What must exist before the first tasks start, such as the policies of the execution role",
      unset: "nothing beyond what the services refer to",
    }),
    sslPolicy: stringOption({
      description: "The security policy of the load balancer's HTTPS listener: its TLS versions and ciphers",
      source: '"Security policies for your Application Load Balancer" in the user guide for Application Load Balancers',
      rule: sslPolicy,
      unset: "Elastic Load Balancing's own, which has TLS 1.0",
    }),
    taskSubnetIds: listOption({
      description: "The subnets of both services' tasks, two at least",
      rule: subnetIds,
      unset: "`subnet1Id` and `subnet2Id`",
    }),
    waitForSteadyState: switchOption({
      description:
        "Whether an apply waits until the services' new tasks run. ECS rolls back a deployment whose tasks do not start",
      unset: false,
    }),
    withPublicIp: boolOption({
      description: "Whether the tasks have public addresses, which they need in subnets without a NAT gateway",
      unset: true,
    }),
    ...roleOptions,
  },
});
