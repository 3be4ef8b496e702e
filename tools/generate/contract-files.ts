import { metaflowContract } from "../../modules/metaflow/contract";
import { stackContract } from "../../modules/metaflow/stack-contract";
import type { Content } from "../../lib/synth/project";
import { MIGRATION_ARCHIVE } from "../../modules/metadata-service/migration-parts";
import { contracts } from "../contracts";
import { migrationArchive, migrationCode } from "./archive";
import { moduleSource } from "./call-source";
import { interfaceSource, optionsFile } from "./interface-source";

/** What is derived from the contracts alone, and imported by the modules: the interfaces and the class of a module call. */
export function contractFiles(): Map<string, Content> {
  // The composition has options of its parts, with their types.
  const parts = new Map([...contracts()].filter(([name]) => name === "datastore" || name === "metadata-service"));
  return new Map<string, Content>([
    [MIGRATION_ARCHIVE, migrationArchive()],
    ["modules/metadata-service/generated/code.ts", migrationCode()],
    ["modules/metaflow/generated/stack.ts", optionsFile(stackContract, metaflowContract)],
    ...[...contracts()].flatMap(([name, contract]) => [
      [
        `modules/${name}/generated/interface.ts`,
        interfaceSource(contract, name === "metaflow" ? parts : new Map()),
      ] as const,
      [`modules/${name}/generated/call.ts`, moduleSource(name, contract)] as const,
    ]),
  ]);
}
