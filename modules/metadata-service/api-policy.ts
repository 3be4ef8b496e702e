import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayRestApiPolicy } from "@cdktf/provider-aws/lib/api-gateway-rest-api-policy";
import type { Construct } from "constructs";
import { resource } from "../../lib/addresses";
import { checkedList } from "../../lib/checks";
import { concat, countIf, jsonencode, notEmpty } from "../../lib/functions";
import type { Inputs } from "../../lib/inputs";
import { listOf, sourceAddress } from "../../lib/rules";
import type { MetadataServiceInputs } from "./interface";

/** Where the service is: what ARNs of it are made of. */
export interface Location {
  readonly region: string;
  readonly account: string;
}

/** Refuses calls from addresses that are not on the list, where there is a list. */
export function sourceAddressPolicy(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  api: ApiGatewayRestApi,
  { region, account }: Location,
): ApiGatewayRestApiPolicy {
  const methods = concat("arn:", inputs.iamPartition, ":execute-api:", region, ":", account, ":", api.id, "/*/*/*");
  const addresses = checkedList(scope, "access_list_cidr_blocks", inputs.accessListCidrBlocks, listOf(sourceAddress));
  const statement = { Principal: "*", Action: "execute-api:Invoke", Resource: methods };
  return resource(scope, ApiGatewayRestApiPolicy, "this", {
    count: countIf(notEmpty(inputs.accessListCidrBlocks)),
    restApiId: api.id,
    policy: jsonencode({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", ...statement },
        {
          Effect: "Deny",
          ...statement,
          Condition: { NotIpAddress: { "aws:SourceIp": addresses } },
        },
      ],
    }),
  });
}
