import { Lazy } from "cdktf";
import type { EndpointCaller } from "./endpoints";
import type { MetaflowOptions } from "./generated/interface";

/** The ids of the security groups of a deployment's parts, each known once the part is there. */
export interface CallerGroups {
  readonly service: () => string;
  readonly jobs: () => string | undefined;
  readonly notebook: () => string | undefined;
  readonly webInterface: () => string | undefined;
}

/** The parts of a deployment that call AWS through its VPC endpoints. */
export function endpointCallers(
  { compute, kubernetes, notebook, ui }: Pick<MetaflowOptions, "compute" | "kubernetes" | "notebook" | "ui">,
  groups: CallerGroups,
): EndpointCaller[] {
  const caller = (description: string, produce: () => string | undefined) => ({
    description,
    securityGroupId: Lazy.stringValue({ produce }),
  });
  return [
    caller("The metadata service", groups.service),
    ...(compute ? [caller("The jobs of flows", groups.jobs)] : []),
    ...(kubernetes?.securityGroupId === undefined
      ? []
      : [{ description: "The pods of flows", securityGroupId: kubernetes.securityGroupId }]),
    ...(notebook ? [caller("The notebook", groups.notebook)] : []),
    ...(ui ? [caller("The web interface", groups.webInterface)] : []),
  ];
}
