import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { ipv4Network } from "../../lib/aws/networks";
import { HTTPS_PORT } from "../../lib/aws/ports";
import {
  allTraffic,
  amongThemselves,
  EVERYWHERE,
  ruleObject,
  rulesForNetworks,
} from "../../lib/aws/security-group-rules";
import { listOf } from "../../lib/contract/rules";
import type { Inputs } from "../../lib/contract/inputs";
import { hcl } from "../../lib/hcl/expression";
import { merge } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedList } from "../../lib/synth/checked";
import type { UiInputs } from "./generated/interface";
import type { UiNames } from "./names";

const INTERNAL = "Internal communication";
const OUTWARD = allTraffic({ cidrBlocks: EVERYWHERE, description: "Allow all external communication" });

/** Admits the networks of the list to the load balancer. */
export function balancerGroup(scope: Construct, inputs: Inputs<UiInputs>, names: UiNames): SecurityGroup {
  const networks = checkedList(scope, "ui_allow_list", inputs.uiAllowList, listOf(ipv4Network));
  const visitors = rulesForNetworks(networks, {
    description: "Allow public HTTPS",
    from_port: HTTPS_PORT,
    protocol: "tcp",
    to_port: HTTPS_PORT,
  });
  return resource(scope, SecurityGroup, "ui_lb_security_group", {
    name: names.balancerGroup,
    description: "Security Group for ALB",
    vpcId: inputs.metaflowVpcId,
    ingress: hcl`concat(${visitors}, ${[ruleObject({ description: INTERNAL, self: true })]})`,
    egress: [OUTWARD],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}

/** Admits the load balancer to the tasks. */
export function tasksGroup(
  scope: Construct,
  inputs: Inputs<UiInputs>,
  names: UiNames,
  balancer: SecurityGroup,
): SecurityGroup {
  return resource(scope, SecurityGroup, "fargate_security_group", {
    name: names.tasksGroup,
    description: "Security Group for Fargate which runs the UI Backend.",
    vpcId: inputs.metaflowVpcId,
    ingress: [allTraffic({ securityGroups: [balancer.id] }), amongThemselves(INTERNAL)],
    egress: [OUTWARD],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}
