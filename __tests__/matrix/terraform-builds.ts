import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { localFolder } from "../../tools/system/paths";
import { putInPlace, scratchFolder } from "../../tools/system/processes";

const run = promisify(execFile);
const MODULE = "github.com/hashicorp/terraform";

/**
 * A Terraform of a version, built from its source the first time (two to five minutes) and kept in `.local/terraform`.
 * A binary that is put there is taken as it is.
 *
 * It is built in its own folder rather than by `go install`, which refuses a module that replaces others, as 0.13 does.
 *
 * @throws Error where it has to be built and Go or its module proxy is missing
 */
export async function terraformBuild(version: string): Promise<string> {
  const folder = path.join(localFolder, "terraform");
  const binary = path.join(folder, `terraform-${version}`);
  if (fs.existsSync(binary)) return binary;
  process.stderr.write(`building Terraform ${version} (once) …\n`);
  const scratch = scratchFolder(folder);
  try {
    const { Dir: source } = JSON.parse(await go(version, ["mod", "download", "-json", `${MODULE}@v${version}`])) as {
      Dir: string;
    };
    fs.cpSync(source, scratch, { recursive: true });
    const built = path.join(scratch, "terraform-built");
    // Go's module cache is read-only, and so is a copy of it.
    await run("chmod", ["-R", "u+w", scratch]);
    await go(version, ["build", "-mod=mod", "-o", built, "."], scratch);
    putInPlace(built, binary);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return binary;
}

async function go(version: string, args: readonly string[], cwd?: string): Promise<string> {
  // Without cgo, it needs no C compiler.
  const env = { ...process.env, CGO_ENABLED: "0" };
  try {
    return (await run("go", args, { cwd, env, maxBuffer: 1 << 26 })).stdout;
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    const where = `or put the binary at .local/terraform/terraform-${version}`;
    if (code === "ENOENT") {
      throw new Error(
        `Terraform ${version} has to be built, and there is no go on the PATH. Install Go (https://go.dev/doc/install), ${where}.`,
      );
    }
    throw new Error(
      `Terraform ${version} could not be built (go ${args[0] ?? ""}); build it otherwise ${where}:\n${stderr || stdout}`,
    );
  }
}
