import { Token } from "cdktf";
import { hcl, type Operand } from "../../lib/hcl/expression";
import { concat, replaceMatches } from "../../lib/hcl/functions";
import type { MetadataServiceOptions } from "./generated/interface";

/** The VPC endpoints of a private REST API; undefined where it is another one. */
export function privateEndpoints({ restApi, restApiVpcEndpointIds }: MetadataServiceOptions): string[] | undefined {
  return restApi === "private" ? restApiVpcEndpointIds : undefined;
}

/**
 * The URL of a stage by a name that leads to the API's VPC endpoint, whether that has private DNS or not.
 * Source: "Invoke a private API using a Route 53 alias" in the Amazon API Gateway Developer Guide.
 */
export function privateUrl(invokeUrl: string, vpcEndpointIds: string[]): string {
  const first: Operand = Token.isUnresolved(vpcEndpointIds) ? hcl`${vpcEndpointIds}[0]` : vpcEndpointIds[0];
  return replaceMatches(invokeUrl, "^https://([a-z0-9]+)[.]", concat("https://$1-", first, ".").string).string;
}

/** The statements that let a private API's callers in by its VPC endpoints, and nobody else. */
export function privateStatements(
  statement: Readonly<Record<string, Operand>>,
  vpcEndpointIds: string[],
): Readonly<Record<string, Operand>>[] {
  return [
    { Effect: "Allow", ...statement },
    { Effect: "Deny", ...statement, Condition: { StringNotEquals: { "aws:SourceVpce": vpcEndpointIds } } },
  ];
}
