import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** A module as a root calls it. */
export interface CalledModule {
  readonly source: string;
  /** The names of its outputs. */
  readonly outputs: readonly string[];
}

/** Modules' folders as Terraform names them in `path.module`, and what stands for them in a recorded text. */
export type Folders = Readonly<Record<string, string>>;

/** The module that is the reference's root module. */
const ROOT = "root";

/**
 * The folder of a module below a folder of modules. The root module lies in the folder above where there is no folder
 * `root`: that is the layout of a repository whose modules the registry publishes.
 * @throws Error where it holds no Terraform configuration
 */
export function moduleFolder(modules: string, name: string): string {
  const own = join(modules, name);
  const folder = name === ROOT && !existsSync(own) ? dirname(resolve(modules)) : own;
  if (configurationFiles(folder).length === 0) {
    throw new Error(`The module ${name} is missing: ${folder} holds no Terraform configuration (*.tf, *.tf.json).`);
  }
  return folder;
}

/** The names of a module's outputs, in order. */
export function outputNames(folder: string): string[] {
  const names = configurationFiles(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    if (file.endsWith(".json")) return Object.keys((JSON.parse(text) as { output?: object }).output ?? {});
    return [...text.matchAll(/^output\s+"([^"]+)"/gm)].map(([, name = ""]) => name);
  });
  return [...new Set(names)].sort();
}

/**
 * The folders of a called module and of those that it calls, by what `terraform init` noted of them: `${path.module}`
 * stands for the called one, `${path.module NAME}` for a nested one.
 */
export function calledFolders(root: string, call: string): Folders {
  const noted = JSON.parse(readFileSync(join(root, ".terraform", "modules", "modules.json"), "utf8")) as {
    readonly Modules: readonly { readonly Key: string; readonly Dir: string }[];
  };
  const below = noted.Modules.filter(({ Key }) => Key === call || Key.startsWith(`${call}.`));
  return Object.fromEntries(
    below.map(({ Key, Dir }) => [Dir, `\${path.module${Key.slice(call.length).replaceAll(".", " ")}}`]),
  );
}

function configurationFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((file) => /\.tf(\.json)?$/.test(file)) : [];
}
