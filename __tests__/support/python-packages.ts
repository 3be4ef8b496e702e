import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { localFolder } from "../../tools/system/paths";
import { findPython, pythonEnvironment } from "../../tools/system/python";

const run = promisify(execFile);

/**
 * Packages beside those of the emulated AWS, in a folder of their own, for `PYTHONPATH`.
 *
 * @param name - the name of the folder, and of the file of requirements beside this one
 * @param python - the Python of the emulated AWS
 */
export async function pythonPackages(name: string, python: string): Promise<string> {
  const folder = join(localFolder, name);
  if (existsSync(folder)) return folder;
  mkdirSync(localFolder, { recursive: true });
  const unfinished = `${folder}-${String(process.pid)}`;
  const requirements = join(__dirname, `${name}-requirements.txt`);
  const options = [
    "--quiet",
    "--no-compile",
    "--no-deps",
    "--require-hashes",
    "--target",
    unfinished,
    "-r",
    requirements,
  ];
  const hasPip = existsSync(join(dirname(python), "pip"));
  const pip = hasPip ? [python, "-m", "pip"] : [findPython().command, "-m", "pip", "--python", python];
  await run("env", [...pip, "install", ...options], { env: pythonEnvironment() });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return folder;
}
