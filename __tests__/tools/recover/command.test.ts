import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IMPORTS_FILE, removeImports, writeImports } from "../../../tools/recover/imports";
import { project } from "../../support/app-folder";

const folder = mkdtempSync(join(tmpdir(), "metaflow-test-"));
const file = join(folder, IMPORTS_FILE);
afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  rmSync(file, { force: true });
});

function recover(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/run.js", "tools/recover/index.ts", ...args], {
    cwd: project,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("import blocks hold ids as they are, whatever is in them", () => {
  writeImports(folder, { import: [{ to: "aws_vpc.this[0]", id: 'a"${b}%{c}' }] });
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
    import: [{ to: "aws_vpc.this[0]", id: 'a"$${b}%%{c}' }],
  });
});

test("the file of an earlier run is removed, and nobody else's", () => {
  expect(removeImports(folder)).toBe(false);
  writeImports(folder, { import: [] });
  expect(removeImports(folder)).toBe(true);
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, '{ "import": [] }');
  expect(() => removeImports(folder)).toThrow(/imports\.tf\.json is not of this command: rename it/);
  expect(existsSync(file)).toBe(true);
});

test("npm run recover tells how it is used", () => {
  expect(recover("--help")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^npm run recover \[--/) as string,
  });
});

test.each([["--folder", folder], [`--folder=${folder}`]])("npm run recover needs a stack: %s %s", (...args) => {
  expect(recover(...args.filter((arg) => arg))).toEqual({
    status: 1,
    stdout: "",
    stderr: `${folder} holds no stack: synthesize it ("npm run synth"), or name its --folder.\n`,
  });
});
