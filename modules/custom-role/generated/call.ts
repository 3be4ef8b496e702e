// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { customRoleContract } from "../contract";
import type { CustomRoleInputs, CustomRoleOutputs } from "./interface";

/** The props of {@link CustomRoleModule}. */
export interface CustomRoleModuleProps extends CustomRoleInputs, ModuleCallProps {}

/** A call of the published Terraform module `custom-role`, with the props and outputs of the construct of that name. */
export class CustomRoleModule extends ModuleCall implements CustomRoleOutputs {
  public constructor(scope: Construct, id: string, props: CustomRoleModuleProps) {
    super(scope, id, customRoleContract, props);
  }

  /** The ARN of the role of a Metaflow user; empty where there is none. */
  public get metaflowUserRoleArn(): string {
    return this.getString("metaflow_user_role_arn");
  }

  /** The name of the role of a Metaflow user; empty where there is none. */
  public get metaflowUserRoleName(): string {
    return this.getString("metaflow_user_role_name");
  }
}
