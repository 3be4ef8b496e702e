import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { publishedModules } from "../modules/published";
import { projectFile } from "./project";
import { moduleFiles } from "./published-module";

/** Writes every published module into a folder of its own, replacing what is there. */
export function publish(outdir: string): void {
  for (const [name, module] of Object.entries(publishedModules)) {
    const folder = join(outdir, name);
    rmSync(folder, { recursive: true, force: true });
    const files = [...moduleFiles(module)];
    for (const [file, source] of Object.entries(module.files ?? {})) {
      files.push([file, readFileSync(projectFile(source), "utf8")]);
    }
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
  }
}
