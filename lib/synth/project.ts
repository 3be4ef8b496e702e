import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * A file of this project (or of its npm package) by its path in it, wherever the calling code was compiled to.
 *
 * @throws Error where no folder above has it
 */
export function projectFile(path: string): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, path);
    if (existsSync(file)) return file;
    if (folder === dirname(folder))
      throw new Error(`${path} is missing: the installation of cdktf-metaflow is broken.`);
  }
}
