import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { terraform, type RunOptions } from "../terraform/terraform";
import { removeImports, writeImports } from "./imports";
import { runPlan } from "./plan";
import { search, type Found } from "./search";

/**
 * Finds what an interrupted apply has left unrecorded, and writes the import blocks for it.
 *
 * @param options - the stack's folder, initialized, and how Terraform runs in it
 * @param args - Terraform's arguments of the interrupted apply, as far as a plan takes them
 * @param started - told each process that Terraform plans in
 * @throws what Terraform says where it cannot plan, or what is not certain; there are no import blocks then
 */
export async function recover(
  options: RunOptions,
  args: readonly string[],
  started: (child: ChildProcess) => void = () => undefined,
): Promise<Found> {
  const { cwd: folder } = options;
  removeImports(folder);
  // A plan holds secrets: it is kept where nobody else reads, and not longer than needed.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "metaflow-recover-"));
  let imports: Found["imports"] = new Map();
  try {
    const found = await search({
      plan: async (addition) => {
        writeImports(folder, addition);
        return runPlan(options, path.join(scratch, "plan"), args, started);
      },
      untaint: async (address) => {
        await terraform(["untaint", "-no-color", address], options);
      },
    });
    imports = found.imports;
    return found;
  } finally {
    removeImports(folder);
    if (imports.size > 0) {
      writeImports(folder, { import: [...imports].sort().map(([to, id]) => ({ to, id })) });
    }
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
