import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pythonPackages } from "../../support/python-packages";
import { toolFile } from "../../../tools/system/paths";
import { preparePython, pythonEnvironment } from "../../../tools/system/python";

const TOOLS = toolFile("emulator/python");
const FOLDER = join(__dirname, "python");

/** The emulated AWS's own tests in Python. */
test.each(readdirSync(FOLDER).filter((name) => /^test_.*\.py$/.test(name)))("%s", async (name) => {
  const arguments_ = ["-B", "-m", "unittest", name.replace(/\.py$/, "")];
  const env = { ...pythonEnvironment(), PYTHONPATH: TOOLS };
  const ran = await promisify(execFile)(await preparePython(), arguments_, { cwd: FOLDER, env });
  expect(ran.stderr).toMatch(/^Ran [1-9]\d* tests? in [^]*^OK$/m);
});

test("its types", async () => {
  const python = await preparePython();
  const env = { ...pythonEnvironment(), PYTHONPATH: await pythonPackages("mypy", python) };
  const files = readdirSync(TOOLS).filter((name) => name.endsWith(".py"));
  // Without the packages of this Python, whose own types would decide, and without a cache beside the sources.
  const options = ["--config-file", "mypy.ini", "--no-site-packages", "--cache-dir", devNull];
  const run = promisify(execFile)(python, ["-m", "mypy", ...options, ...files], { cwd: TOOLS, env });
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  expect(stdout).toBe(`Success: no issues found in ${String(files.length)} source files\n`);
});
