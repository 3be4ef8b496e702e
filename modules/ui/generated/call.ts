// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { uiContract } from "../contract";
import type { UiInputs, UiOutputs } from "./interface";

/** The props of {@link UiModule}. */
export interface UiModuleProps extends UiInputs, ModuleCallProps {}

/** A call of the published Terraform module `ui`, with the props and outputs of the construct of that name. */
export class UiModule extends ModuleCall implements UiOutputs {
  public constructor(scope: Construct, id: string, props: UiModuleProps) {
    super(scope, id, uiContract, props);
  }

  /** The ARN of the load balancer. */
  public get albArn(): string {
    return this.getString("alb_arn");
  }

  /** The DNS name of the load balancer, to which the certificate's name should resolve. */
  public get albDnsName(): string {
    return this.getString("alb_dns_name");
  }
}
