import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { securityGroupName } from "../../lib/aws/ec2";
import type { Location } from "../../lib/aws/location";
import { HTTPS_PORT } from "../../lib/aws/ports";
import { toPort } from "../../lib/aws/security-group-rules";
import { domainOfChina } from "../../lib/aws/vpc-endpoints";
import type { Inputs } from "../../lib/contract/inputs";
import { concat, merge } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { affixedName } from "../../lib/synth/checked";
import type { Deployment } from "./deployment";
import type { MetaflowInputs } from "./generated/interface";
import type { Network } from "./network";

/** The VPC endpoint through which a private REST API is called. */
export class PrivateApiEndpoint extends Construct {
  public readonly endpoint: VpcEndpoint;

  public constructor(
    scope: Construct,
    id: string,
    inputs: Inputs<MetaflowInputs>,
    network: Network,
    { partition, region }: Location,
  ) {
    super(scope, id);
    const { resourcePrefix: prefix, resourceSuffix: suffix, standardTags } = inputs;
    const group = resource(this, SecurityGroup, "this", {
      name: affixedName(this, "name", inputs, {
        middle: "private-api-security-group",
        what: "private API's security group",
        rule: securityGroupName,
      }),
      description: "Security group of the VPC endpoint of the private REST API.",
      vpcId: network.vpcId,
      ingress: [toPort(HTTPS_PORT, { cidrBlocks: network.cidrBlocks, description: "Callers of the API" })],
      egress: [],
      tags: standardTags,
    });
    this.endpoint = resource(this, VpcEndpoint, "this", {
      vpcId: network.vpcId,
      serviceName: concat(domainOfChina(partition), region, ".execute-api").string,
      vpcEndpointType: "Interface",
      // With it, nobody in the VPC would reach a public REST API of the region any longer.
      privateDnsEnabled: false,
      subnetIds: [network.subnet1Id, network.subnet2Id],
      securityGroupIds: [group.id],
      tags: merge(standardTags, { Name: concat(prefix, "execute-api", suffix) }).map,
      lifecycle: { ignoreChanges: ["service_name"] },
    });
  }
}

/** The VPC endpoints of a private REST API: those that are there, or one of the deployment's own. */
export function apiEndpoints(
  scope: Construct,
  { inputs, options, location }: Deployment,
  network: Network,
): string[] | undefined {
  const { restApi, restApiVpcEndpointIds: given } = options;
  if (restApi !== "private" || given !== undefined) return given;
  return [new PrivateApiEndpoint(scope, "private_api", inputs, network, location).endpoint.id];
}
