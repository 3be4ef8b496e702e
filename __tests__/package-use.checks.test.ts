import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { describe as described, type Contract, type Input, type Output } from "../lib/contract/contract";
import { devDependencies, version } from "../package.json";
import { modules } from "../tools/modules";
import { project } from "./support/app-folder";
import { PackageUser } from "./support/package";
import { packedProject } from "./support/packed";
import { appIn, appOfSnippets, snippets } from "./support/snippets";
import type { Configuration } from "./support/synth";

const user = new PackageUser();

/** A whole project that uses the package. */
const EXAMPLE = join(project, "examples", "cdktf-app");
const example = JSON.parse(readFileSync(join(EXAMPLE, "package.json"), "utf8")) as Record<
  string,
  Record<string, string>
>;
const { "cdktf-metaflow": metaflow, ...others } = { ...example.dependencies, ...example.devDependencies };
/** The compiler's complaints about {@link CHECKED}. */
let complaints: readonly string[];

beforeAll(async () => {
  const folders = Object.keys(others).map((name) => [name, join(project, "node_modules", name)]);
  await user.install(await packedProject(), Object.fromEntries(folders) as Record<string, string>);
  cpSync(EXAMPLE, join(user.folder, "cdktf-app"), {
    recursive: true,
    filter: (path) => !/node_modules|cdktf\.out/.test(path.slice(project.length)),
  });
  user.write({ ...PROGRAMS, ...CHECKED });
  const options = ["--module", "node16", "--noEmit", "--skipLibCheck", "--noUnusedLocals", "false"];
  complaints = (await user.compile(Object.keys(CHECKED), ...options)).split(/\n(?=\S)/);
});

const ENTRIES = [...modules().keys()];

const README = appIn("README.md");
const CALL = appIn("docs/published-modules.md");

const withProps = (props: string) =>
  README.replace('new Metaflow(stack, "metaflow")', `new Metaflow(stack, "m", ${props})`);

/** What has to compile, and to run. */
const PROGRAMS = {
  "all.ts": [
    'import * as everything from "cdktf-metaflow";',
    ...ENTRIES.map((name, index) => `import * as entry${index} from "cdktf-metaflow/${name}";`),
    `export const all = [everything, ${ENTRIES.map((_, index) => `entry${index}`).join(", ")}];`,
  ].join("\n"),
  "construct.ts": README,
  "call.ts": CALL,
  "reach.ts": appIn("docs/reach-into-a-construct.md"),
  "own.ts": appOfSnippets("docs/bring-your-own.md"),
  "several.ts": snippets("docs/several-in-one-stack.md")[0] ?? "",
};

/** What is only checked: mistakes, and snippets that stand within something. */
const CHECKED = {
  "unknown.ts": withProps('{ dbEngin: "postgres" }'),
  "mistyped.ts": withProps("{ dbName: 5 }"),
  "missing.ts": CALL.replace('standardTags: { application: "metaflow" },', ""),
  ...Object.fromEntries(ENTRIES.map((name) => [`${name}.ts`, withinConstruct(name)])),
};

/** The snippet in a module's README, in a construct and with the things around it that it refers to. */
function withinConstruct(name: string): string {
  const [snippet = ""] = snippets(`modules/${name}/README.md`);
  return `
    import { Construct } from "constructs";
    ${snippet.match(/^import .*$/gm)?.join("\n") ?? ""}
    declare const computation: import("cdktf-metaflow").Computation, service: import("cdktf-metaflow").MetadataService;
    declare const datastore: import("cdktf-metaflow").Datastore;
    declare const vpc: { id: string; cidrBlock: string }, subnets: [typeof vpc, typeof vpc], subnetA: typeof vpc;
    declare const subnetB: typeof vpc, executionRole: { arn: string }, certificate: typeof executionRole;
    export class Platform extends Construct { public make() { ${snippet.replace(/^import .*$/gm, "")} } }`;
}

describe("apps of someone's own type-check", () => {
  test.each([
    ["node16", ["--module", "node16", "--outDir", "."]],
    ["nodenext", ["--module", "nodenext", "--noEmit"]],
    ["bundler", ["--module", "esnext", "--moduleResolution", "bundler", "--noEmit"]],
    ["node10, which CDKTF's template has", ["--module", "commonjs", "--moduleResolution", "node10", "--noEmit"]],
  ])("with the declarations of all packages, under the module resolution %s", async (_, options) => {
    expect(await user.compile(Object.keys(PROGRAMS), ...options)).toBe("");
  });

  test.each(ENTRIES)("as the README of %s shows them", (name) => {
    expect(CHECKED[`${name}.ts` as keyof typeof CHECKED]).toContain(`"cdktf-metaflow/${name}"`);
    expect(complaints.filter((line) => line.startsWith(`${name}.ts`))).toEqual([]);
  });

  test.each([
    ["a prop that there is not", "unknown", /: error TS\d+: .*'dbEngin' does not exist/],
    ["a prop of another type", "mistyped", /: error TS2322: Type 'number' is not assignable to type 'string'/],
    ["a required prop that is missing", "missing", /: error TS2345: [^]*Property 'standardTags' is missing/],
  ])("but for %s, of which the caller's line is told", (_, name, complaint) => {
    const told = complaints.filter((line) => line.startsWith(`${name}.ts(`));
    expect(told).toEqual([expect.stringMatching(complaint)]);
  });
});

describe("the apps of the documentation, compiled", () => {
  const synth = async (program: string, name = "platform") => {
    expect(await user.node(program)).toEqual({ stdout: "", stderr: "", code: 0 });
    return stackOf(name);
  };
  const stackOf = (name: string) => {
    const stack = join(user.folder, "cdktf.out", "stacks", name, "cdk.tf.json");
    return JSON.parse(readFileSync(stack, "utf8")) as Configuration & { module?: unknown };
  };

  test("the README's synthesizes against the package", async () => {
    const { resource, output } = await synth("construct.js");
    expect(Object.keys(resource?.aws_s3_bucket ?? {})).toEqual(["metaflow_datastore_this"]);
    expect(output?.profile).toMatchObject({ sensitive: true });
  });

  test("the README's synthesizes what docs/synthesized/platform.tf.json shows (else: npm run docs)", async () => {
    const shown = JSON.parse(readFileSync(join(project, "docs", "synthesized", "platform.tf.json"), "utf8")) as object;
    const { terraform, ...rest } = (await synth("construct.js")) as Configuration & { terraform: { backend: object } };
    const { backend, ...others } = terraform;
    expect(Object.keys(backend)).toEqual(["local"]);
    expect(shown).toEqual({ ...rest, terraform: others });
  });

  test("the README's synthesizes as an ES module", async () => {
    // Node.js finds no folder of another package there.
    user.write({ "esm.mts": README.replace(/(provider-\w+\/lib\/provider)/g, "$1/index.js") });
    expect(await user.compile(["esm.mts"], "--module", "nodenext", "--skipLibCheck")).toBe("");
    expect(await synth("esm.mjs")).toEqual(await synth("construct.js"));
  });

  test("that of docs/reach-into-a-construct.md reaches into a construct", async () => {
    const { resource, ...rest } = await synth("reach.js");
    expect(resource).toMatchObject({
      aws_cloudwatch_metric_alarm: {
        database_storage: {
          dimensions: { DBInstanceIdentifier: "${aws_db_instance.metaflow_datastore_this[0].identifier}" },
        },
      },
      aws_db_instance: { metaflow_datastore_this: { storage_type: "gp3" } },
      aws_lb: { metaflow_metadata_service_this: { dns_record_client_routing_policy: "availability_zone_affinity" } },
      aws_s3_bucket: { metaflow_datastore_this: { lifecycle: { ignore_changes: ["bucket"], prevent_destroy: true } } },
    });
    expect(rest).toMatchObject({ import: [{ to: "aws_s3_bucket.metaflow_datastore_this", id: "acme-metaflow" }] });
  });

  describe("of docs/bring-your-own.md", () => {
    beforeAll(async () => {
      expect(await user.node("own.js")).toEqual({ stdout: "", stderr: "", code: 0 });
    });

    test.each<[what: string, index: number, isThere: readonly string[], isNot: readonly string[]]>([
      ["a key", 0, ["aws_s3_bucket", "aws_db_instance"], ["aws_kms_key"]],
      ["a bucket", 1, ["aws_db_instance"], ["aws_s3_bucket", "aws_s3_bucket_policy"]],
      ["a database", 2, ["aws_s3_bucket"], ["aws_db_instance", "aws_db_subnet_group"]],
      ["a database of constructs", 3, ["aws_s3_bucket", "aws_ecs_service"], ["aws_db_instance"]],
      ["a storage", 4, ["aws_db_instance"], ["aws_rds_cluster"]],
      ["a capacity", 5, ["aws_rds_cluster"], ["aws_db_instance"]],
      ["tasks", 6, ["aws_appautoscaling_target"], []],
      ["roles", 7, ["aws_iam_role"], []],
      ["subnets", 8, ["aws_lb"], ["aws_vpc", "aws_subnet"]],
      ["no REST API", 9, ["aws_lb"], ["aws_api_gateway_rest_api"]],
      ["a private REST API", 10, ["aws_api_gateway_rest_api"], ["aws_vpc_endpoint"]],
    ])("that with %s synthesizes", (_, index, isThere, isNot) => {
      const types = Object.keys(stackOf(`snippet-${String(index)}`).resource ?? {});
      expect(types).toEqual(expect.arrayContaining([...isThere]));
      expect(types.filter((type) => isNot.includes(type))).toEqual([]);
    });

    test("are all of its snippets", () => {
      expect(snippets("docs/bring-your-own.md")).toHaveLength(11);
    });
  });

  test("has several in one stack as docs/several-in-one-stack.md has it", async () => {
    const { resource } = await synth("several.js", "platform");
    const bucketsBy = Object.entries(resource?.aws_s3_bucket ?? {}).map(([name, { provider }]) => [name, provider]);
    expect(Object.fromEntries(bucketsBy)).toEqual({
      east_coast_datastore_this: "aws.east",
      trial_datastore_this: "aws.east",
      west_coast_datastore_this: "aws.west",
    });
  });

  test("that of docs/published-modules.md calls a published module", async () => {
    const { module, output } = await synth("call.js", "artifacts");
    expect(module).toMatchObject({
      published: { source: "../../../dist/modules/datastore", resource_suffix: "-test" },
    });
    expect(output?.bucket?.value).toBe("${module.published.s3_bucket_name}");
  });
});

describe("examples/cdktf-app", () => {
  test("asks for this version of the package, and for what this project is developed with", () => {
    expect(metaflow).toBe(`^${version}`);
    expect(devDependencies).toMatchObject(others);
  });

  test("type-checks", async () => {
    expect(await user.script("cdktf-app", "typecheck")).toBe("");
  });

  test("synthesizes a stack for each environment, by CDKTF's command line", async () => {
    expect(await user.script("cdktf-app", "synth")).toContain("Generated Terraform code for the stacks: dev, prod");
  });

  test("its own tests pass, and fail where a setting is missing", async () => {
    expect(await user.script("cdktf-app", "test")).toContain("6 passed, 6 total");
    const settings = "cdktf-app/deployments.ts";
    const text = readFileSync(join(user.folder, settings), "utf8");
    user.write({ [settings]: text.replace("backupRetentionDays: 30,", "") });
    await expect(user.script("cdktf-app", "test")).rejects.toThrow("backup_retention_period");
    user.write({ [settings]: text });
  });
});

describe("an editor shows", () => {
  /** What is exported by name, with the doc comment of each member and the text of its `@default`. */
  let shown: Map<string, Map<string, { comment: string; default?: string }>>;

  beforeAll(() => {
    const program = ts.createProgram([join(user.folder, "all.ts")], {
      strict: true,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      types: [],
    });
    shown = membersOf(program, "cdktf-metaflow");
  });

  const contracts: Contract[] = [...modules().values()].map(({ contract }) => contract);
  const inputs = contracts.flatMap(({ construct, inputs: all }) =>
    Object.entries<Input>(all).map(([name, input]) => [`${construct}Props`, name, input] as const),
  );
  const outputs = contracts.flatMap(({ construct, outputs: all }) =>
    Object.entries<Output>(all).map(([name, output]) => [construct, name, output] as const),
  );

  test.each(inputs)("what %s.%s means, and its default", (props, name, input) => {
    const { comment, default: value } = shown.get(props)?.get(name) ?? {};
    expect(comment).toContain(`${described(input.description, "typescript").replaceAll("`", "")}.`);
    expect(value).toBe(input.default === undefined ? undefined : JSON.stringify(input.default));
  });

  test.each(outputs)("what %s.%s is", (construct, name, output) => {
    expect(shown.get(construct)?.get(name)?.comment).toContain(
      `${described(output.description, "typescript").replaceAll("`", "")}.`,
    );
  });

  test("something for every class, interface and member that is public", () => {
    const silent = [...shown].flatMap(([name, members]) =>
      [...members].filter(([, { comment }]) => comment === "").map(([member]) => `${name}.${member}`),
    );
    expect(shown.size).toBeGreaterThan(20);
    expect(silent).toEqual([]);
  });
});

/** The exports of a package with their members, those of other packages left out; "" stands for the export itself. */
function membersOf(program: ts.Program, name: string) {
  const checker = program.getTypeChecker();
  const found = new Map<string, Map<string, { comment: string; default?: string }>>();
  const [file] = program.getSourceFiles().filter(({ fileName }) => fileName.endsWith("/all.ts"));
  const declaration = file?.statements.find(
    (statement): statement is ts.ImportDeclaration =>
      ts.isImportDeclaration(statement) && (statement.moduleSpecifier as ts.StringLiteral).text === name,
  );
  const module = declaration && checker.getSymbolAtLocation(declaration.moduleSpecifier);
  if (!module) throw new Error(`${name} is not imported.`);
  const documentation = (symbol: ts.Symbol) => ({
    comment: ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, " ").replaceAll("`", ""),
    default: symbol
      .getJsDocTags(checker)
      .filter((tag) => tag.name === "default")
      .map((tag) => ts.displayPartsToString(tag.text).replace(/\s+/g, " "))[0],
  });
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const own = checker
      .getDeclaredTypeOfSymbol(symbol)
      .getProperties()
      .filter(({ declarations = [] }) =>
        declarations.some(
          (each) =>
            each.getSourceFile().fileName.includes("/cdktf-metaflow/") &&
            !(ts.getCombinedModifierFlags(each) & ts.ModifierFlags.NonPublicAccessibilityModifier),
        ),
      );
    found.set(
      exported.name,
      new Map([["", documentation(symbol)], ...own.map((member) => [member.name, documentation(member)] as const)]),
    );
  }
  return found;
}
