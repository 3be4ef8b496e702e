import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Aspects, TerraformStack, Testing, type IAspect } from "cdktf";
import { RootConstruct, type IConstruct } from "constructs";
import { Datastore } from "../../modules/datastore";
import { Metaflow } from "../../modules/metaflow";
import { CONSTRUCTS } from "../support/any-construct";
import { SAMPLES } from "../support/module-samples";
import { DATASTORE } from "../support/samples";
import { synthesized, type Configuration } from "../support/synth";

/** Each construct with all of its props known at synth, and the README's first. */
const configurations = CONSTRUCTS.flatMap(({ module, name, type }) => {
  const { props, variants = {} } = SAMPLES.get(module) ?? {};
  const all = Object.entries({ "": props, ...variants }).filter(([, each]) => each !== undefined);
  return all.map(([what, each]) => {
    const build = (stack: TerraformStack) => new type(stack, "it", { ...each });
    return [`${name} ${what}`.trim(), synthesized(build)] as const;
  });
});
configurations.push(["Metaflow of the README", synthesized((stack) => new Metaflow(stack, "metaflow"))]);

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
    ["no list or map has a part that is known to be empty", /\b(concat|merge)\([^]*(\[\]|\{\})/],
    ["no list is made of a known one", /\[for \w+(, \w+)? in [[{]/],
    ["no text is cut or encoded that is known", /\b(substr|jsonencode|replace|lower)\(("[^"$]*"|\{\}|\[\])/],
    ["what there is one of is read by its index", /join\("", [\w.]+\[\*\]/],
  ])("%s", (_what, pattern) => {
    expect(values.filter(([, text]) => pattern.test(text))).toEqual([]);
  });

  test("each count is 1", () => {
    const counts = Object.values(configuration.resource ?? {}).flatMap((named) =>
      Object.values(named).flatMap(({ count }) => (count === undefined ? [] : [count])),
    );
    expect(counts.filter((count) => count !== 1)).toEqual([]);
  });

  test("each block is told, and none is made of what is known", () => {
    const text = JSON.stringify(configuration.resource);
    expect(text.match(/"for_each":("\$\{toset\(\[|\[|\{)[^]{0,80}/g)).toBeNull();
  });

  test("no argument is null", () => {
    const nulls = Object.entries(configuration.resource ?? {}).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, all]) =>
        Object.entries(all).flatMap(([argument, value]) => (value === null ? [`${type}.${name}.${argument}`] : [])),
      ),
    );
    expect(nulls).toEqual([]);
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
