import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { ipv4Network } from "../../lib/aws/networks";
import { HTTP_PORT, HTTPS_PORT, POSTGRESQL_PORT, UI_BACKEND_PORT, UI_STATIC_PORT } from "../../lib/aws/ports";
import {
  allTraffic,
  amongThemselves,
  EVERYWHERE,
  ruleObject,
  rulesForNetworks,
  toPort,
} from "../../lib/aws/security-group-rules";
import { listOf } from "../../lib/contract/rules";
import type { Inputs } from "../../lib/contract/inputs";
import type { Expression } from "../../lib/hcl/expression";
import { ifElse, joinLists, merge } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedList } from "../../lib/synth/checked";
import { to } from "../metadata-service/network";
import type { UiInputs, UiOptions } from "./generated/interface";
import type { UiNames } from "./names";
import { signsIn } from "./sign-in";

const INTERNAL = "Internal communication";
const OUTWARD = allTraffic({ cidrBlocks: EVERYWHERE, description: "Allow all external communication" });

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
    ...(options.narrowSecurityGroups ? [] : [[ruleObject({ description: INTERNAL, self: true })]]),
  ];
  return resource(scope, SecurityGroup, "ui_lb_security_group", {
    name: names.balancerGroup,
    description: "Security Group for ALB",
    vpcId: inputs.metaflowVpcId,
    ingress: joinLists(...admitted),
    egress: options.narrowSecurityGroups ? balancerEgress(inputs, options) : [OUTWARD],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}

/** What the load balancer reaches: the containers, and the user pool where visitors sign in. */
function balancerEgress(inputs: Inputs<UiInputs>, options: UiOptions): Expression {
  const reach = (port: number, description: string) =>
    ruleObject({ description, from_port: port, protocol: "tcp", to_port: port, cidr_blocks: EVERYWHERE });
  const signIn = [reach(HTTPS_PORT, "The user pool, by HTTPS")];
  return joinLists(
    [reach(UI_BACKEND_PORT, "The backend"), reach(UI_STATIC_PORT, "The frontend")],
    ifElse(signsIn(inputs, options), signIn, []),
  );
}

/** Admits the load balancer to the tasks. */
export function tasksGroup(
  scope: Construct,
  inputs: Inputs<UiInputs>,
  names: UiNames,
  balancer: SecurityGroup,
  { databasePort = POSTGRESQL_PORT, narrowSecurityGroups }: UiOptions,
): SecurityGroup {
  const fromBalancer = (port: number, description: string) =>
    toPort(port, { securityGroups: [balancer.id], description });
  return resource(scope, SecurityGroup, "fargate_security_group", {
    name: names.tasksGroup,
    description: "Security Group for Fargate which runs the UI Backend.",
    vpcId: inputs.metaflowVpcId,
    ingress: narrowSecurityGroups
      ? [fromBalancer(UI_BACKEND_PORT, "The backend"), fromBalancer(UI_STATIC_PORT, "The frontend")]
      : [allTraffic({ securityGroups: [balancer.id] }), amongThemselves(INTERNAL)],
    egress: narrowSecurityGroups
      ? [to(HTTPS_PORT, "HTTPS: AWS and the registry of the images"), to(databasePort, "The database")]
      : [OUTWARD],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}
