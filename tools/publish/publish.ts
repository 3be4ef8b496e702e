import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { shippedName, type Module } from "../../lib/synth/module";
import { projectContent, type Content } from "../../lib/synth/project";
import { publishedModules } from "../modules";
import { moduleFiles } from "./module-files";
import { withFile } from "../../lib/synth/atomic-write";

/** Writes every published module into a folder of its own, replacing what is there once all of it is written. */
export function publish(outdir: string): void {
  for (const [name, module] of publishedModules()) {
    const folder = join(outdir, name);
    const draft = `${folder}.new`;
    const files = filesOf(module);
    try {
      rmSync(draft, { recursive: true, force: true });
      writeFiles(draft, files);
      rmSync(folder, { recursive: true, force: true });
      renameSync(draft, folder);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      throw withFile(error, folder);
    }
  }
}

/** All files of a published module, by their names in it. */
export function filesOf(module: Module): [string, Content][] {
  const { name, readme = "README.md", files = [] } = module;
  const shipped = new Map([
    ["README.md", `modules/${name}/${readme}`],
    ...files.map((path) => [shippedName(path), path] as const),
  ]);
  return [
    ...moduleFiles(module),
    ...[...shipped].map(([file, source]): [string, Content] => [file, projectContent(source)]),
  ];
}

/** Writes files into a folder, with the folders between. */
export function writeFiles(folder: string, files: Iterable<readonly [string, Content]>): void {
  for (const [file, content] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
}
