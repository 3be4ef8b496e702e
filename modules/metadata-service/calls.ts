import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { Construct } from "constructs";
import type { Place } from "../../lib/aws/location";
import type { Inputs } from "../../lib/contract/inputs";
import { without } from "../../lib/synth/without";
import { restApi } from "./api";
import { sourceAddressPolicy } from "./api-policy";
import { apiStage } from "./api-stage";
import type { MetadataServiceInputs, MetadataServiceOptions } from "./generated/interface";
import { privateEndpoints, privateUrl } from "./private-api";

/** How the service is called from outside of its VPC. */
export interface Calls {
  readonly api: ApiGatewayRestApi;
  readonly key: ApiGatewayApiKey;
  readonly stage: ApiGatewayStage;
  readonly link: ApiGatewayVpcLink;
  /** The id of the REST API; empty without one. */
  readonly id: string;
  /** The URL of the REST API, where there is one. */
  readonly url?: string;
}

/** By the REST API, which is public or private. */
export function calledByApi(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  balancer: Lb,
  place: Place,
  options: MetadataServiceOptions,
): Calls {
  const parts = restApi(scope, inputs, balancer, options);
  const { api, link } = parts;
  const policy = sourceAddressPolicy(scope, inputs, api, place, options);
  const { stage, key } = apiStage(scope, inputs, { ...parts, policy }, place, options);
  const vpcEndpointIds = privateEndpoints(options);
  const url = vpcEndpointIds ? privateUrl(stage.invokeUrl, vpcEndpointIds) : stage.invokeUrl;
  return { api, key, stage, link, id: api.id, url: `${url}/` };
}

/** Not at all: who routes to the VPC calls the load balancer. */
export function noApi(scope: Construct): Calls {
  const why = 'restApi is "none"';
  return {
    api: without(scope, ApiGatewayRestApi, "this", why),
    key: without(scope, ApiGatewayApiKey, "this", why),
    stage: without(scope, ApiGatewayStage, "this", why),
    link: without(scope, ApiGatewayVpcLink, "this", why),
    id: "",
  };
}
