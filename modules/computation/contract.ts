import { contract, number, string, stringList, stringMap } from "../../lib/contract/contract";
import { listOf, oneOf, wholeNumber } from "../../lib/contract/rules";
import { httpPutResponseHopLimit, subnetId, vpcId } from "../../lib/aws/ec2";
import { MOST_VCPUS } from "../../lib/aws/batch";
import { partition } from "../../lib/aws/iam";
import { ipv4Network } from "../../lib/aws/networks";
import { tags } from "../../lib/aws/tags";
import { roleOptions } from "../../lib/aws/role-options";

/** The inputs and outputs of the module `computation`. */
export const computationContract = contract({
  construct: "Computation",
  description: "The compute of flows: an AWS Batch job queue with its compute environment",
  inputs: {
    batchClusterName: string({
      description: "The tag Name of the ECS cluster that AWS Batch makes for the environment; empty for no such tag",
      default: "",
    }),
    batchType: string({
      description: "Where jobs run: fargate for AWS Fargate; anything else, such as ec2, for Amazon EC2",
      default: "ec2",
    }),
    computeEnvironmentDesiredVcpus: number({
      description: "The vCPUs that the environment starts with; AWS Batch changes them afterwards (not for Fargate)",
      rule: wholeNumber(0, MOST_VCPUS),
    }),
    computeEnvironmentEgressCidrBlocks: stringList({
      description: "The addresses that jobs may reach; empty for a security group without an outbound rule",
      default: ["0.0.0.0/0"],
      rule: listOf(ipv4Network),
    }),
    computeEnvironmentInstanceTypes: stringList({
      description:
        "The EC2 instance types of the environment: types (m5.large), families (m5) or optimal (not for Fargate)",
    }),
    computeEnvironmentMaxVcpus: number({
      description: "The maximum number of vCPUs of the environment",
      rule: wholeNumber(0, MOST_VCPUS),
    }),
    computeEnvironmentMinVcpus: number({
      description: "The minimum number of vCPUs, which the environment keeps while no job runs (not for Fargate)",
      rule: wholeNumber(0, MOST_VCPUS),
    }),
    iamPartition: string({
      description: "The AWS partition: aws, aws-us-gov for GovCloud, aws-cn for China",
      default: "aws",
      rule: partition,
    }),
    launchTemplateHttpEndpoint: string({
      description: "Whether instances have a metadata service: enabled or disabled",
      default: "enabled",
      rule: oneOf("enabled", "disabled"),
    }),
    launchTemplateHttpPutResponseHopLimit: number({
      description: "The maximum number of network hops for a response of the instance metadata service",
      default: 2,
      rule: httpPutResponseHopLimit,
    }),
    launchTemplateHttpTokens: string({
      description: "Whether the instance metadata service requires session tokens (IMDSv2): optional or required",
      default: "optional",
      rule: oneOf("optional", "required"),
    }),
    metaflowVpcId: string({ description: "The id of the VPC that jobs run in", rule: vpcId }),
    resourcePrefix: string({ description: "What the names of the resources begin with" }),
    resourceSuffix: string({ description: "What the names of the resources end with" }),
    standardTags: stringMap({ description: "Tags of the resources that take tags", nullable: true, rule: tags }),
    subnet1Id: string({ description: "The id of the first subnet of the environment", rule: subnetId }),
    subnet2Id: string({ description: "The id of the second subnet of the environment", rule: subnetId }),
  },
  outputs: {
    METAFLOW_BATCH_JOB_QUEUE: { description: "The ARN of the job queue, for Metaflow's profile" },
    batchComputeEnvironmentSecurityGroupId: { description: "The id of the security group of the environment" },
    batchJobQueueArn: { description: "The ARN of the job queue" },
    ecsExecutionRoleArn: {
      description:
        "The ARN of the role with which ECS pulls images and writes logs, for the metadata service's tasks and for jobs " +
        "on Fargate (METAFLOW_ECS_FARGATE_EXECUTION_ROLE)",
    },
    ecsInstanceRoleArn: { description: "The ARN of the role of the environment's instances" },
  },
  options: roleOptions,
});
