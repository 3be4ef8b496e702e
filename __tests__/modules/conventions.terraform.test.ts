import { publishedModules, rootModule } from "../../tools/modules";
import { releaseFiles } from "../../tools/publish/release";
import { terraformRoot, type TerraformRoot } from "../support/terraform-root";

const files = Object.fromEntries(releaseFiles());

/** A module of the release, as whoever works on it has it. */
function folder(path: string): TerraformRoot {
  return terraformRoot({}, { files, path });
}

/** What Terraform calls deprecated in the reference, too. */
const DEPRECATED = [
  "acl is deprecated",
  "server_side_encryption_configuration is deprecated",
  "This parameter will be replaced by `compute_environment_order`",
];

/** The modules of a release: their folders, and their tests. */
const MODULES = [rootModule(), ...publishedModules().values()]
  .map(({ name, place = "modules" }) => (place === "root" ? "" : `modules/${name}`))
  .map((path) => ({ path, tests: Object.keys(files).filter((file) => isTestOf(path, file)) }));

function isTestOf(path: string, file: string): boolean {
  return file.startsWith(path === "" ? "tests/" : `${path}/tests/`) && file.endsWith(".tftest.hcl");
}

describe.each(MODULES)("the module in the release's folder $path", ({ path, tests }) => {
  const root = folder(path);

  test("terraform validate says nothing but what it says of the reference", async () => {
    await root.init();
    const { diagnostics } = JSON.parse((await root.run(["validate", "-json"])).stdout) as {
      diagnostics: readonly { detail: string }[];
    };
    const isKnown = (detail: string) => DEPRECATED.some((name) => detail.startsWith(name));
    expect(diagnostics.filter(({ detail }) => !isKnown(detail))).toEqual([]);
  });

  test("terraform test passes", async () => {
    await root.init();
    const runs = tests.flatMap((file) => String(files[file]).match(/^run "/gm) ?? []);
    const { stdout } = await root.run(["test", "-no-color"]);
    expect(runs).toHaveLength(3 * tests.length);
    expect(stdout).toContain(`Success! ${runs.length} passed, 0 failed.`);
  });
});

test("terraform fmt has nothing to format", async () => {
  expect((await folder("").run(["fmt", "-check", "-recursive"], [0, 3])).stdout).toBe("");
});

type Body = Record<string, unknown>;

interface Block {
  readonly block_types?: Record<string, { readonly block: Block }>;
}

interface Schemas {
  readonly provider_schemas: Record<
    string,
    Record<"resource_schemas" | "data_source_schemas", Record<string, { readonly block: Block }> | undefined>
  >;
}

/** The bodies of all blocks of a kind in the release's JSON files, with the names around them. */
function bodies(kind: "resource" | "data"): [file: string, type: string, name: string, body: Body][] {
  return Object.entries(files as Record<string, string>)
    .filter(([file]) => file.endsWith("main.tf.json"))
    .flatMap(([file, text]) =>
      Object.entries((JSON.parse(text) as Record<string, Record<string, Record<string, Body>>>)[kind] ?? {}).flatMap(
        ([type, named]) =>
          Object.entries(named).map(([name, body]): [string, string, string, Body] => [file, type, name, body]),
      ),
    );
}

/** The schemas of the providers that a module of the release needs. */
async function schemasOf(path: string) {
  const root = folder(path);
  await root.init();
  const { provider_schemas: schemas } = JSON.parse(
    (await root.run(["providers", "schema", "-json"])).stdout,
  ) as Schemas;
  return Object.values(schemas);
}

test("arguments come before nested blocks, and lifecycle and depends_on come last", async () => {
  const schemas = (await Promise.all(["", "modules/metadata-service"].map(schemasOf))).flat();
  const checked: string[] = [];
  const misplaced: string[] = [];
  const check = (address: string, body: Body, { block_types: nested = {} }: Block) => {
    checked.push(address);
    const ranks = Object.keys(body).map((key) => {
      if (key === "lifecycle" || key === "depends_on") return 2;
      return key in nested || key === "dynamic" ? 1 : 0;
    });
    if (ranks.some((rank, index) => rank < (ranks[index - 1] ?? 0))) misplaced.push(address);
    for (const [key, { block }] of Object.entries(nested)) {
      for (const inner of [body[key] ?? []].flat() as Body[]) check(`${address}.${key}`, inner, block);
    }
  };
  for (const kind of ["resource", "data"] as const) {
    const all = schemas.map((each) => each[kind === "data" ? "data_source_schemas" : "resource_schemas"]);
    for (const [file, type, name, body] of bodies(kind)) {
      const schema = all.find((each) => each?.[type])?.[type];
      if (!schema) throw new Error(`no provider has ${type}`);
      check(`${file}: ${type}.${name}`, body, schema.block);
    }
  }
  expect(misplaced).toEqual([]);
  expect(checked).toContain("main.tf.json: aws_lambda_function.metadata_service_db_migrate_lambda.vpc_config");
});

test.each([
  ["variable", /^type,description(,default)?(,nullable)?(,validation)?$/],
  ["output", /^description,value(,sensitive)?$/],
] as const)("the arguments of each %s are in the style guide's order", (kind, order) => {
  const blocks = Object.entries(files as Record<string, string>)
    .filter(([file]) => file.endsWith(`${kind}s.tf.json`))
    .flatMap(([, text]) => Object.entries((JSON.parse(text) as Record<string, Record<string, Body>>)[kind] ?? {}));
  expect(blocks.length).toBeGreaterThan(30);
  expect(blocks.filter(([, block]) => !order.test(Object.keys(block).join()))).toEqual([]);
});
