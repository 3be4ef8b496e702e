import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { publishedModules } from "../modules/published";
import { projectFile } from "./project";
import { moduleFiles } from "./published-module";
import { withFile } from "./whole-files";

/** Writes every published module into a folder of its own, replacing what is there once all of it is written. */
export function publish(outdir: string): void {
  for (const [name, module] of Object.entries(publishedModules)) {
    const folder = join(outdir, name);
    const draft = `${folder}.new`;
    const files = [...moduleFiles(module)];
    for (const [file, source] of Object.entries(module.files ?? {})) {
      files.push([file, readFileSync(projectFile(source), "utf8")]);
    }
    try {
      rmSync(draft, { recursive: true, force: true });
      for (const [file, text] of files) {
        mkdirSync(dirname(join(draft, file)), { recursive: true });
        writeFileSync(join(draft, file), text);
      }
      rmSync(folder, { recursive: true, force: true });
      renameSync(draft, folder);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      throw withFile(error, folder);
    }
  }
}
