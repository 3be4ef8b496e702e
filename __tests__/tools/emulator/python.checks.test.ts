import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { toolFile } from "../../../tools/system/paths";
import { preparePython, pythonEnvironment } from "../../../tools/system/python";

const FOLDER = join(__dirname, "python");

/** The emulated AWS's own tests in Python. */
test.each(readdirSync(FOLDER).filter((name) => /^test_.*\.py$/.test(name)))("%s", async (name) => {
  const arguments_ = ["-B", "-m", "unittest", name.replace(/\.py$/, "")];
  const env = { ...pythonEnvironment(), PYTHONPATH: toolFile("emulator/python") };
  const ran = await promisify(execFile)(await preparePython(), arguments_, { cwd: FOLDER, env });
  expect(ran.stderr).toMatch(/^Ran [1-9]\d* tests? in [^]*^OK$/m);
});
