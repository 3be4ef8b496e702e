import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { Testing, TerraformStack } from "cdktf";
import { Metaflow } from "../modules/metaflow";
import { MetaflowStack } from "../modules/metaflow/stack";
import { peerDependencies } from "../package.json";
import { project } from "./support/app-folder";
import { PEERS, temporaryFolder } from "./support/package";
import { packedPackages } from "./support/packed";
import { blocksOf, PackageApp } from "./support/package-app";
import type { Configuration } from "./support/synth";

/** The successor's packages, in the versions that docs/versions.md names. */
const SUCCESSOR = {
  "@cdktn/provider-archive": "14.0.1",
  "@cdktn/provider-aws": "25.7.0",
  "@cdktn/provider-random": "15.0.1",
  cdktn: "0.24.0",
};
const CONSTRUCTS = { constructs: "10.7.2" };

/** This project's copy of each peer, which costs no download. */
const linked = Object.fromEntries(PEERS.map((name) => [name, `link:${join(project, "node_modules", name)}`]));
const aliases = Object.fromEntries(
  Object.entries(SUCCESSOR).map(([name, version]) => [name.replace("cdktn", "cdktf"), `npm:${name}@${version}`]),
);

const apps = {
  pnpm: new PackageApp("cdktf"),
  yarn: new PackageApp("cdktf"),
  aliases: new PackageApp("cdktf"),
  cdktn: new PackageApp("cdktn"),
};
let tarballs: { cdktf: string; cdktn: string };

beforeAll(async () => {
  tarballs = await packedPackages();
  const ours = { "cdktf-metaflow": `file:${tarballs.cdktf}` };
  await Promise.all([
    apps.pnpm.pnpm({ ...ours, ...linked }, "--offline"),
    apps.yarn.yarn({ ...ours, ...linked }),
    apps.aliases.pnpm({ ...ours, ...aliases, ...CONSTRUCTS }, "--prefer-offline"),
    apps.cdktn.npm({
      ...SUCCESSOR,
      ...CONSTRUCTS,
      "cdktn-metaflow": `file:${tarballs.cdktn}`,
    }),
  ]);
});

/** What the constructs of this checkout synthesize to. */
function expected(): object {
  const app = Testing.app();
  const own = new TerraformStack(app, "own");
  new AwsProvider(own, "aws", { region: "us-west-2" });
  new RandomProvider(own, "random");
  new Metaflow(own, "metaflow");
  const metaflow = new MetaflowStack(app, "metaflow");
  return JSON.parse(
    JSON.stringify({
      own: blocksOf(own.toTerraform() as Configuration),
      metaflow: blocksOf(metaflow.toTerraform() as Configuration),
    }),
  ) as object;
}

describe.each([
  ["pnpm", apps.pnpm],
  ["Yarn 4 with Plug'n'Play", apps.yarn],
  ["pnpm, the successor under aliases", apps.aliases],
  ["npm, the successor's package", apps.cdktn],
])("an app that is installed by %s", (_, app) => {
  test.each(["cjs", "mjs"] as const)(
    "synthesizes as app.%s what this checkout does, with one copy of each package",
    async (kind) => {
      const node = app === apps.yarn ? app.yarnNode.bind(app) : app.node.bind(app);
      const { stdout, code, stderr } = await node(`app.${kind}`);
      expect({ stdout: stdout.trim(), code, stderr: code === 0 ? "" : stderr }).toEqual({
        stdout: "true,true",
        code: 0,
        stderr: "",
      });
      expect(app.synthesized(kind)).toEqual(expected());
    },
  );
});

describe("the successor's package", () => {
  const installed = () => join(apps.cdktn.folder, "node_modules", "cdktn-metaflow");
  const read = (path: string) => readFileSync(join(installed(), path), "utf8");

  test("has the peers that this one admits under aliases, and nothing that only development needs", () => {
    const manifest = JSON.parse(read("package.json")) as Record<string, object>;
    for (const [name, version] of Object.entries(SUCCESSOR)) {
      expect(manifest.peerDependencies).toHaveProperty([name], `^${version}`);
      expect(peerDependencies).toHaveProperty(
        [name.replace("cdktn", "cdktf")],
        expect.stringMatching(` \\|\\| \\^${version}$`),
      );
    }
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(["scripts"]));
    expect(manifest).toMatchObject({ name: "cdktn-metaflow", engines: { node: ">=22.11.0" } });
    expect(manifest).not.toHaveProperty("devDependencies");
  });

  test("has the files of this one, which import nothing of CDKTF", () => {
    const list = (tarball: string) => execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).split("\n").sort();
    const files = list(tarballs.cdktn);
    expect(files).toEqual(list(tarballs.cdktf));
    const code = files.map((path) => path.replace("package/", "")).filter((path) => /\.(js|ts)$/.test(path));
    expect(code.length).toBeGreaterThan(200);
    expect(code.filter((path) => /(from |require\(|import\()"(@cdktf\/|cdktf)/.test(read(path)))).toEqual([]);
    const readme = read("README.md");
    expect(readme).toContain('from "cdktn-metaflow/metaflow"');
    expect(readme.match(/^npm install .*(metaflow|@cdkt).*$/gm)).toEqual([
      expect.stringMatching(/^npm install cdktn-metaflow cdktn@0[.]24 [^@]+@10[.]7 (@cdktn\S+ ?){3}$/),
    ]);
  });
});

test("a plain cdktf-metaflow in an app of the successor says at once what to install", async () => {
  const app = apps.cdktn.folder;
  const plain = join(temporaryFolder("metaflow-plain-"), "node_modules", "cdktf-metaflow");
  mkdirSync(plain, { recursive: true });
  execFileSync("tar", ["-xzf", tarballs.cdktf, "-C", plain, "--strip-components=1"]);
  // As npm has it: CDKTF and its bindings beside it, and one copy of constructs.
  cpSync(join(project, "node_modules", "cdktf"), join(plain, "..", "cdktf"), { recursive: true });
  symlinkSync(join(project, "node_modules", "@cdktf"), join(plain, "..", "@cdktf"));
  symlinkSync(join(app, "node_modules", "constructs"), join(plain, "..", "constructs"));
  const script = (body: string) => `
    const { App, TerraformStack } = require("cdktn");
    const { Metaflow, MetaflowStack, MetaflowModule } = require(${JSON.stringify(plain)});
    const app = new App({ outdir: "plain" });
    ${body}`;
  const made =
    "is made of cdktn 0.24.0, and this construct of cdktf 0.21.0: install cdktn-metaflow, which is made for it";
  for (const [body, whose] of [
    ['new Metaflow(new TerraformStack(app, "own"), "metaflow");', "Metaflow at own/metaflow: the app"],
    ['new MetaflowStack(app, "metaflow");', "Metaflow at metaflow/Default: the app"],
    [
      'new MetaflowModule(new TerraformStack(app, "own"), "call", { source: "./m" });',
      "MetaflowModule at own/call: the app",
    ],
  ] as const) {
    writeFileSync(join(app, "plain.cjs"), script(body));
    expect((await apps.cdktn.node("plain.cjs")).stderr).toContain(`${whose} ${made}`);
  }
});
