import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayRestApiPolicy } from "@cdktf/provider-aws/lib/api-gateway-rest-api-policy";
import type { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { checkedList } from "../../lib/synth/checked";
import { countIf, ifElse, joinLists, jsonencode, notEmpty } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { listOf } from "../../lib/contract/rules";
import { arn, type Place } from "../../lib/aws/location";
import { sourceAddress } from "../../lib/aws/networks";
import type { MetadataServiceInputs } from "./generated/interface";
import { privateEndpoints, privateStatements } from "./private-api";
import type { MetadataServiceOptions } from "./generated/interface";

/**
 * Refuses calls from addresses that are not on the list, where there is a list. With `redeployApi` there is a policy in any
 * case: AWS takes note of a change to it, but not of its end, in the deployment that is made after it.
 */
export function sourceAddressPolicy(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  api: ApiGatewayRestApi,
  place: Place,
  options: MetadataServiceOptions,
): ApiGatewayRestApiPolicy {
  const { redeployApi } = options;
  const methods = arn(place, "execute-api", api.id, "/*/*/*");
  const addresses = checkedList(scope, "access_list_cidr_blocks", inputs.accessListCidrBlocks, listOf(sourceAddress));
  const isRestricted = notEmpty(inputs.accessListCidrBlocks);
  const statement = { Principal: "*", Action: "execute-api:Invoke", Resource: methods };
  const vpcEndpointIds = privateEndpoints(options);
  if (vpcEndpointIds) {
    // Who comes by a VPC endpoint has the address that it has in the VPC.
    const others = { Effect: "Deny", ...statement, Condition: { NotIpAddress: { "aws:VpcSourceIp": addresses } } };
    const statements = joinLists(privateStatements(statement, vpcEndpointIds), ifElse(isRestricted, [others], []));
    return resource(scope, ApiGatewayRestApiPolicy, "this", {
      count: 1,
      restApiId: api.id,
      policy: jsonencode({ Version: "2012-10-17", Statement: statements }),
    });
  }
  const allow = { Effect: "Allow", ...statement };
  const deny = { Effect: "Deny", ...statement, Condition: { NotIpAddress: { "aws:SourceIp": addresses } } };
  return resource(scope, ApiGatewayRestApiPolicy, "this", {
    count: redeployApi ? 1 : countIf(isRestricted),
    restApiId: api.id,
    policy: jsonencode({
      Version: "2012-10-17",
      Statement: redeployApi ? joinLists([allow], ifElse(isRestricted, [deny], [])) : [allow, deny],
    }),
  });
}
