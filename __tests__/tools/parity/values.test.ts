import { corrected, differences } from "../../../tools/parity/differences";
import { recordedText } from "../../../tools/parity/recorded-text";
import { symbolic, symbolicValues, symbolsOf } from "../../../tools/parity/symbols";
import { tidy, withUnknown } from "../../../tools/parity/tidy";
import { appliedValues, plannedValues, touchedAddresses, type PlanJson } from "../../../tools/parity/values";

describe("normalisation", () => {
  test("leaves out nulls and empty values, and keeps false and 0", () => {
    expect(tidy({ a: null, b: "", c: [], d: {}, e: { f: null }, g: false, h: 0 })).toEqual({ g: false, h: 0 });
  });

  test("parses JSON texts, so that their formatting does not count", () => {
    expect(tidy({ policy: '{ "b": 1,\n "a": [] }', broken: "{a}", expression: "[*]" })).toEqual({
      policy: { b: 1 },
      broken: "{a}",
      expression: "[*]",
    });
  });

  test("does not look at the Lambda's code", () => {
    expect(tidy({ source_code_hash: "x", source_code_size: 1, source: [{}], output_size: 2, handler: "h" })).toEqual({
      handler: "h",
    });
  });

  test("leaves out a function's logging where it is AWS's default", () => {
    const logging = (group: string) => ({
      function_name: "f",
      logging_config: [{ log_format: "Text", log_group: group, system_log_level: "" }],
    });
    expect(tidy(logging("/aws/lambda/f"))).toEqual({ function_name: "f" });
    expect(tidy(logging("/other"))).toHaveProperty("logging_config");
  });

  test("leaves out a security group's rule without a source", () => {
    const rule = { from_port: 80, to_port: 80, protocol: "tcp", self: false };
    expect(tidy([rule, { ...rule, self: true }, { ...rule, cidr_blocks: ["0.0.0.0/0"] }])).toEqual([
      { ...rule, self: true },
      { ...rule, cidr_blocks: ["0.0.0.0/0"] },
    ]);
  });

  test("marks what a plan does not know", () => {
    const unknown = { id: true, list: [false, { b: true }] };
    expect(withUnknown({ name: "n", list: ["a", { c: 1 }] }, unknown)).toEqual({
      id: "<computed>",
      list: ["a", { b: "<computed>", c: 1 }],
      name: "n",
    });
  });
});

describe("generated values", () => {
  const resources = [
    { name: "aws_vpc.this", type: "aws_vpc", values: { id: "vpc-12345678", cidr_block: "10.0.0.0/16" } },
    { name: "aws_x.y", type: "aws_x", values: { arn: "arn:vpc-12345678/long", create_date: "2025-11-25T00:00:00Z" } },
    { name: "aws_ecs_tag.t", type: "aws_ecs_tag", values: { value: "metaflow-batch" } },
    { name: "aws_port.p", type: "aws_port", values: { id: "80" } },
    { name: "random_pet.p", type: "random_pet", values: { id: "apt-owl" } },
  ];
  const symbols = symbolsOf(resources);

  test("stand as the first address and attribute that has them, the longest first", () => {
    expect(symbols).toEqual([
      ["arn:vpc-12345678/long", "<aws_x.y.arn>"],
      ["vpc-12345678", "<aws_vpc.this.id>"],
      ["apt-owl", "<random_pet.p.id>"],
    ]);
    expect(symbolic({ in: "to vpc-12345678", port: 80 }, symbols)).toEqual({ in: "to <aws_vpc.this.id>", port: 80 });
  });

  test("do not order a list", () => {
    expect(symbolic(["z", { b: 1 }, "vpc-12345678", "a"], symbols)).toEqual(["<aws_vpc.this.id>", "a", "z", { b: 1 }]);
  });

  test("that are times stand under their own address", () => {
    const other = { name: "aws_z.z", type: "aws_z", values: { create_date: "2025-11-25T00:00:00Z" } };
    expect(symbolicValues(other, symbols)).toEqual({ create_date: "<aws_z.z.create_date>" });
  });
});

describe("the values of a call", () => {
  const resource = (address: string, values: Record<string, unknown>) => ({ address, type: "aws_x", values });

  test("are those of its resources and outputs, without the folders of a machine", () => {
    const plan: PlanJson = {
      planned_values: {
        root_module: {
          child_modules: [
            {
              resources: [resource("module.one.aws_x.a", { file: "../m/code.py", path: "../m/nested/x" })],
            },
            { resources: [resource("module.one_more.aws_x.a", {})] },
          ],
        },
      },
      resource_changes: [
        {
          address: "module.one.aws_x.a",
          mode: "managed",
          change: { actions: ["create"], before: null, after: {}, after_unknown: { id: true } },
        },
      ],
      output_changes: {
        one_out: { after: "o", after_unknown: false },
        other_out: { after: "p", after_unknown: false },
      },
    };
    const folders = { "../m": "${path.module}", "../m/nested": "${path.module nested}" };
    expect(plannedValues(plan, "one", folders)).toEqual({
      resources: {
        "aws_x.a": { id: "<computed>", file: "${path.module}/code.py", path: "${path.module nested}/x" },
      },
      outputs: { out: "o" },
    });
    expect(touchedAddresses(plan)).toEqual(["module.one.aws_x.a"]);
  });

  test("refer to what was set up beside it", () => {
    const state = {
      values: {
        root_module: {
          resources: [resource("aws_vpc.this", { id: "vpc-12345678" })],
          child_modules: [{ resources: [resource("module.m.aws_x.a", { id: "x-12345678", vpc: "vpc-12345678" })] }],
        },
        outputs: { id: { value: "x-12345678" } },
      },
    };
    expect(appliedValues(state, {})).toEqual({
      resources: { "aws_x.a": { id: "<aws_x.a.id>", vpc: "<aws_vpc.this.id>" } },
      outputs: { id: "<aws_x.a.id>" },
    });
  });
});

describe("differences", () => {
  test("are told by path, down into lists of one length", () => {
    const expected = { a: 1, b: [{ c: 1 }, 2], d: [1], gone: 0 };
    const actual = { a: 1, b: [{ c: 2 }, 2], d: [1, 2], more: true };
    expect(differences(expected, actual)).toEqual([
      "/b/0/c: 2 instead of 1",
      "/d: [1,2] instead of [1]",
      "/gone: missing",
      "/more: not in the reference, true",
    ]);
  });

  test("do not count where the reference's defect is corrected", () => {
    const result = { statement: { resource: 'arn:aws:"x"' } };
    expect(corrected(result, { 'aws:"x"': 'aws-us-gov:"x"' })).toEqual({
      statement: { resource: 'arn:aws-us-gov:"x"' },
    });
  });
});

test("a recorded text has a line for each value, and its keys in order", () => {
  expect(recordedText({ b: [], a: { 10: "x", 9: [1, {}] } })).toBe(
    '{\n "a": {\n  "10": "x",\n  "9": [\n   1,\n   {}\n  ]\n },\n "b": []\n}',
  );
});
