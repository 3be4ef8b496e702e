import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const project = join(__dirname, "..");

/** A tool of the project, which ends with its complaints where it has any. */
async function tool(name: string, ...args: string[]): Promise<string> {
  try {
    await run(process.execPath, [join(project, "node_modules", name), ...args], { cwd: project, maxBuffer: 1 << 26 });
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}` || String(error);
  }
}

test.each([
  ["TypeScript", "typescript/bin/tsc", ["--noEmit"]],
  ["ESLint", "eslint/bin/eslint.js", ["."]],
  ["Prettier", "prettier/bin/prettier.cjs", ["--check", "--log-level=warn", "."]],
])("%s finds nothing", async (_, path, args) => {
  expect(await tool(path, ...args)).toBe("");
});
