import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file's text, or its bytes where it is none. */
export type Content = string | Uint8Array;

/** The content of a file of this project by its path in it. */
export function projectContent(path: string): Content {
  const content = readFileSync(projectFile(path));
  return path.endsWith(".zip") ? new Uint8Array(content) : content.toString();
}

/**
 * A file of this project (or of its npm package) by its path in it, wherever the calling code was compiled to.
 *
 * @throws Error where no folder above has it
 */
export function projectFile(path: string): string {
  const found = findProjectFile(path);
  if (found === undefined) throw new Error(`${path} is missing: the installation of cdktf-metaflow is broken.`);
  return found;
}

/** Likewise; undefined where no folder above has it. */
export function findProjectFile(path: string): string | undefined {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, path);
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) return undefined;
  }
}
