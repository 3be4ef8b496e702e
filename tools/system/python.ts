import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { toolFile, localFolder } from "./paths";
import { putInPlace, scratchFolder } from "./processes";

const run = promisify(execFile);

/** What moto needs; the offline stand-ins for Terraform providers need {@link STAND_INS_PYTHON}. */
export const MINIMUM_PYTHON = "3.10";
export const STAND_INS_PYTHON = "3.11";

/** A Python interpreter of this machine. */
export interface Python {
  readonly command: string;
  /** `3.11.7` */
  readonly version: string;
}

/** Whether `version` is at least `minimum`, number by number. */
export function atLeast(version: string, minimum: string): boolean {
  const [have, need] = [version, minimum].map((text) =>
    text.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0),
  );
  for (const [index, wanted] of (need ?? []).entries()) {
    const found = have?.[index] ?? 0;
    if (found !== wanted) {
      return found > wanted;
    }
  }
  return true;
}

/** Only what leads pip to an index survives: a target, a user install or a demanded virtual environment would break the install. */
const PIP_KEPT =
  /^PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|TRUSTED_HOST|CERT|CLIENT_CERT|PROXY|DEFAULT_TIMEOUT|TIMEOUT|RETRIES|CACHE_DIR|NO_CACHE_DIR|CONFIG_FILE|KEYRING_PROVIDER)$/;

/** The caller's environment for Python and pip, without what would change the meaning of an install. */
export function pythonEnvironment(source: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(source).filter(
    ([name]) => PIP_KEPT.test(name) || !/^(PIP_|PYTHON|VIRTUAL_ENV$|__PYVENV_LAUNCHER__$|CONDA_)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_NO_INPUT: "1",
    // A configuration file may ask for either; these win over it.
    PIP_REQUIRE_VIRTUALENV: "0",
    PIP_USER: "0",
    PYTHONNOUSERSITE: "1",
  };
}

/**
 * The first interpreter on the PATH that is new enough: `python3`, `python`, then the numbered ones.
 * @throws with what was found when none is.
 */
export function findPython(minimum: string = MINIMUM_PYTHON, source: NodeJS.ProcessEnv = process.env): Python {
  const numbered = [14, 13, 12, 11, 10].map((minor) => `python3.${String(minor)}`);
  const tooOld: string[] = [];
  for (const command of ["python3", "python", ...numbered]) {
    const code = "import sys, platform; print(platform.python_version(), sys.executable, sep='\\n')";
    const found = spawnSync(command, ["-c", code], {
      env: pythonEnvironment(source),
      encoding: "utf8",
      timeout: 30_000,
    });
    const [version, executable] = found.status === 0 ? found.stdout.trim().split("\n") : [];
    if (version && executable) {
      if (atLeast(version, minimum)) {
        return { command: executable, version };
      }
      tooOld.push(`${command} is ${version}`);
    }
  }
  const seen = tooOld.length > 0 ? `the PATH has only older ones (${tooOld.join(", ")})` : "the PATH has none";
  throw new Error(`The emulated AWS needs Python ${minimum} or newer, and ${seen}. Install one and try again.`);
}

/** Names a set of installed packages: it changes with the requirements, the interpreter and the platform. */
export function installationName(
  requirements: string,
  python: Python,
  platform = `${process.platform}-${process.arch}`,
): string {
  const digest = createHash("sha256").update([requirements, python.command, python.version, platform].join("\0"));
  return `python-${digest.digest("hex").slice(0, 12)}`;
}

export interface PreparePythonOptions {
  /**
   * What is installed, and a module by which it is seen to be.
   *
   * @default - what the emulated AWS needs
   */
  readonly packages?: { readonly requirements: string; readonly module: string; readonly what: string };
  /** @default - the first one that is new enough */
  readonly python?: Python;
  /** @default `.local` */
  readonly folder?: string;
  /** Told in a few words what takes a while. */
  readonly progress?: (message: string) => void;
}

/**
 * An interpreter that has what its requirements list, in a virtual environment under `.local`. Made in a folder of its own and
 * renamed when complete, so that an interrupted install is never used and several processes may do this at once. Calls of one
 * process wait for one install.
 * @returns the path of the interpreter.
 */
export async function preparePython(options: PreparePythonOptions = {}): Promise<string> {
  const folder = options.folder ?? localFolder;
  const python = options.python ?? findPython();
  const { requirements, module, what } = options.packages ?? {
    requirements: toolFile("emulator/python/requirements.txt"),
    module: "moto",
    what: "the emulated AWS's",
  };
  const target = path.join(folder, installationName(fs.readFileSync(requirements, "utf8"), python));
  const making = preparing.get(target) ?? prepare(target, { python, requirements, module, what }, options.progress);
  preparing.set(target, making);
  return making.finally(() => preparing.delete(target));
}

/** What is being installed, so that two that need the same wait for one install. */
const preparing = new Map<string, Promise<string>>();

async function prepare(
  target: string,
  wanted: { readonly python: Python; readonly requirements: string; readonly module: string; readonly what: string },
  progress: ((message: string) => void) | undefined,
): Promise<string> {
  const { python, requirements, module, what } = wanted;
  const interpreter = path.join(target, "bin", "python");
  if (await works(interpreter, module)) {
    return interpreter;
  }
  progress?.(`installing ${what} Python packages (once, with Python ${python.version})`);
  const making = scratchFolder(path.dirname(target));
  try {
    await install(python, requirements, making);
    if (fs.existsSync(target) && !(await works(interpreter, module))) {
      fs.rmSync(target, { recursive: true, force: true });
    }
    putInPlace(making, target);
  } finally {
    fs.rmSync(making, { recursive: true, force: true });
  }
  return interpreter;
}

async function works(interpreter: string, module: string): Promise<boolean> {
  if (!fs.existsSync(interpreter)) {
    return false;
  }
  const find = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";
  return run(interpreter, ["-c", find, module], { env: pythonEnvironment() }).then(
    () => true,
    () => false,
  );
}

async function install(python: Python, requirements: string, into: string): Promise<void> {
  const env = pythonEnvironment();
  const options = [
    "install",
    "--quiet",
    "--no-compile",
    "--only-binary",
    ":all:",
    "--require-hashes",
    "-r",
    requirements,
  ];
  const interpreter = path.join(into, "bin", "python");
  const pip = async (command: string, before: string[], after: string[] = []) => {
    await run(command, ["-m", "pip", ...before, ...options, ...after], { env, maxBuffer: 1 << 26 });
  };
  const venv = async (...extra: string[]) => run(python.command, ["-m", "venv", ...extra, into], { env });
  try {
    // A virtual environment is made without a pip of its own in a tenth of a second, with one in three.
    await venv("--without-pip");
    await pip(python.command, ["--python", interpreter]);
    return;
  } catch (error) {
    if (!lacksPip(error)) throw installError(python, error, undefined);
    fs.rmSync(into, { recursive: true, force: true });
  }
  const failure = await venv().then(
    () => undefined,
    (error: unknown) => error,
  );
  try {
    if (failure === undefined) {
      await pip(interpreter, []);
      return;
    }
    // Debian's Python has neither venv nor ensurepip until python3-venv is installed, though it may well have pip.
    fs.rmSync(into, { recursive: true, force: true });
    const packages = path.join(into, "packages");
    await pip(python.command, [], ["--target", packages]);
    writeLauncher(interpreter, python.command);
  } catch (error) {
    throw installError(python, error, failure);
  }
}

/** Whether an interpreter has no venv, no pip, or one before 22.3, which installs for no other interpreter. */
function lacksPip(error: unknown): boolean {
  return /No module named '?(pip|venv)|no such option: --python/.test(String((error as { stderr?: string }).stderr));
}

/** Stands where a virtual environment has its interpreter. */
function writeLauncher(file: string, command: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const script = [
    "#!/bin/sh",
    'packages=$(CDPATH= cd -- "$(dirname -- "$0")/../packages" && pwd) || exit 1',
    `exec env -u PYTHONHOME PYTHONNOUSERSITE=1 PYTHONPATH="$packages" ${shellQuoted(command)} "$@"`,
    "",
  ];
  fs.writeFileSync(file, script.join("\n"), { mode: 0o755 });
}

/** A word of a POSIX shell. */
export function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function installError(python: Python, error: unknown, venv: unknown): Error {
  const output = (error as { stderr?: string }).stderr?.trim() ?? String(error);
  if (/No module named '?pip/.test(output)) {
    const reason = (venv as { stdout?: string; stderr?: string } | undefined)?.stdout?.trim() ?? "";
    const hint = `${python.command} (${python.version}) can make no virtual environment and has no pip. On Debian and Ubuntu: apt-get install python3-venv`;
    return new Error(reason ? `${hint}\n${reason}` : hint);
  }
  const lines = output.split("\n").slice(-15).join("\n");
  const index = /from versions: none|connection|timed out/i.test(lines)
    ? "Is the package index that pip uses reachable?\n"
    : "";
  const which = `${python.command} (${python.version})`;
  return new Error(
    `The emulated AWS's Python packages could not be installed with ${which}. ${index}pip said:\n${lines}`,
  );
}
