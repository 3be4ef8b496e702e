import type { Construct } from "constructs";
import { throwProblems } from "../../lib/contract/checks";
import type { Inputs } from "../../lib/contract/inputs";
import { equal, jsonencode, length } from "../../lib/hcl/functions";
import { checkedValue } from "../../lib/synth/checked";
import type { MetadataServiceInputs, MetadataServiceOptions } from "./generated/interface";

/**
 * Refuses options that contradict each other.
 *
 * @throws Error naming each one
 */
export function checkOptions(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  options: MetadataServiceOptions,
): void {
  const { desiredTasks, restApi = "public", restApiVpcEndpointIds, taskScaling } = options;
  const problems: string[] = [];
  if (desiredTasks !== undefined && taskScaling !== undefined) {
    problems.push(
      `desiredTasks, ${String(desiredTasks)}, and taskScaling are both given; one of them must be left out: with taskScaling, the load ` +
        "decides how many tasks run.",
    );
  }
  if (options.newLoadBalancer && !options.ownSecurityGroups) {
    problems.push(
      "newLoadBalancer is true and ownSecurityGroups is not; newLoadBalancer must be left out, or ownSecurityGroups be true: the load " +
        "balancer has no security group.",
    );
  }
  if (restApi === "private" && restApiVpcEndpointIds === undefined) {
    problems.push(
      'restApiVpcEndpointIds is required where restApi is "private": the ids of VPC endpoints of API Gateway (execute-api).',
    );
  }
  if (restApi !== "private" && restApiVpcEndpointIds !== undefined) {
    problems.push(
      `restApiVpcEndpointIds is given and restApi is ${JSON.stringify(restApi)}; it must be left out, or restApi be "private".`,
    );
  }
  if (restApi === "none") {
    for (const name of ["apiLogs", "usageLimits"] as const) {
      if (options[name] !== undefined) {
        problems.push(`${name} is given and restApi is "none"; it must be left out: there is no REST API.`);
      }
    }
  }
  throwProblems(scope, problems);
  if (restApi === "none") {
    const { accessListCidrBlocks: list } = inputs;
    checkedValue(scope, "access_list_without_api", "none", {
      condition: equal(length(list), 0),
      message: [
        "access_list_cidr_blocks is ",
        jsonencode(list),
        ' and restApi is "none"; it must be empty: there is no REST API. vpc_cidr_blocks says who reaches the load balancer.',
      ],
    });
  }
}
