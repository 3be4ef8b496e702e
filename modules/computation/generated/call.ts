// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { computationContract } from "../contract";
import type { ComputationInputs, ComputationOutputs } from "./interface";

/** The props of {@link ComputationModule}. */
export interface ComputationModuleProps extends ComputationInputs, ModuleCallProps {}

/** A call of the published Terraform module `computation`, with the props and outputs of the construct of that name. */
export class ComputationModule extends ModuleCall implements ComputationOutputs {
  public constructor(scope: Construct, id: string, props: ComputationModuleProps) {
    super(scope, id, computationContract, props);
  }

  /** The ARN of the job queue, for Metaflow's profile. */
  public get METAFLOW_BATCH_JOB_QUEUE(): string {
    return this.getString("METAFLOW_BATCH_JOB_QUEUE");
  }

  /** The id of the security group of the environment. */
  public get batchComputeEnvironmentSecurityGroupId(): string {
    return this.getString("batch_compute_environment_security_group_id");
  }

  /** The ARN of the job queue. */
  public get batchJobQueueArn(): string {
    return this.getString("batch_job_queue_arn");
  }

  /**
   * The ARN of the role with which ECS pulls images and writes logs, for the metadata service's tasks and for jobs on
   * Fargate (METAFLOW_ECS_FARGATE_EXECUTION_ROLE).
   */
  public get ecsExecutionRoleArn(): string {
    return this.getString("ecs_execution_role_arn");
  }

  /** The ARN of the role of the environment's instances. */
  public get ecsInstanceRoleArn(): string {
    return this.getString("ecs_instance_role_arn");
  }
}
