import { moduleFiles } from "../../tools/publish/module-files";
import { projectFile } from "../../lib/synth/project";
import { publishedModules } from "../../modules/published";
import { readFileSync } from "node:fs";

/** The files of every published module, by their paths below the folder `modules`. */
export function publishedFiles(): Record<string, string> {
  const files = Object.entries(publishedModules).flatMap(([name, module]) => [
    ...[...moduleFiles(module)].map(([file, text]) => [`modules/${name}/${file}`, text] as const),
    ...Object.entries(module.files ?? {}).map(
      ([file, source]) => [`modules/${name}/${file}`, readFileSync(projectFile(source), "utf8")] as const,
    ),
  ]);
  return Object.fromEntries(files);
}

/** The Terraform names of a published module's outputs. */
export function outputNames(name: string): string[] {
  const text = publishedFiles()[`modules/${name}/outputs.tf.json`] ?? "{}";
  return Object.keys((JSON.parse(text) as { output?: object }).output ?? {});
}
