import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { MetaflowStack, type MetaflowStackProps } from "../../../modules/metaflow/stack";
import { environmentsOf } from "../../../tools/app/environments";
import { project } from "../../support/app-folder";

type Context = Readonly<Record<string, unknown>>;

/** The props of each environment, by its name. */
function props(context: Context): Record<string, MetaflowStackProps> {
  return Object.fromEntries(environmentsOf(context).map((each) => [each.name, JSON.parse(JSON.stringify(each.props))]));
}

function refusal(context: Context): string {
  try {
    environmentsOf(context);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

const bucket = { bucket: "acme-terraform", region: "us-west-2" };

test.each([
  ["nothing", {}, {}],
  ["environments that are null", { environments: null }, {}],
  [
    "settings",
    { options: { tracing: false }, variables: { resource_prefix: "acme-", deletion_protection: null } },
    { options: { tracing: false }, variables: { resourcePrefix: "acme-", deletionProtection: null } },
  ],
])("%s: one stack, metaflow", (_, context, expected) => {
  expect(props(context)).toEqual({ metaflow: expected });
});

test("an environment has what is said of all of them, unless it says otherwise, and its name behind the resources' names", () => {
  const context = {
    backend: { ...bucket, key: "unused", profile: "state" },
    options: { tracing: false, encryptLogs: false },
    variables: { resource_prefix: "acme-", standard_tags: { team: "ml" } },
    environments: {
      dev: { backend: { key: "dev" }, variables: { standard_tags: { team: "dev" } } },
      prod: { backend: { key: "prod", profile: "prod" }, options: { encryptLogs: true } },
      old: { backend: { key: "old" }, variables: { resource_suffix: "-2024" }, movedFrom: { datastore: "module.a" } },
      own: { backend: null, options: null, variables: { resource_prefix: null } },
    },
  };
  const [tags, options] = [{ team: "ml" }, context.options];
  expect(props(context)).toEqual({
    dev: {
      backend: { ...bucket, key: "dev", profile: "state" },
      options,
      variables: { resourceSuffix: "-dev", resourcePrefix: "acme-", standardTags: { team: "dev" } },
    },
    prod: {
      backend: { ...bucket, key: "prod", profile: "prod" },
      options: { tracing: false, encryptLogs: true },
      variables: { resourceSuffix: "-prod", resourcePrefix: "acme-", standardTags: tags },
    },
    old: {
      backend: { ...bucket, key: "old", profile: "state" },
      movedFrom: { datastore: "module.a" },
      options,
      variables: { resourceSuffix: "-2024", resourcePrefix: "acme-", standardTags: tags },
    },
    own: { variables: { resourceSuffix: "-own", resourcePrefix: null, standardTags: tags } },
  });
});

test.each<[Context, string]>([
  [{ environments: [] }, "environments must be an object with an environment at least"],
  [{ environments: {} }, "environments must be an object with an environment at least"],
  [{ environments: { Prod: {} } }, "environments.Prod: the name of an environment must be lowercase letters"],
  [{ environments: { "../x": {} } }, "environments.../x: the name of an environment must be"],
  [{ environments: { prod: 1 } }, "environments.prod must be an object."],
  [
    { environments: { prod: { bakend: {} } } },
    "environments.prod has no key bakend (did you mean backend?); it has backend, movedFrom, options, variables.",
  ],
  [
    { variables: { resource_sufix: "-x" } },
    "context.variables has no variable resource_sufix (did you mean resource_suffix?).",
  ],
  [
    { environments: { prod: { variables: { resourceSuffix: "-x" } } } },
    "environments.prod.variables has no variable resourceSuffix (did you mean resource_suffix?).",
  ],
  [{ variables: ["a"] }, "context.variables must be an object, or the path of a JSON file."],
  [{ variables: "prod.tfvars" }, "context.variables: prod.tfvars must be a file in JSON, whose name ends with .json."],
  [{ variables: "absent.tfvars.json" }, "There is no file absent.tfvars.json."],
  [{ variables: "cdktf.json" }, "cdktf.json has no variable language."],
  [
    {
      backend: { ...bucket, key: "metaflow" },
      environments: { dev: {}, prod: {}, test: { backend: { key: "test" } } },
    },
    "dev and prod have one state, s3://acme-terraform/metaflow: give each a backend.key of its own.",
  ],
])("%j is refused", (context, message) => {
  expect(refusal(context)).toContain(message);
});

test("all that is wrong is said at once", () => {
  const environments = { A: {}, b: { variables: { db_nam: "" } }, c: { option: {} } };
  expect(refusal({ environments }).match(/^ {2}- /gm)).toHaveLength(3);
});

describe("docs/environments.md", () => {
  const page = readFileSync(join(project, "docs", "environments.md"), "utf8");
  const blocks = [...page.matchAll(/```json\n("context": [^]*?)```/g)].map(([, text = ""]) => text);
  const files = [...page.matchAll(/```json file=(\S+)\n([^]*?)```/g)].map(([, name, text = ""]) => [name, text]);

  test("has examples", () => {
    expect(blocks.length).toBeGreaterThanOrEqual(2);
    expect(files).toHaveLength(1);
  });

  test.each(blocks)("%s is taken as it stands there", (block) => {
    const { context } = JSON.parse(`{${block}}`) as { context: Context };
    const text = JSON.stringify(context).replace(/"[^"]+\.tfvars\.json"/, String(files[0]?.[1]));
    const all = environmentsOf(JSON.parse(text) as Context);
    const app = new App();
    expect(all.map((each) => new MetaflowStack(app, each.name, each.props).node.id)).toEqual(
      Object.keys((context.environments as object | undefined) ?? { metaflow: {} }),
    );
  });
});
