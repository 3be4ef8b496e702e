import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Testing, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Datastore } from "../../modules/datastore";
import { Metaflow } from "../../modules/metaflow";
import { DATASTORE } from "../support/samples";
import type { Configuration } from "../support/synth";

function newStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "us-west-2" });
  new RandomProvider(stack, "random");
  return stack;
}

/** What CDKTF says against a stack before it writes anything down. */
const complaints = (stack: TerraformStack) => stack.node.findAll().flatMap((each) => each.node.validate());

/** A second provider configuration with a datastore of the same names as the first. */
function twice(ofSecond: AwsProviderConfig): string[] {
  const stack = newStack();
  const provider = new AwsProvider(stack, "other", { ...ofSecond, alias: "other" });
  new Datastore(stack, "a", DATASTORE);
  new Datastore(stack, "b", { ...DATASTORE, providers: [provider] });
  return complaints(stack);
}

describe("two deployments in a stack", () => {
  test("are all there, each at its own addresses, where their names differ", () => {
    const stack = newStack();
    new Metaflow(stack, "a", { resourceSuffix: "-a" });
    new Metaflow(stack, "b", { resourceSuffix: "-b", apiGatewayAccountRole: false });
    expect(complaints(stack)).toEqual([]);
    const { resource } = stack.toTerraform() as Configuration;
    const names = Object.entries(resource ?? {}).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    );
    const [ofA, ofB] = ["a", "b"].map((id) => names.filter((name) => name.includes(`.${id}_`)));
    expect(names).toHaveLength((ofA?.length ?? 0) + (ofB?.length ?? 0));
    const role = /api_gateway_(account|role|policy)|api_gateway_this/;
    const alike = (id: string, all: string[] = []) =>
      all.filter((name) => !role.test(name.replace(/^aws_/, ""))).map((name) => name.replace(`.${id}_`, "."));
    expect(alike("b", ofB)).toEqual(alike("a", ofA));
  });

  test("are refused with one message where their names are the same", () => {
    const stack = newStack();
    new Metaflow(stack, "a");
    new Metaflow(stack, "b");
    expect(complaints(stack)).toEqual([
      expect.stringMatching(
        /^stack\/a and stack\/b both make .*"metaflow-.*-prod".* and \d+ more, of which AWS has one: give one of the two another resourcePrefix or resourceSuffix/,
      ),
    ]);
  });

  test("are refused where both set the account's role of API Gateway", () => {
    const stack = newStack();
    new Metaflow(stack, "a", { resourceSuffix: "-a" });
    new Metaflow(stack, "b", { resourceSuffix: "-b" });
    expect(complaints(stack)).toEqual([expect.stringContaining("API Gateway's role for logs (apiGatewayAccountRole)")]);
  });

  test("are refused by a synth", () => {
    const stack = newStack();
    new Datastore(stack, "a", DATASTORE);
    new Datastore(stack, "b", DATASTORE);
    expect(() => Testing.fullSynth(stack)).toThrow(/stack\/a and stack\/b both make the bucket "metaflow-s3-dev"/);
  });
});

test("the outermost constructs are named that are different", () => {
  const stack = newStack();
  const platform = new Construct(stack, "platform");
  new Datastore(new Construct(platform, "blue"), "datastore", DATASTORE);
  new Datastore(new Construct(platform, "green"), "datastore", DATASTORE);
  expect(complaints(stack)).toEqual([
    expect.stringMatching(/^stack\/platform\/blue and stack\/platform\/green both make/),
  ]);
});

describe("with provider configurations of their own", () => {
  test("the bucket alone is refused in another account, as S3 has one namespace for all", () => {
    const assumeRole = [{ roleArn: "arn:aws:iam::210987654321:role/deployer" }];
    expect(twice({ region: "us-west-2", assumeRole })).toEqual([
      expect.stringMatching(/^stack\/a and stack\/b both make the bucket "metaflow-s3-dev", of which AWS has one/),
    ]);
  });

  test("nothing is refused in another partition", () => {
    expect(twice({ region: "cn-north-1", profile: "china" })).toEqual([]);
  });

  test.each([
    ["another region", { region: "us-east-1" }, false],
    ["another account", { region: "us-west-2", profile: "staging" }, true],
  ])("roles of one name go by their account: %s", (_, configuration, isTaken) => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "other", { ...configuration, alias: "other" });
    new Metaflow(stack, "a", { s3BucketName: "acme-a" });
    new Metaflow(stack, "b", { s3BucketName: "acme-b", providers: [provider] });
    const said = complaints(stack);
    expect(said).toHaveLength(isTaken ? 0 : 1);
    if (!isTaken) expect(said[0]).toMatch(/both make the role "[^"]+", the role "/);
  });
});

describe("not refused are", () => {
  test("a name that an override or a property has changed since", () => {
    const stack = newStack();
    new Datastore(stack, "a", DATASTORE);
    const { bucket, instance, subnetGroup } = new Datastore(stack, "b", DATASTORE);
    expect(complaints(stack).join()).toMatch(/the bucket .* and \d more|the bucket/);
    bucket.addOverride("bucket", "acme-other");
    instance.identifier = "other";
    subnetGroup.name = "other";
    expect(complaints(stack).join()).not.toMatch(/the bucket|the database|the subnet group/);
  });

  test("resources of the caller's own", () => {
    const stack = newStack();
    new Datastore(stack, "datastore", DATASTORE);
    new S3Bucket(stack, "own", { bucket: "acme" });
    new S3Bucket(stack, "own-again", { bucket: "acme" });
    expect(complaints(stack)).toEqual([]);
  });

  test("names that Terraform alone knows", () => {
    const stack = newStack();
    const [a, b] = ["a", "b"].map((id) => new TerraformVariable(stack, `prefix_${id}`, { type: "string" }).stringValue);
    new Datastore(stack, "a", { ...DATASTORE, resourcePrefix: a ?? "" });
    new Datastore(stack, "b", { ...DATASTORE, resourcePrefix: b ?? "" });
    expect(complaints(stack)).toEqual([]);
  });
});
