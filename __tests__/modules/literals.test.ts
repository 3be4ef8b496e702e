import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Aspects, TerraformStack, Testing, type IAspect } from "cdktf";
import { RootConstruct, type IConstruct } from "constructs";
import { Computation } from "../../modules/computation";
import { CustomRole } from "../../modules/custom-role";
import { Datastore } from "../../modules/datastore";
import { MetadataService } from "../../modules/metadata-service";
import { Metaflow } from "../../modules/metaflow";
import { StepFunctions } from "../../modules/step-functions";
import { DATASTORE, METADATA_SERVICE } from "../support/samples";
import { synthesized, type Configuration } from "../support/synth";

const NAMES = { resourcePrefix: "metaflow-", resourceSuffix: "-dev", standardTags: { application: "metaflow" } };
const PLACE = { metaflowVpcId: "vpc-1", subnet1Id: "subnet-1", subnet2Id: "subnet-2" };
const KEY = "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555";

/** Each construct with all of its props known at synth. */
const CONSTRUCTS: Record<string, (stack: TerraformStack) => unknown> = {
  Datastore: (stack) => new Datastore(stack, "it", DATASTORE),
  "Datastore with Aurora": (stack) =>
    new Datastore(stack, "it", { ...DATASTORE, dbEngine: "aurora-postgresql", dbInstanceType: "db.r6g.large" }),
  MetadataService: (stack) => new MetadataService(stack, "it", METADATA_SERVICE),
  CustomRole: (stack) =>
    new CustomRole(stack, "it", {
      ...NAMES,
      batchJobQueueArns: ["arn:aws:batch:us-west-2:123456789012:job-queue/q"],
      datastoreS3BucketKmsKeyArn: KEY,
      s3BucketArn: "arn:aws:s3:::acme-metaflow",
      userRolePrincipals: ["arn:aws:iam::123456789012:user/ada"],
    }),
  Computation: (stack) =>
    new Computation(stack, "it", {
      ...NAMES,
      ...PLACE,
      computeEnvironmentDesiredVcpus: 0,
      computeEnvironmentInstanceTypes: ["m5.large"],
      computeEnvironmentMaxVcpus: 16,
      computeEnvironmentMinVcpus: 0,
    }),
  StepFunctions: (stack) =>
    new StepFunctions(stack, "it", {
      ...NAMES,
      active: true,
      batchJobQueueArn: "arn:aws:batch:us-west-2:123456789012:job-queue/q",
      s3BucketArn: "arn:aws:s3:::acme-metaflow",
      s3BucketKmsArn: KEY,
    }),
  Metaflow: (stack) => new Metaflow(stack, "it", { ...NAMES, s3BucketName: "acme-metaflow" }),
};

const configurations = Object.entries(CONSTRUCTS).map(([name, build]) => [name, synthesized(build)] as const);

/** All values of a configuration, with the keys that lead to them. */
function valuesOf(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, item]) => (key === "//" ? [] : valuesOf(item, `${path}.${key}`)));
}

describe.each(configurations)("%s, whose props are literals", (_name, configuration) => {
  const values = valuesOf(configuration).filter((entry): entry is [string, string] => typeof entry[1] === "string");

  test.each([
    ["no check is left", /\b(can|regex|tobool)\(/],
    ["nothing depends on what is known", /(\$\{|\()(true|false|\d+|"[^"$]*") (\?|==|!=|&&|\|\|) /],
    ["no map is put together of known ones", /merge\(\{ "[^$]*\}\)/],
  ])("%s", (_what, pattern) => {
    expect(values.filter(([, text]) => pattern.test(text))).toEqual([]);
  });

  test("each count is 1", () => {
    const counts = Object.values(configuration.resource ?? {}).flatMap((named) =>
      Object.values(named).flatMap(({ count }) => (count === undefined ? [] : [count])),
    );
    expect(counts.filter((count) => count !== 1)).toEqual([]);
  });

  test("each local value is used", () => {
    const text = JSON.stringify(configuration);
    const unused = Object.keys(configuration.locals ?? {}).filter((name) => !text.includes(`local.${name}`));
    expect(unused.filter((name) => !name.endsWith("_endpoint"))).toEqual([]);
  });
});

test("what is known not to exist is not there", () => {
  const { resource } = synthesized((stack) => new Datastore(stack, "it", DATASTORE)) as Required<Configuration>;
  expect(Object.keys(resource).filter((type) => /rds_cluster|parameter_group/.test(type))).toEqual([]);
  expect(resource.aws_db_instance?.it_this?.count).toBe(1);
});

test("a test of one's own finds a resource by its arguments", () => {
  const text = Testing.synthScope((scope) => {
    new Datastore(scope, "datastore", { ...DATASTORE, s3BucketName: "acme-metaflow" });
  });
  expect(Testing.toHaveResourceWithProperties(text, S3Bucket.tfResourceType, { bucket: "acme-metaflow" })).toBe(true);
});

test("an aspect adds a tag to what takes tags, as CDKTF documents it, and an override changes one", () => {
  class Tagged implements IAspect {
    public visit(node: IConstruct): void {
      const tagged = node as { tagsInput?: Record<string, string>; tags?: Record<string, string> };
      if ("tagsInput" in node) tagged.tags = { ...tagged.tagsInput, team: "data-science" };
    }
  }
  const stack = new TerraformStack(new RootConstruct(), "stack");
  const { bucket } = new Datastore(stack, "datastore", { ...DATASTORE, standardTags: { application: "metaflow" } });
  bucket.addOverride("tags.owner", "ada");
  Aspects.of(stack).add(new Tagged());
  const { resource } = JSON.parse(Testing.synth(stack)) as Required<Configuration>;
  expect(resource.aws_s3_bucket?.datastore_this?.tags).toEqual({
    Metaflow: "true",
    application: "metaflow",
    owner: "ada",
    team: "data-science",
  });
  expect(resource.aws_db_instance?.datastore_this?.tags).toMatchObject({ team: "data-science" });
});
