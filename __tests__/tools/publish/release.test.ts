import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { RootConstruct } from "constructs";
import { release, releaseFiles } from "../../../tools/publish/release";
import { metaflowModule } from "../../../modules/metaflow/module";
import { MetaflowStack } from "../../../modules/metaflow/stack";
import { publishedModules } from "../../../tools/modules";
import { appFolder } from "../../support/app-folder";
import { publishedFiles } from "../../support/published";
import { addresses, type Configuration } from "../../support/synth";

/** What is in a folder, by path. */
function contents(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** The arguments of each resource and data source, by address, without CDKTF's note of where it comes from. */
function elements({ resource = {}, data = {} }: Configuration): Map<string, string> {
  const of = (kind: string, blocks: Required<Configuration>["resource"]) =>
    Object.entries(blocks).flatMap(([type, named]) =>
      Object.entries(named).map(
        ([name, block]) => [`${kind}${type}.${name}`, JSON.stringify({ ...block, "//": undefined })] as const,
      ),
    );
  return new Map([...of("", resource), ...of("data.", data)]);
}

/** Runs `npm run release:modules` or `npm run modules` in a copy of the project. */
function built(command: "release" | "modules"): Map<string, string> {
  const folder = appFolder();
  execFileSync(process.execPath, ["tools/run.js", `tools/publish/commands/${command}.ts`], { cwd: folder });
  return contents(join(folder, "dist"));
}

describe("npm run release:modules", () => {
  const first = built("release");

  test("writes the same from another folder, to the byte", () => {
    expect([...built("release")]).toEqual([...first]);
    expect([...first.keys()].sort()).toEqual([...releaseFiles().keys()].map((path) => `release/${path}`).sort());
  });

  test("writes no path of a machine", () => {
    expect([...first.values()].join("\n")).not.toMatch(/\/(tmp|home|root|Users)\/|node_modules/);
  });

  test.each([
    ...["README.md", "CHANGELOG.md", "LICENSE", "NOTICE", ".gitignore"],
    ...["versions.tf.json", "variables.tf.json", "main.tf.json", "outputs.tf.json", "db_migrate/index.zip"],
    ...["modules/common/outputs.tf.json", "modules/datastore/main.tf.json", "modules/metadata-service/main.tf.json"],
    ...["modules/metadata-service/db_migrate/index.py", "examples/complete/main.tf", "examples/metaflow/README.md"],
    ...["tests/metaflow.tftest.hcl", "modules/datastore/tests/datastore.tftest.hcl"],
  ])("writes %s", (path) => {
    expect(first.get(`release/${path}`)?.trim()).toBeTruthy();
  });

  test("has the modules that npm run modules writes, file by file", () => {
    const modules = built("modules");
    expect([...new Set([...modules.keys()].map((path) => path.split("/")[1]))]).toEqual([...publishedModules().keys()]);
    expect([...modules.keys()].sort()).toEqual(Object.keys(publishedFiles()).sort());
    for (const [path, text] of modules) expect(first.get(`release/${path}`)).toBe(text);
  });
});

describe("the root module", () => {
  const module = metaflowModule.configuration() as Configuration & { provider?: object; terraform?: object };
  const stack = new MetaflowStack(new RootConstruct(), "metaflow").toTerraform() as Configuration & typeof module;

  test("has the app's addresses", () => {
    expect(addresses(module)).toEqual(addresses(stack));
  });

  test("has the app's variables but for the region, which is the provider's", () => {
    const { aws_region: region, ...variables } = stack.variable ?? {};
    expect(region).toBeDefined();
    expect(module.variable).toEqual(variables);
    expect(Object.keys(module.output ?? {})).toEqual(Object.keys(stack.output ?? {}));
  });

  test("has the app's resources, but for where the Lambda's code stands", () => {
    const [ours, apps] = [elements(module), elements(stack)];
    const different = [...ours.keys()].filter((address) => ours.get(address) !== apps.get(address));
    expect(different).toEqual(["aws_lambda_function.metadata_service_db_migrate_lambda"]);
    expect(module.locals).toEqual(stack.locals);
    const { filename, source_code_hash: hash } =
      module.resource?.aws_lambda_function?.metadata_service_db_migrate_lambda ?? {};
    expect(filename).toBe("${path.module}/db_migrate/index.zip");
    expect(hash).toBe(
      createHash("sha256")
        .update(releaseFiles().get("db_migrate/index.zip") ?? "")
        .digest("base64"),
    );
  });

  test("leaves providers and the state to its caller", () => {
    expect(module).not.toHaveProperty("provider");
    expect(module.terraform).toEqual({ ...stack.terraform, required_version: ">= 1.5" });
    expect(module.terraform).not.toHaveProperty("backend");
  });
});

describe("a second release", () => {
  const folder = join(appFolder(), "dist", "release");
  const write = (path: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "left");
  };
  const kept = [
    ...[".git/HEAD", "examples/complete/terraform.tfstate", "examples/complete/terraform.tfstate.backup"],
    ...["examples/complete/.terraform/modules/modules.json", "examples/complete/.terraform.lock.hcl"],
  ];
  const removed = ["old.tf.json", "modules/old/main.tf.json", "modules/datastore/old.tf"];

  beforeAll(() => {
    [...kept, ...removed, "README.md"].forEach(write);
    release(folder);
  });

  test.each(kept)("keeps %s", (path) => {
    expect(readFileSync(join(folder, path), "utf8")).toBe("left");
  });

  test.each(removed)("removes %s", (path) => {
    expect(existsSync(join(folder, path))).toBe(false);
  });

  test("replaces what it writes", () => {
    expect(readFileSync(join(folder, "README.md"), "utf8")).toBe(releaseFiles().get("README.md"));
  });
});
