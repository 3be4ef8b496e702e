import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Datastore } from "../../modules/datastore";
import { Metaflow } from "../../modules/metaflow";
import { CONSTRUCTS } from "../support/any-construct";
import { DATASTORE } from "../support/samples";
import type { Configuration } from "../support/synth";

/** A stack with a provider configuration of each kind, without an alias and with one. */
function stackWithProviders() {
  const stack = new TerraformStack(new App(), "stack");
  new AwsProvider(stack, "aws", { region: "us-west-2" });
  new RandomProvider(stack, "random");
  new ArchiveProvider(stack, "archive");
  const east = new AwsProvider(stack, "east", { region: "us-east-1", alias: "east" });
  const seeded = new RandomProvider(stack, "seeded", { alias: "seeded" });
  return { stack, east, seeded };
}

/** The provider of each block, by its address: null for the stack's own. */
function providersOf(stack: TerraformStack) {
  const { resource, data, ephemeral } = stack.toTerraform() as Configuration & Pick<Record<string, never>, "ephemeral">;
  const blocks = Object.entries({ resource, data, ephemeral }).flatMap(([kind, types = {}]) =>
    Object.entries(types as NonNullable<Configuration["resource"]>).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, block]) => [`${kind}.${type}.${name}`, block.provider ?? null] as const),
    ),
  );
  return Object.fromEntries(blocks);
}

/** The addresses whose type begins with a provider's name. */
const of = (provider: string, all: Record<string, unknown>) =>
  Object.entries(all).filter(([address]) => address.split(".")[1]?.startsWith(`${provider}_`));

describe.each(CONSTRUCTS)("$name", ({ construct }) => {
  test("has all of its resources and data sources use the configuration that it is given", () => {
    const { stack, east } = stackWithProviders();
    construct(stack, "Default", { providers: [east] });
    const found = providersOf(stack);
    const ofAws = of("aws", found);
    expect(ofAws).not.toEqual([]);
    expect(ofAws.filter(([, provider]) => provider !== "aws.east")).toEqual([]);
    expect(Object.entries(found).filter(([address, provider]) => provider !== null && !/\.aws_/.test(address))).toEqual(
      [],
    );
  });

  test("changes nothing but that", () => {
    const [plain, aliased] = [false, true].map((isAliased) => {
      const { stack, east } = stackWithProviders();
      construct(stack, "Default", isAliased ? { providers: [east] } : {});
      return JSON.stringify(stack.toTerraform());
    });
    expect(aliased).not.toBe(plain);
    expect(aliased?.replaceAll('"provider":"aws.east",', "").replaceAll(',"provider":"aws.east"', "")).toBe(plain);
  });
});

test("ephemeral resources use it too, and what belongs to no provider uses none", () => {
  const { stack, east } = stackWithProviders();
  new Metaflow(stack, "metaflow", { databasePasswordMode: "write-only", providers: [east] });
  const found = providersOf(stack);
  expect(Object.keys(found).filter((address) => address.startsWith("ephemeral.")).length).toBeGreaterThan(0);
  expect(of("aws", found).filter(([, provider]) => provider !== "aws.east")).toEqual([]);
  const ofNone = of("terraform", found).map(([, provider]) => provider);
  expect(new Set(ofNone)).toEqual(new Set([null]));
});

test("each provider has its own", () => {
  const { stack, east, seeded } = stackWithProviders();
  new Datastore(stack, "datastore", { ...DATASTORE, providers: [east, seeded] });
  const found = providersOf(stack);
  expect(of("random", found).length).toBeGreaterThan(0);
  expect(of("random", found).filter(([, provider]) => provider !== "random.seeded")).toEqual([]);
});

test("two constructs in a stack use one each, and a third the stack's own", () => {
  const { stack, east } = stackWithProviders();
  const north = new AwsProvider(stack, "north", { region: "eu-north-1", alias: "north" });
  new Datastore(stack, "a", { ...DATASTORE, providers: [east] });
  new Datastore(stack, "b", { ...DATASTORE, providers: [north] });
  new Datastore(stack, "c", DATASTORE);
  const found = providersOf(stack);
  expect(found).toMatchObject({
    "resource.aws_s3_bucket.a_this": "aws.east",
    "resource.aws_s3_bucket.b_this": "aws.north",
    "resource.aws_s3_bucket.c_this": null,
  });
});

describe("refused are", () => {
  const { stack, east } = stackWithProviders();
  const other = new AwsProvider(new TerraformStack(new App(), "other"), "aws", {});
  const north = new AwsProvider(stack, "north", { alias: "north" });
  const vault = Object.assign(new AwsProvider(stack, "vault", {}), { terraformResourceType: "vault" });

  test.each<[what: string, providers: unknown, message: string]>([
    ["what is no list", east, "providers must be a list of provider configurations, such as [new AwsProvider(…)]; "],
    ["what is no provider", ["aws.east"], 'such as [new AwsProvider(…)]; one of them is "aws.east".'],
    ["two of one provider", [east, north], "providers has two configurations of aws; a construct uses one of each"],
    ["another stack's", [other], "providers has other/aws, which belongs to another stack."],
    [
      "another provider's",
      [vault],
      "providers has a configuration of vault; it may have those of aws, random, archive.",
    ],
  ])("%s", (what, providers, message) => {
    const props = { ...DATASTORE, providers } as never;
    expect(() => new Datastore(stack, what, props)).toThrow(`Datastore at stack/${what}: `);
    expect(() => new Datastore(stack, `${what} again`, props)).toThrow(message);
  });
});
