import { readFileSync } from "node:fs";
import { RootConstruct } from "constructs";
import { projectFile, type Content } from "../../lib/synth/project";
import type { Configuration } from "../../lib/synth/stack";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { stackContract } from "../../modules/metaflow/stack-contract";
import { modules } from "../modules";
import { contractFiles } from "./contract-files";
import { between, moduleTables, settingsTable } from "./module-tables";
import { indexSource, manifestSource, publicSource } from "./public-source";

/** Every file that is derived from the contracts and modules, by its path in the project. */
export function generatedFiles(): Map<string, Content> {
  return new Map<string, Content>([...contractFiles(), ...moduleFiles()]);
}

/** The files that are derived from the modules: public faces, the package's entries, tables of the documentation. */
export function moduleFiles(): Map<string, string> {
  const all = [...modules()];
  const names = all.map(([name]) => name);
  const stack = new MetaflowStack(new RootConstruct(), "metaflow").toTerraform() as Configuration;
  return new Map([
    ...all.map(([name, module]) => [`lib/public/${name}.ts`, publicSource(module)] as const),
    ["lib/public/index.ts", indexSource(names)],
    ["package.json", manifestSource(read("package.json"), names)],
    ...all.map(([name, { readme = "README.md", configuration }]) =>
      withTables(`modules/${name}/${readme}`, configuration()),
    ),
    withTables("modules/metaflow/README.md", stack),
    ["docs/settings.md", between(read("docs/settings.md"), "SETTINGS", `\n${settingsTable(stackContract)}\n`)],
  ]);
}

function withTables(path: string, configuration: Configuration): [string, string] {
  return [path, between(read(path), "TF_DOCS", moduleTables(configuration))];
}

function read(path: string): string {
  return readFileSync(projectFile(path), "utf8");
}
