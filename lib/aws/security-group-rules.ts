import type { SecurityGroupEgress, SecurityGroupIngress } from "@cdktf/provider-aws/lib/security-group";
import { constant, evaluate, hcl, type Expression, type Operand } from "../hcl/expression";

/** All addresses of IPv4. */
export const EVERYWHERE = ["0.0.0.0/0"];

/** Who is at the other end of a rule's connections, in words and as AWS takes it. */
type Peers = Omit<SecurityGroupIngress & SecurityGroupEgress, "fromPort" | "toPort" | "protocol">;

/** A rule for connections to one port. */
export function toPort(port: number, peers: Peers): SecurityGroupIngress & SecurityGroupEgress {
  return { fromPort: port, toPort: port, protocol: "tcp", ...peers };
}

/** A rule for connections of every kind. */
export function allTraffic(peers: Peers): SecurityGroupIngress & SecurityGroupEgress {
  return { fromPort: 0, toPort: 0, protocol: "-1", ...peers };
}

/** The rule that lets the members of a group reach each other. */
export function amongThemselves(description: string): SecurityGroupIngress {
  return allTraffic({ selfAttribute: true, description });
}

/** A rule of a security group as an object of Terraform's: every attribute is there, null where it is not set. */
export function ruleObject(attributes: Readonly<Record<string, Operand>>): Operand {
  return {
    cidr_blocks: null,
    description: null,
    from_port: 0,
    ipv6_cidr_blocks: null,
    prefix_list_ids: null,
    protocol: "-1",
    security_groups: null,
    self: false,
    to_port: 0,
    ...attributes,
  };
}

/**
 * The rule for a list of networks: a list with that rule, or an empty one where the list is empty. AWS keeps no rule without a
 * source, and every plan would add it again.
 */
export function rulesForNetworks(networks: Operand, attributes: Readonly<Record<string, Operand>> = {}): Expression {
  const known = evaluate(networks);
  if (Array.isArray(known))
    return constant(known.length > 0 ? [ruleObject({ ...attributes, cidr_blocks: networks })] : []);
  const rule = ruleObject({ ...attributes, cidr_blocks: hcl`blocks` });
  return hcl`[for blocks in [${networks}] : ${rule} if length(blocks) > 0]`;
}
