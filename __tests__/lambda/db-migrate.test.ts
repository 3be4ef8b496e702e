import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const FOLDER = join(__dirname, "..", "..", "lambda", "db_migrate");
const SOURCE = join(FOLDER, "index.py");

/** Lambda's Pythons, from the oldest that may still be configured to the newest. */
const MINORS = [7, 8, 9, 10, 11, 12, 13, 14];

interface Interpreter {
  name: string;
  minor: number;
  command: string;
}

interface Outcome {
  code: number;
  output: string;
}

/** The folders in which to look: the PATH's, then those of pyenv, whose own commands may be switched off. */
function folders(): string[] {
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const versions = process.env.PYENV_ROOT ? join(process.env.PYENV_ROOT, "versions") : "";
  const pyenv = versions !== "" && existsSync(versions) ? readdirSync(versions).sort() : [];
  const shims = process.env.PYENV_ROOT ? join(process.env.PYENV_ROOT, "shims") : "";
  return [...pyenv.map((version) => join(versions, version, "bin")), ...path.filter((folder) => folder !== shims)];
}

/** The interpreter at a path, if it starts and is a Python 3.7 or newer. */
function interpreter(command: string): Interpreter | undefined {
  const asked = spawnSync(command, ["-S", "-c", "import sys; print(*sys.version_info[:2])"], { encoding: "utf8" });
  const [major, minor] = asked.status === 0 ? asked.stdout.trim().split(" ").map(Number) : [];
  if (major !== 3 || minor === undefined || minor < 7) return undefined;
  return { name: `python3.${String(minor)}`, minor, command };
}

/** One interpreter of each version that this machine has. */
function interpreters(): Interpreter[] {
  const found = new Map<number, Interpreter>();
  for (const name of [...MINORS.map((minor) => `python3.${String(minor)}`), "python3"]) {
    for (const folder of folders()) {
      const command = join(folder, name);
      const wanted = Number(name.split(".")[1]);
      if (found.has(wanted) || !existsSync(command)) continue;
      const python = interpreter(command);
      if (python && !found.has(python.minor)) found.set(python.minor, python);
    }
  }
  return [...found.values()].sort((a, b) => a.minor - b.minor);
}

function run(command: string, args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(command, args, { cwd: FOLDER, timeout: 30_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? (child.exitCode ?? -1) : 0, output: stdout + stderr });
    });
  });
}

const found = interpreters();
// The tests mostly wait, so that all interpreters run them at the same time.
const suites = new Map(
  found.map(({ name, command }) => [name, run(command, ["-B", "-W", "error", "-m", "unittest", "test_index"])]),
);

test("a python3 is there", () => {
  expect(found).not.toEqual([]);
});

if (found.length > 0) {
  test.each(found)(
    "the tests of the database migration pass with $name",
    async ({ name }) => {
      const { code, output } = (await suites.get(name)) ?? { code: -1, output: "not started" };
      expect(output).toMatch(/\nOK\n$/);
      expect(output).not.toContain("Exception ignored");
      expect(Number(/^Ran (\d+) tests/m.exec(output)?.[1])).toBeGreaterThan(25);
      expect(code).toBe(0);
    },
    30_000,
  );

  test("the code keeps to the grammar of Python 3.7", async () => {
    const newest = found[found.length - 1];
    const check = [
      "import ast, sys",
      "text = open(sys.argv[1], encoding='ascii').read()",
      "options = {'feature_version': (3, 7)} if sys.version_info >= (3, 8) else {}",
      "tree = ast.parse(text, **options)",
      "nodes = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef, ast.Module))]",
      "print(sorted(getattr(n, 'name', 'module') for n in nodes if not ast.get_docstring(n)), len(nodes))",
    ].join("\n");
    const { code, output } = await run(newest?.command ?? "", ["-c", check, SOURCE]);
    expect(output).toMatch(/^\[\] \d+\n$/); // every function has a docstring
    expect(code).toBe(0);
  });
}

test("the code can stand in a Terraform file as it is", () => {
  const text = readFileSync(SOURCE, "utf8");
  expect(text).toMatch(/^[\n -~]*$/);
  expect(text).not.toMatch(/[$%]\{/);
  expect(text.endsWith("\n")).toBe(true);
});
