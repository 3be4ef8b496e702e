import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  App,
  Aspects,
  Fn,
  Lazy,
  LocalBackend,
  Op,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Token,
} from "cdktf";
import type { Construct } from "constructs";
import { hcl } from "../../../lib/hcl/expression";
import { PortableStack, type Configuration } from "../../../lib/synth/stack";

const NO_REQUIREMENTS = { providers: {} };

/** Everything that a stack's values can be, short of what needs another stack. */
function everyKindOfValue(stack: Construct): void {
  new AwsProvider(stack, "aws");
  const text = new TerraformVariable(stack, "text", { type: "string", default: "x" });
  const list = new TerraformVariable(stack, "list", { type: "list(string)", default: [] });
  const map = new TerraformVariable(stack, "map", { type: "map(string)", default: {} });
  const count = new TerraformVariable(stack, "count_", { type: "number", default: 1 });
  const values: Record<string, unknown> = {
    plain: "a",
    escaped: "$${a}",
    number: 1.5,
    huge: 1e300,
    boolean: false,
    reference: text.stringValue,
    mixed: `a-${text.stringValue}-b`,
    raw: "${upper(var.text)}",
    rawWithToken: `\${upper(${text.stringValue})}-${text.stringValue}`,
    numberToken: count.numberValue,
    numberInText: `port ${count.numberValue}`,
    listToken: list.listValue,
    listItem: Fn.element(list.listValue, 0),
    mapToken: Token.asStringMap(map.value),
    mapValue: Fn.lookup(map.value, "k", text.stringValue),
    fn: Fn.join("-", ["a", text.stringValue]),
    nested: Fn.upper(Fn.join("-", [text.stringValue, Fn.jsonencode({ a: [text.stringValue] })])),
    operator: Op.and(Op.eq(count.numberValue, 1), true),
    lazy: Lazy.stringValue({ produce: () => `later ${text.stringValue}` }),
    lazyList: Lazy.listValue({ produce: () => ["a", text.stringValue] }),
    expression: hcl`f(${text.stringValue}, ${list.listValue})`,
    keyed: { [text.stringValue]: "v", plain: undefined, list: [undefined, "a", null] },
    empty: [],
  };
  for (const [name, value] of Object.entries(values)) new TerraformLocal(stack, `local_${name}`, value);
  const bucket = new S3Bucket(stack, "bucket", {
    bucket: `a-${text.stringValue}`,
    tags: { [`k-${text.stringValue}`]: "v" },
    count: count.numberValue,
    lifecycle: { ignoreChanges: ["tags"] },
  });
  bucket.addOverride("force_destroy", hcl`${text.stringValue} == "y"`);
  const each = TerraformIterator.fromList(list.listValue);
  new SecurityGroup(stack, "group", {
    forEach: each,
    name: each.value,
    ingress: [{ fromPort: 1, toPort: count.numberValue, protocol: "tcp", cidrBlocks: list.listValue }],
    dependsOn: [bucket],
  });
  new TerraformOutput(stack, "out", { value: bucket.arn, sensitive: true });
}

function withoutPaths(configuration: unknown): Configuration {
  const { terraform, ...rest } = configuration as Configuration;
  const { backend, ...others } = terraform ?? {};
  void backend;
  return { ...rest, terraform: others };
}

/** What two stacks synthesize to, one of each kind, the first made by the second's builder as well. */
function synth(build: (app: App) => void): Record<string, Configuration> {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const app = new App({ outdir });
    build(app);
    app.synth();
    const stacks = app.node.children.filter((child): child is TerraformStack => TerraformStack.isStack(child));
    return Object.fromEntries(
      stacks.map((stack) => {
        const file = join(outdir, "stacks", stack.node.id, "cdk.tf.json");
        return [stack.node.id, JSON.parse(readFileSync(file, "utf8")) as Configuration];
      }),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

test("a portable stack synthesizes to what CDKTF's own does, but for backend and provider versions", () => {
  const { stack: portable } = synth((app) => {
    everyKindOfValue(new PortableStack(app, "stack", { providers: { aws: { source: "hashicorp/aws" } } }));
  });
  const { stack: ordinary } = synth((app) => {
    everyKindOfValue(new TerraformStack(app, "stack"));
  });
  const expected = withoutPaths(ordinary);
  expect(withoutPaths(portable)).toEqual({
    ...expected,
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
  });
});

test("a long configuration is written in whole: sorted, in UTF-8, and with what JSON escapes", () => {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const app = new App({ outdir });
    const stack = new PortableStack(app, "stack", NO_REQUIREMENTS);
    const values = ["ä€😀", 'a "quote"', "back\\slash", "line\nbreak\u0001", "\ud83d", { b: [], a: {}, _: null, B: 1 }];
    const { length } = new TextEncoder().encode(JSON.stringify(values));
    const count = Math.ceil(300_000 / length) * values.length;
    for (let index = 0; index < count; index++) {
      new TerraformLocal(stack, `local_${String(index)}`, values[index % values.length]);
    }
    const expected = JSON.stringify(sorted(stack.toTerraform()), null, 2);
    app.synth();
    const text = readFileSync(join(outdir, "stacks", "stack", "cdk.tf.json"), "utf8");
    expect(text.length).toBeGreaterThan(250_000);
    expect(text.replace(/([[{])\s+([\]}])/g, "$1$2")).toBe(expected);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

/** A value with the names of its maps in order. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name as keyof typeof value])]));
}

test("values of other stacks become outputs there and remote state here", () => {
  const build = (Stack: new (app: App, id: string) => TerraformStack) =>
    synth((app) => {
      const [a, b] = [new Stack(app, "a"), new Stack(app, "b")];
      new LocalBackend(a, { path: "a.tfstate" });
      new LocalBackend(b, { path: "b.tfstate" });
      new AwsProvider(a, "aws");
      const bucket = new S3Bucket(a, "bucket", {});
      new TerraformOutput(b, "plain", { value: bucket.arn });
      new TerraformOutput(b, "expression", { value: hcl`upper(${bucket.arn})` });
    });
  class Portable extends PortableStack {
    public constructor(app: App, id: string) {
      super(app, id, NO_REQUIREMENTS);
    }
  }
  const [portable, ordinary] = [build(Portable), build(TerraformStack)];
  expect(withoutPaths(portable.b)).toEqual(withoutPaths(ordinary.b));
  expect(portable.a?.output).toEqual(ordinary.a?.output);
  expect(JSON.stringify(portable.b?.output)).toContain("${upper(data.terraform_remote_state.");
});

test("what an aspect changes after the preparation is synthesized", () => {
  const { stack } = synth((app) => {
    const portable = new PortableStack(app, "stack", NO_REQUIREMENTS);
    new AwsProvider(portable, "aws");
    new S3Bucket(portable, "bucket", {});
    Aspects.of(portable).add({
      visit: (node) => {
        if (node instanceof S3Bucket) node.bucket = "named-by-aspect";
      },
    });
  });
  expect(stack?.resource?.aws_s3_bucket).toMatchObject({ bucket: { bucket: "named-by-aspect" } });
});

test("there is no backend unless one is declared", () => {
  const { stack } = synth((app) => new PortableStack(app, "stack", NO_REQUIREMENTS));
  expect(stack?.terraform).toEqual({});
});
