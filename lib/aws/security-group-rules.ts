import { hcl, type Expression, type Operand } from "../hcl/expression";

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
  const rule = ruleObject({ ...attributes, cidr_blocks: hcl`blocks` });
  return hcl`[for blocks in [${networks}] : ${rule} if length(blocks) > 0]`;
}
