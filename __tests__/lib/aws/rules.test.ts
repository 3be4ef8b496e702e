import fc from "fast-check";
import { literal } from "../../../lib/hcl/expression";
import { doOverlap, isWithin, ipv4Network } from "../../../lib/aws/networks";
import { emptyOr, listOf } from "../../../lib/contract/rules";
import { isFargateSize } from "../../../lib/aws/ecs";
import { ruleCases } from "../../support/rule-cases";

describe.each(ruleCases)("$name", ({ rule, allowed, refused }) => {
  test.each(allowed)("allows %j", (text) => {
    expect(rule.test(literal(text)).evaluate()).toBe(true);
  });

  test.each(refused)("refuses %j", (text) => {
    expect(rule.test(literal(text)).evaluate()).toBe(false);
  });

  test("says what is allowed", () => {
    expect(rule.allowed).toMatch(/^\S.*[^.]$/s);
  });
});

test("listOf looks at every item", () => {
  const rule = listOf(ipv4Network);
  expect(rule.test([]).evaluate()).toBe(true);
  expect(rule.test(["10.0.0.0/8", "10.20.0.0/16"]).evaluate()).toBe(true);
  expect(rule.test(["10.0.0.0/8", "nonsense"]).evaluate()).toBe(false);
});

test("emptyOr takes the empty text too", () => {
  expect(emptyOr(ipv4Network).test("").evaluate()).toBe(true);
  expect(emptyOr(ipv4Network).test("10.0.0.0/8").evaluate()).toBe(true);
  expect(emptyOr(ipv4Network).test("nonsense").evaluate()).toBe(false);
});

describe("Fargate's task sizes", () => {
  test.each([
    [256, 512],
    [256, 1024],
    [256, 2048],
    [512, 1024],
    [512, 4096],
    [1024, 8192],
    [2048, 16384],
    [4096, 8192],
    [4096, 30720],
    [8192, 16384],
    [8192, 20480],
    [16384, 122880],
  ])("have %d CPU units with %d MiB", (cpu, memory) => {
    expect(isFargateSize(cpu, memory).evaluate()).toBe(true);
  });

  test.each([
    [256, 1536],
    [256, 4096],
    [512, 512],
    [512, 1025],
    [512, 5120],
    [1024, 1024],
    [2048, 2048],
    [4096, 31744],
    [8192, 17408],
    [16384, 30720],
    [300, 1024],
    [0, 0],
  ])("do not have %d CPU units with %d MiB", (cpu, memory) => {
    expect(isFargateSize(cpu, memory).evaluate()).toBe(false);
  });
});

describe("networks", () => {
  test.each([
    ["10.20.0.0/24", "10.20.0.0/16", true],
    ["10.20.0.0/16", "10.20.0.0/16", true],
    ["10.20.0.0/16", "10.20.0.0/24", false],
    ["10.21.0.0/24", "10.20.0.0/16", false],
    ["255.255.255.255/32", "0.0.0.0/0", true],
  ])("%s lies within %s: %s", (inner, outer, within) => {
    expect(isWithin(inner, outer).evaluate()).toBe(within);
  });

  test("two overlap exactly where one lies within the other", () => {
    const network = fc
      .tuple(fc.nat(0xffffffff), fc.integer({ min: 4, max: 32 }))
      .map(([address, bits]) => [Math.floor(address / 2 ** (32 - bits)) * 2 ** (32 - bits), bits] as const);
    const text = ([address, bits]: readonly [number, number]) =>
      `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".")}/${bits}`;
    fc.assert(
      fc.property(network, network, (a, b) => {
        const [last, first] = [(n: typeof a) => n[0] + 2 ** (32 - n[1]) - 1, (n: typeof a) => n[0]];
        const common = first(a) <= last(b) && first(b) <= last(a);
        expect(doOverlap(text(a), text(b)).evaluate()).toBe(common);
        expect(ipv4Network.test(text(a)).evaluate()).toBe(true);
      }),
    );
  });
});
