import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { appFolder } from "../support/app-folder";
import { terraformRoot } from "../support/terraform-root";

/** `npm run synth`, or another program, in a folder of its own. */
function run(folder: string, program = "main.ts") {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/run.js", program], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

const stackFolder = (folder: string) => join(folder, "cdktf.out", "stacks", "metaflow");
const stackFile = (folder: string) => join(stackFolder(folder), "cdk.tf.json");

function synthesized(): { folder: string; good: string } {
  const folder = appFolder();
  expect(run(folder)).toEqual({ status: 0, output: "" });
  return { folder, good: readFileSync(stackFile(folder), "utf8") };
}

describe("a synth that cannot write", () => {
  test("on a full disk leaves the last configuration whole, says so in one line, and the next one works", () => {
    const { folder, good } = synthesized();
    symlinkSync("/dev/full", `${stackFile(folder)}.new`);
    expect(run(folder)).toEqual({
      status: 1,
      output: "cdktf.out/stacks/metaflow/cdk.tf.json cannot be written: no space left on device (ENOSPC)\n",
    });
    expect(readFileSync(stackFile(folder), "utf8")).toBe(good);
    expect(readdirSync(stackFolder(folder))).toEqual(["assets", "cdk.tf.json"]);
    expect(run(folder).status).toBe(0);
  });

  test("on a full disk the first time leaves no configuration at all", () => {
    const folder = appFolder();
    mkdirSync(stackFolder(folder), { recursive: true });
    symlinkSync("/dev/full", `${stackFile(folder)}.new`);
    expect(run(folder).status).toBe(1);
    expect(readdirSync(stackFolder(folder))).toEqual(["assets"]);
  });

  test.each([["cdktf.out"], [join("cdktf.out", "stacks")], [join("cdktf.out", "stacks", "metaflow")]])(
    "to the folder %s, as there is a file in its place, says so in one line",
    (place) => {
      const folder = appFolder();
      mkdirSync(join(folder, place, ".."), { recursive: true });
      writeFileSync(join(folder, place), "");
      const { status, output } = run(folder);
      expect(status).toBe(1);
      expect(output).toMatch(/^cdktf\.out\S* cannot be written: not a directory \(ENOTDIR\)\n$/);
    },
  );
});

describe("a configuration of which only a part is there", () => {
  test.each([0, 1, 1000, 40_000])(
    "its first %d bytes, is refused by Terraform, and mended by the next synth",
    async (bytes) => {
      const { folder, good } = synthesized();
      truncateSync(stackFile(folder), bytes);
      const root = terraformRoot({}, { files: { "cdk.tf.json": readFileSync(stackFile(folder), "utf8") } });
      const { stdout, stderr } = await root.run(["init", "-no-color"], [1]);
      expect(stdout + stderr).toMatch(/Error: [^]*cdk\.tf\.json/);

      expect(run(folder)).toEqual({ status: 0, output: "" });
      expect(readFileSync(stackFile(folder), "utf8")).toBe(good);
    },
  );

  test("even of the manifest alone, is mended by the next synth", () => {
    const { folder } = synthesized();
    const manifest = join(folder, "cdktf.out", "manifest.json");
    const good = readFileSync(manifest, "utf8");
    truncateSync(manifest, 20);
    expect(run(folder)).toEqual({ status: 0, output: "" });
    expect(readFileSync(manifest, "utf8")).toBe(good);
  });
});

describe("a program that the system stops in the middle of a file", () => {
  // A limit on the size of files, in blocks of 1,024 bytes.
  const stopped = (folder: string, program: string) =>
    spawnSync("bash", ["-c", `ulimit -f 8; exec "$0" tools/run.js ${program}`, process.execPath], { cwd: folder });

  test.each([
    ["main.ts", join("cdktf.out", "stacks", "metaflow", "cdk.tf.json")],
    ["tools/publish/commands/modules.ts", join("dist", "modules", "datastore", "main.tf.json")],
  ])("%s leaves what it wrote the last time", (program, file) => {
    const folder = appFolder();
    expect(run(folder, program).status).toBe(0);
    const beside = readdirSync(join(folder, file, ".."));
    const good = readFileSync(join(folder, file), "utf8");
    expect(stopped(folder, program).status).not.toBe(0);
    expect(readFileSync(join(folder, file), "utf8")).toBe(good);
    expect(run(folder, program)).toEqual({ status: 0, output: "" });
    expect(readdirSync(join(folder, file, ".."))).toEqual(beside);
  });
});

test("npm run modules says in one line that there is no folder to write to", () => {
  const folder = appFolder();
  writeFileSync(join(folder, "dist"), "");
  const { status, output } = run(folder, "tools/publish/commands/modules.ts");
  expect([status, output]).toEqual([1, "dist/modules/common.new cannot be written: not a directory (ENOTDIR)\n"]);
});
