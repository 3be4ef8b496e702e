// Generated from contract.ts by `npm run generate`; change the contract instead.
import type { Construct } from "constructs";
import { ModuleCall, type ModuleCallProps } from "../../../lib/synth/module-call";
import { commonContract } from "../contract";
import type { CommonOutputs } from "./interface";

/** The props of {@link CommonModule}. */
export type CommonModuleProps = ModuleCallProps;

/** A call of the published Terraform module `common`, with the props and outputs of the construct of that name. */
export class CommonModule extends ModuleCall implements CommonOutputs {
  public constructor(scope: Construct, id: string, props: CommonModuleProps) {
    super(scope, id, commonContract, props);
  }

  /** The default container image of the metadata service. */
  public get defaultMetadataServiceContainerImage(): string {
    return this.getString("default_metadata_service_container_image");
  }

  /** The default container image of Metaflow's web interface. */
  public get defaultUiStaticContainerImage(): string {
    return this.getString("default_ui_static_container_image");
  }
}
