import { filesOf } from "../../tools/publish/publish";
import { publishedModules } from "../../tools/modules";

/** The files of every published module, by their paths below the folder `modules`. */
export function publishedFiles(): Record<string, string> {
  const files = [...publishedModules()].flatMap(([name, module]) => [
    ...filesOf(module).map(([file, text]) => [`modules/${name}/${file}`, String(text)] as const),
  ]);
  return Object.fromEntries(files);
}

/** The Terraform names of a published module's outputs. */
export function outputNames(name: string): string[] {
  const text = publishedFiles()[`modules/${name}/outputs.tf.json`] ?? "{}";
  return Object.keys((JSON.parse(text) as { output?: object }).output ?? {});
}
