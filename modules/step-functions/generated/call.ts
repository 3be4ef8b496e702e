// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { stepFunctionsContract } from "../contract";
import type { StepFunctionsInputs, StepFunctionsOutputs } from "./interface";

/** The props of {@link StepFunctionsModule}. */
export interface StepFunctionsModuleProps extends StepFunctionsInputs, ModuleCallProps {}

/** A call of the published Terraform module `step-functions`, with the props and outputs of the construct of that name. */
export class StepFunctionsModule extends ModuleCall implements StepFunctionsOutputs {
  public constructor(scope: Construct, id: string, props: StepFunctionsModuleProps) {
    super(scope, id, stepFunctionsContract, props);
  }

  /**
   * The ARN of the role with which Amazon EventBridge starts scheduled flows (METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE);
   * empty where the module is not active.
   */
  public get metaflowEventbridgeRoleArn(): string {
    return this.getString("metaflow_eventbridge_role_arn");
  }

  /** The policy, as JSON, that lets the jobs of a flow use the table; empty where the module is not active. */
  public get metaflowStepFunctionsDynamodbPolicy(): string {
    return this.getString("metaflow_step_functions_dynamodb_policy");
  }

  /** The ARN of the table; empty where the module is not active. */
  public get metaflowStepFunctionsDynamodbTableArn(): string {
    return this.getString("metaflow_step_functions_dynamodb_table_arn");
  }

  /**
   * The name of the table in which flows keep the state of their executions (METAFLOW_SFN_DYNAMO_DB_TABLE); empty where
   * the module is not active.
   */
  public get metaflowStepFunctionsDynamodbTableName(): string {
    return this.getString("metaflow_step_functions_dynamodb_table_name");
  }

  /** The ARN of the state machines' role (METAFLOW_SFN_IAM_ROLE); empty where the module is not active. */
  public get metaflowStepFunctionsRoleArn(): string {
    return this.getString("metaflow_step_functions_role_arn");
  }
}
