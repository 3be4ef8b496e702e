import { Construct } from "constructs";
import type { CommonOutputs } from "./generated/interface";

export type { CommonOutputs } from "./generated/interface";

/** What the other modules share: the default container images. It has no resources. */
export class Common extends Construct implements CommonOutputs {
  public readonly defaultMetadataServiceContainerImage = "netflixoss/metaflow_metadata_service:v2.3.0";
  public readonly defaultUiStaticContainerImage = "public.ecr.aws/outerbounds/metaflow_ui:v1.1.2";
}
