import type { BatchComputeEnvironment } from "@cdktf/provider-aws/lib/batch-compute-environment";
import type { BatchJobQueue } from "@cdktf/provider-aws/lib/batch-job-queue";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { joinStack } from "../../lib/aws/join-stack";
import { tags } from "../../lib/aws/tags";
import { readInputs } from "../../lib/contract/inputs";
import { readOptions } from "../../lib/contract/options";
import { setRoles } from "../../lib/aws/roles";
import { equal } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedMap } from "../../lib/synth/checked";
import type { ConstructProps } from "../../lib/synth/providers";
import { computationContract } from "./contract";
import { clusterName, computeEnvironment, jobQueue } from "./environment";
import type { ComputationInputs, ComputationOptions, ComputationOutputs } from "./generated/interface";
import { instanceProfile, launchTemplate, securityGroup } from "./instances";
import { computationNames } from "./names";
import { batchRole, executionRole, instanceRole } from "./roles";

export type * from "./generated/interface";

/** The props of {@link Computation}. */
export interface ComputationProps extends ComputationInputs, ComputationOptions, ConstructProps {}

/** The compute of flows: an AWS Batch job queue, its compute environment on EC2 or Fargate, and their roles. */
export class Computation extends Construct implements ComputationOutputs {
  public readonly METAFLOW_BATCH_JOB_QUEUE: string;
  public readonly batchComputeEnvironmentSecurityGroupId: string;
  public readonly batchJobQueueArn: string;
  public readonly ecsExecutionRoleArn: string;
  public readonly ecsInstanceRoleArn: string;

  /** The compute environment. */
  public readonly computeEnvironment: BatchComputeEnvironment;
  /** The queue that flows send their jobs to. */
  public readonly jobQueue: BatchJobQueue;
  /** The launch template of instances, which has a count: none on Fargate. */
  public readonly launchTemplate: LaunchTemplate;
  /** The security group of the compute environment. */
  public readonly securityGroup: SecurityGroup;
  /** The role that AWS Batch works with. */
  public readonly batchRole: IamRole;
  /** The role by which ECS pulls images and writes logs. */
  public readonly executionRole: IamRole;
  /** The role of the environment's instances. */
  public readonly instanceRole: IamRole;

  public constructor(scope: Construct, id: string, given: ComputationProps) {
    super(scope, id);
    joinStack(this, given);
    const props = readOptions(this, computationContract.options, given);
    const read = readInputs<ComputationInputs>(this, computationContract, props);
    const inputs = { ...read, standardTags: checkedMap(this, "standard_tags", read.standardTags, tags) };
    const names = computationNames(this, inputs);
    const isFargate = equal(inputs.batchType, "fargate");
    // Read and not used, as in the HCL module: the addresses of both are part of the contract.
    resource(this, DataAwsRegion, "current", {});
    resource(this, DataAwsSsmParameter, "ecs_optimized_cpu_ami", {
      name: "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended",
    });

    this.executionRole = executionRole(this, inputs, names.executionRole);
    this.ecsExecutionRoleArn = this.executionRole.arn;
    this.instanceRole = instanceRole(this, inputs, names.instanceRole);
    this.ecsInstanceRoleArn = this.instanceRole.arn;
    const role = batchRole(this, inputs, names.batchRole);
    this.batchRole = role.role;

    const profile = instanceProfile(this, names.instanceRole, this.instanceRole);
    this.launchTemplate = launchTemplate(this, inputs, names, profile, isFargate);
    this.securityGroup = securityGroup(this, inputs, names.securityGroup);
    this.batchComputeEnvironmentSecurityGroupId = this.securityGroup.id;

    this.computeEnvironment = computeEnvironment(this, inputs, {
      names,
      role,
      profile,
      template: this.launchTemplate,
      securityGroup: this.securityGroup,
      isFargate,
    });
    clusterName(this, inputs, this.computeEnvironment);
    this.jobQueue = jobQueue(this, inputs, names.queue, this.computeEnvironment);
    this.batchJobQueueArn = this.jobQueue.arn;
    this.METAFLOW_BATCH_JOB_QUEUE = this.jobQueue.arn;
    setRoles(this, props);
  }
}
