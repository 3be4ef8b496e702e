import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { projectFile, type Content } from "../../lib/synth/project";
import { publishedModules, rootModule } from "../modules";
import { filesOf, writeFiles } from "./publish";

/** What Terraform leaves in a folder where it ran, and what Git keeps there: neither is released or removed. */
const IGNORED = [".terraform/", ".terraform.lock.hcl", "*.tfstate", "*.tfstate.*", "*.tfplan", "db_migrate_lambda.zip"];
const KEPT = /(^|\/)\.(git|terraform)\/|(^|\/)\.terraform\.lock\.hcl$|\.tfstate(\.|$)|\.tfplan$/;

/**
 * Writes what a repository of Terraform modules holds: the composition of all modules at its root, the modules under
 * `modules/`, and examples. Files of an earlier release are removed, but not a state or a `.git`.
 */
export function release(outdir: string): void {
  const files = releaseFiles();
  for (const file of filesBelow(outdir)) if (!files.has(file) && !KEPT.test(file)) rmSync(join(outdir, file));
  writeFiles(outdir, files);
}

/** The files of a release, by their paths in it. */
export function releaseFiles(): Map<string, Content> {
  const root = rootModule();
  const modules = [...publishedModules()].flatMap(([name, module]) =>
    [...filesOf(module), ...projectFiles(`modules/${name}/tests`, "tests")].map(
      ([file, text]) => [`modules/${name}/${file}`, text] as const,
    ),
  );
  return new Map<string, Content>([
    ...["CHANGELOG.md", "LICENSE", "NOTICE"].map((file) => [file, readFileSync(projectFile(file), "utf8")] as const),
    [".gitignore", IGNORED.map((pattern) => `${pattern}\n`).join("")],
    ...filesOf(root),
    ...projectFiles(`modules/${root.name}/tests`, "tests"),
    ...modules,
    ...examples().flatMap((name) => projectFiles(`examples/${name}`, `examples/${name}`)),
  ]);
}

/** The examples that are Terraform roots: the others use the npm package. */
function examples(): string[] {
  const folder = projectFile("examples");
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, "main.tf")));
}

/** The configuration and documentation in a folder of the project, by their paths in a release. */
function projectFiles(folder: string, name: string): [string, string][] {
  const path = join(dirname(projectFile("package.json")), folder);
  return filesBelow(path)
    .filter((file) => /\.(tf|hcl|md)$/.test(file) && !KEPT.test(file))
    .map((file) => [`${name}/${file}`, readFileSync(join(path, file), "utf8")]);
}

/** The files in a folder and the folders below it, in order. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !lstatSync(join(folder, path)).isDirectory())
    .map((path) => path.split(sep).join("/"))
    .sort();
}
