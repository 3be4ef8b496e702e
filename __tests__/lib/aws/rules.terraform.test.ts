import fc from "fast-check";
import { evaluate, hcl, type Known, literal, type Operand } from "../../../lib/hcl/expression";
import { jsonencode } from "../../../lib/hcl/functions";
import { doOverlap, isWithin, sourceAddress } from "../../../lib/aws/networks";
import { isFargateSize } from "../../../lib/aws/ecs";
import { listOf } from "../../../lib/contract/rules";
import { ruleCases } from "../../support/rule-cases";
import { rendered } from "../../support/synth";
import { terraformRoot } from "../../support/terraform-root";

/** What Terraform makes of values, in their order. */
async function terraformValues(values: readonly Operand[]): Promise<unknown> {
  const root = terraformRoot({ output: { all: { value: values.map((value) => rendered(() => value)) } } });
  await root.apply();
  return root.output("all");
}

/** Each value in TypeScript must be the value in Terraform. */
async function expectSame(cases: readonly (readonly [string, Operand])[]): Promise<void> {
  const inTerraform = (await terraformValues(cases.map(([, operand]) => operand))) as Known[];
  const different = cases.flatMap(([label, operand], index) => {
    const [here, there] = [evaluate(operand), inTerraform[index]];
    return here === there ? [] : [`${label}: ${String(here)} in TypeScript, ${String(there)} in Terraform`];
  });
  expect(different).toEqual([]);
}

test("every rule is the same in TypeScript and in Terraform", async () => {
  const signs = fc.constantFrom(
    "a",
    "Z",
    "0",
    "9",
    "-",
    "_",
    ".",
    "/",
    ":",
    "é",
    " ",
    "$",
    "{",
    "\n",
    '"',
    "sg-",
    "xn--",
  );
  const random = fc.sample(fc.string({ unit: signs, maxLength: 8 }), 60);
  const octet = fc.oneof(fc.nat(255).map(String), fc.constantFrom("256", "01", "", "a"));
  const addresses = fc.sample(
    fc.tuple(octet, octet, octet, octet, fc.constantFrom("", "/0", "/8", "/16", "/24", "/32", "/33", "/x", "/08")),
    120,
  );
  const cidrs = addresses.map(([a, b, c, d, prefix]) => `${a}.${b}.${c}.${d}${prefix}`);
  const networks = ["10.0.0.0/8", "10.20.0.0/16", "10.20.128.0/17", "0.0.0.0/0", "192.168.0.16/28", "10.20.0.0/32"];

  const cases = ruleCases.flatMap(({ name, rule, allowed, refused }) =>
    [...allowed, ...refused, ...random, ...(/network|address/i.test(name) ? cidrs : [])].map(
      (text) => [`${name} of ${JSON.stringify(text)}`, rule.test(literal(text))] as const,
    ),
  );
  const sizes = [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768].flatMap((cpu) =>
    [0, 512, 1024, 1536, 2048, 4096, 5120, 8192, 16384, 20480, 30720, 61440, 65536, 122880].map(
      (memory) => [`Fargate ${cpu}/${memory}`, isFargateSize(cpu, memory)] as const,
    ),
  );
  const pairs = networks.flatMap((a) =>
    networks.flatMap((b) => [
      [`${a} within ${b}`, isWithin(a, b)] as const,
      [`${a} overlaps ${b}`, doOverlap(a, b)] as const,
    ]),
  );
  const lists = [[], ["10.0.0.0/8"], ["10.0.0.0/8", "x"], ["::/0", "1.2.3.4"]].map(
    (list) => [`list ${list.join()}`, listOf(sourceAddress).test(list)] as const,
  );
  await expectSame([...cases, ...sizes, ...pairs, ...lists]);
});

test("every text arrives in Terraform as it is, wherever it stands", async () => {
  const signs = fc.constantFrom(
    "$",
    "%",
    "{",
    "}",
    "$$",
    "%%",
    "${",
    "%{",
    '"',
    "\\",
    "\n",
    "\t",
    "~",
    "é",
    "👍",
    "a",
    "'",
  );
  const texts = [
    "",
    "$",
    "%",
    "${",
    "$${",
    "${x}",
    "%{ if x }",
    ...fc.sample(fc.string({ unit: signs, maxLength: 10 }), 250),
  ];
  const arrived = await terraformValues(
    texts.map((text) => ({
      plain: literal(text),
      inExpression: hcl`[${literal(text)}][0]`,
      inMap: literal({ [`k${text}`]: text }),
      inJson: jsonencode({ a: [literal(text)] }),
      besideReference: literal(`${text}${hcl`upper("x")`.string}${text}`),
      besideReferenceInExpression: hcl`[${literal(`${text}${hcl`upper("x")`.string}`)}][0]`,
    })),
  );
  expect(arrived).toEqual(
    texts.map((text) => ({
      plain: text,
      inExpression: text,
      inMap: { [`k${text}`]: text },
      inJson: expect.any(String) as string,
      besideReference: `${text}X${text}`,
      besideReferenceInExpression: `${text}X`,
    })),
  );
  const decoded = (arrived as { inJson: string }[]).map(({ inJson }) => JSON.parse(inJson) as unknown);
  expect(decoded).toEqual(texts.map((text) => ({ a: [text] })));
});
