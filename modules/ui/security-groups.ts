import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { ipv4Network } from "../../lib/aws/networks";
import { ruleObject, rulesForNetworks } from "../../lib/aws/security-group-rules";
import { listOf } from "../../lib/contract/rules";
import type { Inputs } from "../../lib/contract/inputs";
import type { Expression } from "../../lib/hcl/expression";
import { ifElse, joinLists, merge } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedList } from "../../lib/synth/checked";
import { to } from "../metadata-service/network";
import { BACKEND_PORT, STATIC_PORT } from "./balancer";
import type { UiInputs, UiOptions } from "./generated/interface";
import type { UiNames } from "./names";
import { signsIn } from "./sign-in";

const HTTP_PORT = 80;
const HTTPS_PORT = 443;
const POSTGRESQL_PORT = 5432;
const EVERYWHERE = {
  fromPort: 0,
  toPort: 0,
  protocol: "-1",
  cidrBlocks: ["0.0.0.0/0"],
  description: "Allow all external communication",
};
const AMONG_THEMSELVES = { description: "Internal communication", self: true };

/** Admits the networks of the list to the load balancer. */
export function balancerGroup(
  scope: Construct,
  inputs: Inputs<UiInputs>,
  names: UiNames,
  options: UiOptions,
): SecurityGroup {
  const networks = checkedList(scope, "ui_allow_list", inputs.uiAllowList, listOf(ipv4Network));
  const visitors = (port: number, description: string) =>
    rulesForNetworks(networks, { description, from_port: port, protocol: "tcp", to_port: port });
  const admitted = [
    visitors(HTTPS_PORT, "Allow public HTTPS"),
    ...(options.redirectHttp ? [visitors(HTTP_PORT, "Allow public HTTP, which is redirected")] : []),
    ...(options.narrowSecurityGroups ? [] : [[ruleObject(AMONG_THEMSELVES)]]),
  ];
  return resource(scope, SecurityGroup, "ui_lb_security_group", {
    name: names.balancerGroup,
    description: "Security Group for ALB",
    vpcId: inputs.metaflowVpcId,
    ingress: joinLists(...admitted),
    egress: options.narrowSecurityGroups ? balancerEgress(inputs, options) : [EVERYWHERE],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}

/** What the load balancer reaches: the containers, and the user pool where visitors sign in. */
function balancerEgress(inputs: Inputs<UiInputs>, options: UiOptions): Expression {
  const reach = (port: number, description: string) =>
    ruleObject({ description, from_port: port, protocol: "tcp", to_port: port, cidr_blocks: EVERYWHERE.cidrBlocks });
  const signIn = [reach(HTTPS_PORT, "The user pool, by HTTPS")];
  return joinLists(
    [reach(BACKEND_PORT, "The backend"), reach(STATIC_PORT, "The frontend")],
    ifElse(signsIn(inputs, options), signIn, []),
  );
}

/** Admits the load balancer to the tasks. */
export function tasksGroup(
  scope: Construct,
  inputs: Inputs<UiInputs>,
  names: UiNames,
  balancer: SecurityGroup,
  { narrowSecurityGroups }: UiOptions,
): SecurityGroup {
  const fromBalancer = (port: number, description: string) => ({
    fromPort: port,
    toPort: port,
    protocol: "tcp",
    securityGroups: [balancer.id],
    description,
  });
  return resource(scope, SecurityGroup, "fargate_security_group", {
    name: names.tasksGroup,
    description: "Security Group for Fargate which runs the UI Backend.",
    vpcId: inputs.metaflowVpcId,
    ingress: narrowSecurityGroups
      ? [fromBalancer(BACKEND_PORT, "The backend"), fromBalancer(STATIC_PORT, "The frontend")]
      : [
          { fromPort: 0, toPort: 0, protocol: "-1", securityGroups: [balancer.id] },
          { fromPort: 0, toPort: 0, protocol: "-1", selfAttribute: true, description: AMONG_THEMSELVES.description },
        ],
    egress: narrowSecurityGroups
      ? [to(HTTPS_PORT, "HTTPS: AWS and the registry of the images"), to(POSTGRESQL_PORT, "The database")]
      : [EVERYWHERE],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}
