import * as fs from "node:fs";
import * as path from "node:path";
import { escapeTemplate } from "../../lib/hcl/template";
import type { Addition } from "./search";

/** What Terraform reads beside the stack: the import blocks, and while the search lasts its data sources. */
export const IMPORTS_FILE = "imports.tf.json";

const MARK = "Written by npm run recover. Delete this file once terraform apply has taken it.";

/** Writes the file in one step. */
export function writeImports(folder: string, addition: Addition): void {
  const file = path.join(folder, IMPORTS_FILE);
  const blocks = addition.import.map(({ to, id }) => ({ to, id: escapeTemplate(id) }));
  fs.writeFileSync(`${file}.new`, `${JSON.stringify({ "//": MARK, ...addition, import: blocks }, undefined, 2)}\n`);
  fs.renameSync(`${file}.new`, file);
}

/** Removes the file of an earlier run. @returns whether there was one. @throws where the file is somebody else's */
export function removeImports(folder: string): boolean {
  const file = path.join(folder, IMPORTS_FILE);
  if (!fs.existsSync(file)) return false;
  if (!fs.readFileSync(file, "utf8").includes(MARK)) {
    throw new Error(`${file} is not of this command: rename it, for example to my_imports.tf.json.`);
  }
  fs.rmSync(file);
  return true;
}
