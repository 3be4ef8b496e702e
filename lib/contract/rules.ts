import { isIPv4, isIPv6 } from "node:net";
import type { Rule } from "./contract";
import { Expression, evaluate, hcl, type Operand } from "../hcl/expression";
import { all, any, concat, equal, every, ifElse, lower, matches, not } from "../hcl/functions";

/** A text of a given form. */
export function form(pattern: string, allowed: string): Rule {
  return { allowed, test: (value) => matches(pattern, value) };
}

/** One of some texts. */
export function oneOf(...values: string[]): Rule {
  return { allowed: `one of ${values.join(", ")}`, test: (value) => any(...values.map((each) => equal(value, each))) };
}

/** Source: "CreateDBInstance", BackupRetentionPeriod, in the Amazon RDS API Reference. */
export const backupRetention = wholeNumber(0, 35);

/** Source: "CreateDBInstance", MonitoringInterval, in the Amazon RDS API Reference. */
export const monitoringInterval = oneOfNumbers(0, 1, 5, 10, 15, 30, 60);

/** For how many days a bucket keeps old versions. */
export const noncurrentDays = wholeNumber(1, 36500);

/** The version of a password. */
export const passwordVersion = wholeNumber(1, 1_000_000_000);

/** libpq's sslmode. Source: "SSL Support" in the PostgreSQL documentation. */
export const sslMode = oneOf("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

/** One of some numbers. */
export function oneOfNumbers(...values: number[]): Rule {
  return {
    allowed: `one of ${values.join(", ")}`,
    test: (value) =>
      new Expression(["contains(", ", ", ")"], [values, value], (_, one) => values.includes(one as number)),
  };
}

/** A whole number in a range. */
export function wholeNumber(least: number, most: number): Rule {
  return {
    allowed: `a whole number from ${String(least)} to ${String(most)}`,
    test: (value) =>
      new Expression(
        ["floor(", ") == ", " && ", " >= ", " && ", " <= ", ""],
        [value, value, value, least, value, most],
        (number) => Number.isInteger(number) && Number(number) >= least && Number(number) <= most,
      ),
  };
}

/**
 * When RDS may do maintenance, or empty.
 * Source: "CreateDBInstance", PreferredMaintenanceWindow, in the Amazon RDS API Reference.
 */
export const maintenanceWindow: Rule = {
  allowed: "of the form ddd:hh24:mi-ddd:hh24:mi and 30 minutes long at least, such as Mon:00:00-Mon:03:00, or empty",
  test: (value) =>
    any(equal(value, ""), all(matches(`^${WEEK_TIME}-${WEEK_TIME}$`, lower(value)), isLongWindow(lower(value)))),
};

/** The empty text, or what a rule has. */
export function emptyOr(rule: Rule): Rule {
  return { allowed: `${rule.allowed}, or empty`, test: (value) => any(equal(value, ""), rule.test(value)) };
}

/** A list, every item of which is as a rule has it. */
export function listOf(rule: Rule): Rule {
  return { allowed: `a list, each item ${rule.allowed}`, test: (list) => every(list, (item) => rule.test(item)) };
}

/** A list as a rule has it, with no item in it twice. */
export function distinct(rule: Rule): Rule {
  return {
    allowed: `${rule.allowed}, none of them twice`,
    test: (list) =>
      all(
        rule.test(list),
        new Expression(["length(distinct(", ")) == length(", ")"], [list, list], (items) =>
          Array.isArray(items) ? new Set(items).size === items.length : undefined,
        ),
      ),
  };
}

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

/**
 * Whether Fargate has tasks of a size.
 * Source: "Fargate task definition parameters: Task size" in the Amazon ECS Developer Guide.
 *
 * @param cpu - CPU units, 1024 being one vCPU
 * @param memory - MiB
 */
export function isFargateSize(cpu: Operand, memory: Operand): Expression {
  const table = Object.fromEntries(FARGATE_MEMORY.map(({ units, sizes }) => [units, sizes.expression]));
  return new Expression(
    ["contains(try(", "[tostring(", ")], []), ", ")"],
    [table, cpu, memory],
    (units, mebibytes) =>
      FARGATE_MEMORY.some((row) => row.units === units && row.sizes.values.includes(Number(mebibytes))),
    [1, 2],
  );
}

/** Fargate's task sizes in words. */
export const FARGATE_SIZES =
  "256 CPU units with 512, 1024 or 2048 MiB; 512 with 1024 to 4096, 1024 with 2048 to 8192, 2048 with 4096 to 16384 " +
  "and 4096 with 8192 to 30720 in steps of 1024; 8192 with 16384 to 61440 in steps of 4096; 16384 with 32768 to " +
  "122880 in steps of 8192";

const WEEK_TIME = "(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]";
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTES_OF_DAY = 24 * 60;
const MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;
const SHORTEST_WINDOW = 30;

/** Whether a window of the right form is as long as RDS demands; it may go past the week's end. */
function isLongWindow(window: Operand): Expression {
  const parts = hcl`[regexall("[a-z]+|[0-9]+", ${window})]`;
  const day = (index: number) => hcl`index(${DAYS}, w[${index}])`;
  const minutes = hcl`[for w in ${parts} : ((${day(3)} - ${day(0)}) * ${MINUTES_OF_DAY} + (w[4] - w[1]) * 60 + w[5] - w[2] + ${MINUTES_OF_WEEK}) % ${MINUTES_OF_WEEK}][0]`;
  return new Expression(
    ["try(", ` >= ${String(SHORTEST_WINDOW)}, false)`],
    [minutes],
    () => {
      const text = evaluate(window);
      if (typeof text !== "string") return undefined;
      const [from = 0, to = 0] = text.split("-").map((time) => {
        const [weekday = "", hours, rest] = time.split(":");
        return DAYS.indexOf(weekday) * MINUTES_OF_DAY + Number(hours) * 60 + Number(rest);
      });
      return (to - from + MINUTES_OF_WEEK) % MINUTES_OF_WEEK >= SHORTEST_WINDOW;
    },
    [],
  );
}

interface Sizes {
  readonly values: readonly number[];
  readonly expression: Operand;
}

const FARGATE_MEMORY: readonly { readonly units: number; readonly sizes: Sizes }[] = [
  { units: 256, sizes: { values: [512, 1024, 2048], expression: [512, 1024, 2048] } },
  { units: 512, sizes: steps(1024, 4096, 1024) },
  { units: 1024, sizes: steps(2048, 8192, 1024) },
  { units: 2048, sizes: steps(4096, 16384, 1024) },
  { units: 4096, sizes: steps(8192, 30720, 1024) },
  { units: 8192, sizes: steps(16384, 61440, 4096) },
  { units: 16384, sizes: steps(32768, 122880, 8192) },
];

function steps(from: number, to: number, step: number): Sizes {
  const count = (to - from) / step + 1;
  return {
    values: Array.from({ length: count }, (_, index) => from + index * step),
    expression: hcl`range(${from}, ${to + 1}, ${step})`,
  };
}

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
