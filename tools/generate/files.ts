import { readFileSync } from "node:fs";
import { RootConstruct } from "constructs";
import { commonContract } from "../../modules/common/contract";
import { customRoleContract } from "../../modules/custom-role/contract";
import { customRoleModule } from "../../modules/custom-role/published";
import { datastoreContract } from "../../modules/datastore/contract";
import { metadataServiceContract } from "../../modules/metadata-service/contract";
import { metaflowContract } from "../../modules/metaflow/contract";
import { MetaflowStack, stackContract } from "../../modules/metaflow/stack";
import { metaflowModule } from "../../modules/metaflow/module";
import { publishedModules } from "../../modules/published";
import { interfaceSource } from "./interface-source";
import { moduleSource } from "./call-source";
import { between, moduleTables, settingsTable } from "./module-tables";
import { projectFile } from "../../lib/synth/project";
import { moduleConfiguration } from "../publish/module-files";
import type { Configuration } from "../../lib/synth/stack";

/** The files that are derived from the contracts, by their paths in the project. */
export function generatedFiles(): Map<string, string> {
  return new Map([
    ...Object.entries(contracts).map(
      ([name, contract]) => [`modules/${name}/interface.ts`, interfaceSource(contract)] as const,
    ),
    ...Object.keys(publishedModules).map((name) => {
      const contract = contracts[name as keyof typeof contracts];
      return [`modules/${name}/module.ts`, moduleSource(name, contract)] as const;
    }),
    ...Object.entries(configurations()).map(([name, configuration]) => {
      const path = `modules/${name}/README.md`;
      return [path, between(read(path), "TF_DOCS", moduleTables(configuration))] as const;
    }),
    [ROOT, between(read(ROOT), "TF_DOCS", moduleTables(moduleConfiguration(metaflowModule)))],
    ["README.md", between(read("README.md"), "SETTINGS", `\n${settingsTable(stackContract)}\n`)],
  ]);
}

/** The README of a release's root module. */
const ROOT = "modules/metaflow/MODULE.md";

const contracts = {
  common: commonContract,
  "custom-role": customRoleContract,
  datastore: datastoreContract,
  "metadata-service": metadataServiceContract,
  metaflow: metaflowContract,
};

function configurations(): Record<string, Configuration> {
  const published = Object.entries({ ...publishedModules, "custom-role": customRoleModule }).map(([name, module]) => [
    name,
    moduleConfiguration(module),
  ]);
  const stack = new MetaflowStack(new RootConstruct(), "metaflow");
  return { ...Object.fromEntries(published), metaflow: stack.toTerraform() as Configuration };
}

function read(path: string): string {
  return readFileSync(projectFile(path), "utf8");
}
