import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const WORKFLOWS = join(__dirname, "../../.github/workflows");

/** What actionlint (on the PATH, or in ACTIONLINT) finds in a workflow. */
function findings(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "workflows-"));
  try {
    mkdirSync(join(folder, ".github/workflows"), { recursive: true });
    const file = join(folder, ".github/workflows/one.yml");
    writeFileSync(file, text);
    const { stdout, error } = spawnSync(process.env.ACTIONLINT ?? "actionlint", ["-no-color", file], {
      encoding: "utf8",
    });
    if (error) throw new Error(`actionlint does not run (${error.message}): install it, or name it in ACTIONLINT.`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each(readdirSync(WORKFLOWS))("actionlint finds nothing in %s", (file) => {
  expect(findings(readFileSync(join(WORKFLOWS, file), "utf8"))).toBe("");
});

test("it finds a planted error", () => {
  const checks = readFileSync(join(WORKFLOWS, "checks.yml"), "utf8");
  expect(findings(checks.replace("runs-on: ubuntu-latest", "runs-on: nowhere"))).toContain(
    'label "nowhere" is unknown',
  );
});
