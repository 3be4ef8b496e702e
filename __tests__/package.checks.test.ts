import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { promisify } from "node:util";
import { App } from "cdktf";
import { version } from "../package.json";
import { MetaflowStack } from "../modules/metaflow/stack";
import { modules } from "../tools/modules";
import { project } from "./support/app-folder";
import { PackageUser, PEERS } from "./support/package";
import { packedAnew, packedProject } from "./support/packed";

const run = promisify(execFile);
const user = new PackageUser();
let tarball = "";

beforeAll(async () => {
  tarball = await packedProject();
  await user.install(tarball);
});

/** The text of a file of the installed package. */
const text = (path: string) => readFileSync(join(user.folder, "node_modules", "cdktf-metaflow", path), "utf8");

const manifest = () => JSON.parse(text("package.json")) as Record<string, Record<string, string>>;

/** The files of one of the project's folders, by their paths in the project. */
function documents(folder: string, pattern: RegExp): string[] {
  const paths = readdirSync(join(project, folder), { recursive: true, encoding: "utf8" }).map(
    (path) => `${folder}/${path}`,
  );
  return paths.filter((path) => pattern.test(path) && !/\/(\.terraform|node_modules)\//.test(path));
}

describe("the tarball", () => {
  test.each([
    ["publint", ["publint/src/cli.js", "--strict"], "All good!"],
    ["arethetypeswrong", ["@arethetypeswrong/cli/dist/index.js", "--no-color", "--no-emoji"], "No problems found"],
  ])("has nothing that %s finds", async (_, [command = "", ...options], verdict) => {
    const { stdout } = await run(process.execPath, [join(project, "node_modules", command), tarball, ...options]);
    expect(stdout).toContain(verdict);
  });

  test("holds what was compiled, the sources of that, the Lambda function's code and what every package has", () => {
    const files = user.installed();
    const compiled = files.filter((path) => path.startsWith("dist/package/") && path.endsWith(".js"));
    const stems = compiled.map((path) => path.slice("dist/package/".length, -".js".length));
    expect(stems).toEqual(expect.arrayContaining(["lib/public/index", "modules/datastore/index"]));
    expect(files).toEqual(
      [
        ...stems.flatMap((stem) => [".js", ".js.map", ".d.ts", ".d.ts.map"].map((end) => `dist/package/${stem}${end}`)),
        ...stems.map((stem) => `${stem}.ts`),
        ...[...modules().keys()].map((name) => `modules/${name}/README.md`),
        ...documents("docs", /\.(md|yaml|tf\.json)$/),
        ...documents("examples", /\.(md|tf)$/),
        ...[
          "help",
          "CHANGELOG.md",
          "CONTRIBUTING.md",
          "LICENSE",
          "NOTICE",
          "README.md",
          "SECURITY.md",
          "lambda/db_migrate/index.py",
          "lambda/db_migrate/index.zip",
          "package.json",
        ],
      ].sort(),
    );
  });

  test("has no relative link that leads nowhere", () => {
    const files = user.installed();
    const dead = files
      .filter((path) => path.endsWith(".md"))
      .flatMap((page) =>
        [...text(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = ""]) => [page, to] as const),
      )
      .filter(([page, to]) => {
        const target = posix.join(posix.dirname(page), to);
        return !files.some((path) => path === target || path.startsWith(`${target}/`));
      });
    expect(dead).toEqual([]);
  });

  test("holds nothing that only the project's own development needs", () => {
    const development = /test|tools\/|creation-stacks|-source|main\.ts|tsconfig|eslint/;
    expect(user.installed().filter((path) => development.test(path))).toEqual([]);
  });

  test("brings no dependency of its own, as its SBOM says", async () => {
    const { stdout } = await run("npm", ["sbom", "--sbom-format", "cyclonedx", "--omit", "dev"], { cwd: project });
    const bill = JSON.parse(stdout) as { metadata: { component: { purl: string } }; components: unknown[] };
    expect(bill.metadata.component.purl).toBe(`pkg:npm/cdktf-metaflow@${version}`);
    expect(bill.components).toEqual([]);
  });

  test("has the sources that its maps name", () => {
    const files = user.installed();
    const maps = files.filter((path) => path.endsWith(".map"));
    const named = maps.flatMap((path) =>
      (JSON.parse(text(path)) as { sources: string[] }).sources.map((source) => posix.join(dirname(path), source)),
    );
    expect(maps.length).toBeGreaterThan(90);
    expect(files).toEqual(expect.arrayContaining(named));
    expect(new Set(named).size).toBe(maps.length / 2);
  });

  test("has no path of this machine", () => {
    const found = user.installed().filter((path) => text(path).includes(project) || text(path).includes(user.folder));
    expect(found).toEqual([]);
  });

  test("is the same when it is packed again", async () => {
    const again = readFileSync((await packedAnew()).cdktf);
    expect(again.equals(readFileSync(tarball))).toBe(true);
  });
});

describe("npm", () => {
  test("has installed the package from its tarball beside its peers", () => {
    expect(Object.keys(manifest().peerDependencies ?? {}).sort()).toEqual([...PEERS]);
    expect(manifest()).not.toHaveProperty("dependencies");
    expect(readdirSync(join(user.folder, "node_modules", "cdktf-metaflow"))).toContain("package.json");
  });

  test("refuses a peer outside of its range", async () => {
    const other = new PackageUser();
    other.write({ "constructs/package.json": '{ "name": "constructs", "version": "10.3.0" }' });
    const installation = other.install(tarball, { constructs: join(other.folder, "constructs") });
    await expect(installation).rejects.toThrow('peer constructs@"^10.4.2" from cdktf-metaflow');
  });

  test("has installed it beside the versions that the project is developed with, each of them pinned", () => {
    const { devDependencies = {} } = manifest();
    expect(PEERS.map((name) => devDependencies[name])).toEqual(
      PEERS.map(() => expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown),
    );
  });
});

describe("at run time", () => {
  /** What a module exports beside its construct and its call. */
  const MORE: Record<string, string[]> = { metaflow: ["MetaflowStack", "PortableStack"] };
  const PUBLIC = Object.fromEntries(
    [...modules()].map(([name, { contract }]) => [
      `cdktf-metaflow/${name}`,
      [contract.construct, `${contract.construct}Module`, ...(MORE[name] ?? [])],
    ]),
  );
  const all = Object.values(PUBLIC).flat();

  test.each([...Object.entries(PUBLIC), ["cdktf-metaflow", all] as const])("%s exports %j", async (path, names) => {
    const required = `console.log(JSON.stringify(Object.keys(require("${path}")).sort()))`;
    expect(JSON.parse((await user.node("-e", required)).stdout)).toEqual([...names].sort());
    const imported = `import { ${names.join(", ")} } from "${path}"; console.log([${names.join(", ")}].map((it) => it.name).join());`;
    expect((await user.node("--input-type=module", "-e", imported)).stdout.trim()).toBe(names.join());
  });

  test.each([
    "cdktf-metaflow/lib/contract/inputs",
    "cdktf-metaflow/modules/datastore",
    "cdktf-metaflow/dist/package/lib/synth/stack",
  ])("%s is not exported", async (path) => {
    expect((await user.node("-e", `require("${path}")`)).stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  test("synthesizes the stack that the project's own app does, the Lambda function's code included", async () => {
    user.write({
      "stack.js": `
        const { App } = require("cdktf");
        const { MetaflowStack } = require("cdktf-metaflow/metaflow");
        const app = new App({ outdir: "of-package" });
        new MetaflowStack(app, "metaflow");
        app.synth();`,
    });
    expect(await user.node("stack.js")).toEqual({ stdout: "", stderr: "", code: 0 });
    const app = new App({ outdir: join(user.folder, "of-project") });
    new MetaflowStack(app, "metaflow");
    app.synth();
    const [ofPackage, ofProject] = ["of-package", "of-project"].map((outdir) => {
      const folder = join(user.folder, outdir, "stacks", "metaflow");
      const text = readFileSync(join(folder, "cdk.tf.json"), "utf8");
      const [, code = ""] = /"\$\{path\.module\}\/(assets\/[^"]+)"/.exec(text) ?? [];
      return { text, code: readFileSync(join(folder, code)) };
    });
    expect(ofPackage).toEqual(ofProject);
    expect(ofPackage?.code).toEqual(readFileSync(join(__dirname, "..", "lambda", "db_migrate", "index.zip")));
  });

  test("loads no service of AWS that it does not use", async () => {
    const script = `
      require("cdktf-metaflow/datastore");
      const service = /provider-aws.lib.([^/]+)/;
      const services = new Set(Object.keys(require.cache).map((file) => service.exec(file)?.[1]).filter(Boolean));
      console.log(JSON.stringify([...services].sort()));`;
    const services = JSON.parse((await user.node("-e", script)).stdout) as string[];
    expect(services).toEqual(expect.arrayContaining(["db-instance", "s3-bucket"]));
    expect(services.length).toBeLessThan(20);
  });

  test("an error's stack shows the sources where Node.js is asked for it", async () => {
    user.write({
      "refused.js": `
        const { TerraformStack, App } = require("cdktf");
        const { Datastore } = require("cdktf-metaflow/datastore");
        new Datastore(new TerraformStack(new App(), "stack"), "datastore", {});`,
    });
    const { stderr } = await user.node("--enable-source-maps", "refused.js");
    expect(stderr).toContain("resourcePrefix (resource_prefix) is required");
    expect(stderr).toMatch(/cdktf-metaflow.modules.datastore.index\.ts:\d+:\d+/);
  });
});
