import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { localFolder } from "../../tools/system/paths";
import { isAlive, putInPlace } from "../../tools/system/processes";
import { findPython, pythonEnvironment } from "../../tools/system/python";

const run = promisify(execFile);

/**
 * Packages beside those of the emulated AWS, in a folder of their own, for `PYTHONPATH`. Test files that need them at once wait for
 * the one that installs them.
 *
 * @param name - the name of the folder, and of the file of requirements beside this one
 * @param python - the Python of the emulated AWS
 */
export async function pythonPackages(name: string, python: string): Promise<string> {
  const folder = join(localFolder, name);
  const lock = `${folder}.lock`;
  mkdirSync(localFolder, { recursive: true });
  while (!existsSync(folder)) {
    if (takes(lock)) {
      await install(name, python, folder).finally(() => {
        rmSync(lock, { force: true });
      });
    } else await sleep(200);
  }
  return folder;
}

/** Takes a lock, unless a process has it that runs. @returns whether it did */
function takes(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const holder = existsSync(lock) ? readFileSync(lock, "utf8") : "";
    if (holder !== "" && !isAlive(Number(holder))) rmSync(lock, { force: true });
    return false;
  }
}

async function install(name: string, python: string, folder: string): Promise<void> {
  const unfinished = `${folder}-${String(process.pid)}`;
  const requirements = join(__dirname, `${name}-requirements.txt`);
  const options = ["--quiet", "--no-compile", "--no-deps", "--require-hashes", "--target", unfinished];
  const hasPip = existsSync(join(dirname(python), "pip"));
  const pip = hasPip ? [python, "-m", "pip"] : [findPython().command, "-m", "pip", "--python", python];
  await run("env", [...pip, "install", ...options, "-r", requirements], { env: pythonEnvironment() });
  putInPlace(unfinished, folder);
}
