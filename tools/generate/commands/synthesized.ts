import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { localFolder, projectRoot } from "../../system/paths";

// The end of `npm run docs`: what the README's app synthesizes, for docs/synthesized.

const [, app = ""] = /^```ts\n(import [^]*?new App\(\)[^]*?)^```$/m.exec(readFileSync("README.md", "utf8")) ?? [];
const program = path.join(localFolder, "readme-app.ts");
const folder = mkdtempSync(path.join(tmpdir(), "metaflow-synthesized-"));
mkdirSync(localFolder, { recursive: true });
writeFileSync(program, app.replace(/"cdktf-metaflow\/([\w-]+)"/g, '"../modules/$1"'));
execFileSync(process.execPath, ["tools/run.js", path.relative(projectRoot, program)], {
  cwd: projectRoot,
  env: { ...process.env, CDKTF_OUTDIR: folder },
  stdio: "inherit",
});
rmSync(program);

interface Stack {
  readonly terraform: { backend?: unknown };
}

const stack = JSON.parse(readFileSync(path.join(folder, "stacks", "platform", "cdk.tf.json"), "utf8")) as Stack;
rmSync(folder, { recursive: true });
// CDKTF's own default is a file of this machine.
delete stack.terraform.backend;
mkdirSync("docs/synthesized", { recursive: true });
writeFileSync("docs/synthesized/platform.tf.json", `${JSON.stringify(stack, undefined, 2)}\n`);
