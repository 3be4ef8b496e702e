/** A rule of a security group as Terraform's state has it. */
interface Rule {
  readonly from_port: number;
  readonly to_port: number;
  readonly protocol: string;
  readonly cidr_blocks: readonly string[];
  readonly security_groups: readonly string[];
  readonly self: boolean;
}

/** A security group as Terraform's state has it. */
export interface Group {
  readonly id: string;
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
}

/** Who takes part: somebody with a security group, or an address outside of all. */
export type Party = { readonly group: Group } | { readonly address: string };

/**
 * Who reaches whom at which ports, `client -> balancer: 80`: where the one's group lets out and the other's lets in. Answers need no
 * rule.
 *
 * Source: "Security group rules" in the Amazon VPC User Guide.
 */
export function reach(parties: Readonly<Record<string, Party>>, ports: readonly number[]): string[] {
  const all = Object.entries(parties);
  return all.flatMap(([from, source]) =>
    all
      .filter(([to]) => to !== from)
      .flatMap(([to, target]) => {
        const open = ports.filter(
          (port) => goes("egress", source, target, port) && goes("ingress", target, source, port),
        );
        return open.length === 0 || ("address" in source && "address" in target)
          ? []
          : [`${from} -> ${to}: ${open.join(", ")}`];
      }),
  );
}

function goes(direction: "ingress" | "egress", own: Party, other: Party, port: number): boolean {
  if (!("group" in own)) return true;
  return own.group[direction].some((rule) => {
    const isPort =
      rule.protocol === "-1" || (rule.protocol === "tcp" && rule.from_port <= port && port <= rule.to_port);
    return isPort && names(rule, own.group, other);
  });
}

function names(rule: Rule, own: Group, other: Party): boolean {
  if ("address" in other) return rule.cidr_blocks.some((block) => contains(block, other.address));
  // Where everything in the network is meant, whatever has a group is in it.
  return (
    rule.security_groups.includes(other.group.id) ||
    (rule.self && other.group.id === own.id) ||
    rule.cidr_blocks.some((block) => contains(block, INSIDE))
  );
}

/** An address that everybody with a group may have. */
const INSIDE = "10.20.0.10";

function contains(block: string, address: string): boolean {
  const [network = "", bits = "0"] = block.split("/");
  const size = 2 ** (32 - Number(bits));
  return Math.floor(value(network) / size) === Math.floor(value(address) / size);
}

function value(address: string): number {
  return address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
