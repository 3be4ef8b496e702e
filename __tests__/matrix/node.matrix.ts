import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { filesOf, install, temporaryFolder } from "./combination";

const run = promisify(execFile);
const project = path.join(__dirname, "..", "..");
const VERSIONS = ["20.9.0", "22.23.3", "24.21.0"];
/** npm has Node.js itself, a package a platform. */
const NODE = `node-${process.platform}-${process.arch}`;

/** What the app and the published modules synthesize to. */
async function synthesize(node: string): Promise<Record<string, string>> {
  const folder = temporaryFolder();
  const env = { ...process.env, CDKTF_OUTDIR: path.join(folder, "cdktf.out") };
  await run(node, ["tools/run.js", "main.ts"], { cwd: project, env });
  await run(node, ["tools/run.js", "tools/bench/modules.ts", path.join(folder, "modules")], { cwd: project, env });
  return filesOf(folder);
}

test.each(VERSIONS)("Node.js %s synthesizes the app and the published modules to the same bytes", async (version) => {
  const folder = temporaryFolder();
  await install(folder, { private: true, dependencies: { [NODE]: version } });
  const node = path.join(folder, "node_modules", NODE, "bin", "node");
  expect((await run(node, ["--version"])).stdout.trim()).toBe(`v${version}`);
  expect(await synthesize(node)).toEqual(await synthesize(process.execPath));
});
