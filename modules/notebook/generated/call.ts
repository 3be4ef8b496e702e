// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { notebookContract } from "../contract";
import type { NotebookInputs, NotebookOutputs } from "./interface";

/** The props of {@link NotebookModule}. */
export interface NotebookModuleProps extends NotebookInputs, ModuleCallProps {}

/** A call of the published Terraform module `notebook`, with the props and outputs of the construct of that name. */
export class NotebookModule extends ModuleCall implements NotebookOutputs {
  public constructor(scope: Construct, id: string, props: NotebookModuleProps) {
    super(scope, id, notebookContract, props);
  }

  /** The name of the notebook instance. */
  public get notebookInstanceName(): string {
    return this.getString("notebook_instance_name");
  }

  /** The ARN of the notebook's role, to which policies can be attached. */
  public get notebookRoleArn(): string {
    return this.getString("notebook_role_arn");
  }

  /** The id of the notebook's security group. */
  public get notebookSecurityGroupId(): string {
    return this.getString("notebook_security_group_id");
  }

  /**
   * The URL of JupyterLab, for a browser that is signed in to the AWS console (`aws sagemaker
   * create-presigned-notebook-instance-url` makes one for others).
   */
  public get notebookUrl(): string {
    return this.getString("notebook_url");
  }
}
