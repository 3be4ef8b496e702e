import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { preparePython } from "../../../tools/system/python";

const folder = mkdtempSync(join(tmpdir(), "metaflow-python-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a Python lacks: its calls fail with these words. */
type Lacks = readonly (readonly [call: RegExp, words: string])[];

const NO_PIP: Lacks = [[/^-m pip/, "/usr/bin/python3: No module named pip"]];
const OLD_PIP: Lacks = [[/^-m pip --python/, "no such option: --python"]];
const NO_ENSUREPIP: Lacks = [
  [/^-m venv (?!--)/, "The virtual environment was not created successfully because ensurepip is not available."],
];
const NO_VENV: Lacks = [[/^-m venv/, "/usr/bin/python3: No module named venv"]];
const NO_INDEX: Lacks = [[/^-m pip/, "ERROR: No matching distribution found for moto (from versions: none)"]];

/** A program that takes Python's place: it notes its calls, makes the virtual environments that it is asked for, and installs nothing. */
class FakePython {
  public readonly folder = mkdtempSync(join(folder, "case-"));
  private readonly command = join(this.folder, "python3");

  public constructor(lacks: Lacks) {
    const program = `#!${process.execPath}
const fs = require("node:fs"), path = require("node:path");
const args = process.argv.slice(2), call = args.join(" ");
const own = fs.realpathSync(${JSON.stringify(this.folder)});
fs.appendFileSync(path.join(own, "calls"), (__filename.endsWith("python3") ? "" : "in it: ") + call + "\\n");
const failure = ${JSON.stringify(lacks.map(([call, words]) => [call.source, words]))}.find(([pattern]) =>
  __filename.endsWith("python3") && new RegExp(pattern).test(call));
if (failure) { console.error(failure[1]); process.exit(1); }
if (args[1] === "venv") {
  fs.mkdirSync(path.join(args.at(-1), "bin"), { recursive: true });
  fs.copyFileSync(__filename, path.join(args.at(-1), "bin", "python"));
}
`;
    writeFileSync(this.command, program, { mode: 0o755 });
  }

  /** @param requirements - the file of a set of packages */
  public async prepare(name = "requirements.txt"): Promise<string> {
    const requirements = join(this.folder, name);
    mkdirSync(dirname(requirements), { recursive: true });
    writeFileSync(requirements, "moto==5\n");
    return preparePython({
      python: { command: this.command, version: "3.11.7" },
      packages: { requirements, module: "moto", what: "the test's" },
      folder: join(this.folder, ".local"),
    });
  }

  /** How it was called, with pip's options and the folders left out. */
  public get calls(): string[] {
    const lines = readFileSync(join(this.folder, "calls"), "utf8").trim().split("\n");
    return lines
      .filter((line) => line.includes("-m "))
      .map((line) => line.replace(/ --quiet.*? -r \S+/, "").replaceAll(/\/\S+/g, "…"));
  }
}

test.each<[what: string, lacks: Lacks, calls: string[]]>([
  ["venv and pip", [], ["-m venv --without-pip …", "-m pip --python … install"]],
  ["no pip", NO_PIP, ["-m venv --without-pip …", "-m pip --python … install", "-m venv …", "in it: -m pip install"]],
  [
    "a pip before 22.3",
    OLD_PIP,
    ["-m venv --without-pip …", "-m pip --python … install", "-m venv …", "in it: -m pip install"],
  ],
  [
    "a pip before 22.3 and no ensurepip, as Debian's",
    [...OLD_PIP, ...NO_ENSUREPIP],
    ["-m venv --without-pip …", "-m pip --python … install", "-m venv …", "-m pip install --target …"],
  ],
  ["no venv", NO_VENV, ["-m venv --without-pip …", "-m venv …", "-m pip install --target …"]],
])("with %s, packages are installed", async (_, lacks, calls) => {
  const python = new FakePython(lacks);
  const interpreter = await python.prepare();
  expect(existsSync(interpreter)).toBe(true);
  expect(python.calls).toEqual(calls);
});

test("two that need the same packages wait for one install", async () => {
  const python = new FakePython([]);
  const [one, other] = await Promise.all([python.prepare(), python.prepare()]);
  expect(one).toBe(other);
  expect(python.calls).toHaveLength(2);
  // The installed ones are found again.
  await python.prepare();
  expect(python.calls).toHaveLength(2);
});

test.each<[what: string, lacks: Lacks, says: RegExp, calls: number]>([
  ["an index that is not there", NO_INDEX, /Is the package index that pip uses reachable\?\npip said:\nERROR/, 2],
  [
    "neither pip nor ensurepip",
    [...NO_PIP, ...NO_ENSUREPIP],
    /can make no virtual environment and has no pip.*python3-venv/,
    4,
  ],
])("with %s, the error says so, after no more tries than that, and nothing stays", async (_, lacks, says, calls) => {
  const python = new FakePython(lacks);
  await expect(python.prepare()).rejects.toThrow(says);
  expect(python.calls).toHaveLength(calls);
  expect(readdirSync(join(python.folder, ".local"))).toEqual([]);
  // A second call tries again.
  await expect(python.prepare()).rejects.toThrow(says);
  expect(python.calls).toHaveLength(2 * calls);
});
