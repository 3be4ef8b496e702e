import { isIPv4, isIPv6 } from "node:net";
import type { Rule } from "../contract/contract";
import { Expression, type Operand, evaluate, hcl } from "../hcl/expression";
import { all, any, concat, ifElse, matches, not } from "../hcl/functions";

/**
 * An IPv4 network in CIDR notation, as EC2 takes it: the address is the network's own.
 * Source: "VPC CIDR blocks" in the Amazon VPC User Guide.
 */
export const ipv4Network: Rule = {
  allowed: "an IPv4 network in CIDR notation with no bit set behind the prefix, such as 10.20.0.0/16",
  test: (value) =>
    all(
      matches("^[0-9.]+/[0-9]+$", value),
      new Expression(["try(cidrsubnet(", ", 0, 0) == ", ", false)"], [value, value], (text) => isNetwork(String(text))),
    ),
};

/** An IPv4 network of a size that a VPC or a subnet may have. */
export const vpcNetwork: Rule = {
  allowed: "an IPv4 network of /16 to /28 with no bit set behind the prefix, such as 10.20.0.0/16",
  test: (value) => all(ipv4Network.test(value), matches("/(1[6-9]|2[0-8])$", value)),
};

/** Whether an IPv4 network lies within another: its prefix is as long at least, and the outer one's bits are equal. */
export function isWithin(inner: Operand, outer: Operand): Expression {
  const bits = hcl`split("/", ${outer})[1]`;
  const isLonger = hcl`split("/", ${inner})[1] >= ${bits}`;
  const isSame = hcl`cidrhost(${concat(hcl`cidrhost(${inner}, 0)`, "/", bits)}, 0) == cidrhost(${outer}, 0)`;
  return new Expression(
    ["try(", " && ", ", false)"],
    [isLonger, isSame],
    () => {
      const [a, b] = [evaluate(inner), evaluate(outer)];
      if (a === undefined || b === undefined) return undefined;
      const [first, second] = [networkOf(String(a)), networkOf(String(b))];
      return first.bits >= second.bits && isSameNetwork(first, second, second.bits);
    },
    [],
  );
}

/** Whether two IPv4 networks have addresses in common. */
export function doOverlap(a: Operand, b: Operand): Expression {
  return any(isWithin(a, b), isWithin(b, a));
}

/**
 * An address or network, IPv4 or IPv6, as a policy's `aws:SourceIp` takes it.
 * Source: "IAM JSON policy elements: Condition operators" in the IAM User Guide.
 */
export const sourceAddress: Rule = {
  allowed: "an IPv4 or IPv6 address or CIDR block, such as 198.51.100.0/24",
  test: (value) =>
    all(
      not(matches("(^|[./])0[0-9]", value)),
      new Expression(["can(cidrhost(", ", 0))"], [ifElse(matches("/", value), value, concat(value, "/32"))], (text) =>
        isCidr(String(text)),
      ),
    ),
};

interface Ipv4Network {
  readonly address: number;
  /** The length of the prefix. */
  readonly bits: number;
}

function networkOf(text: string): Ipv4Network {
  const [address = "", prefix = ""] = text.split("/");
  return { address: address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0), bits: Number(prefix) };
}

function isSameNetwork(a: Ipv4Network, b: Ipv4Network, bits: number): boolean {
  const size = 2 ** (32 - bits);
  return Math.floor(a.address / size) === Math.floor(b.address / size);
}

function isNetwork(text: string): boolean {
  const [address = "", prefix = ""] = text.split("/");
  if (!isIPv4(address) || !/^(\d|[12]\d|3[0-2])$/.test(prefix)) return false;
  const network = networkOf(text);
  return network.address % 2 ** (32 - network.bits) === 0;
}

function isCidr(text: string): boolean {
  const [address = "", prefix = "", ...rest] = text.split("/");
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  if (isIPv4(address)) return Number(prefix) <= 32;
  return isIPv6(address) && !address.includes("%") && Number(prefix) <= 128;
}
