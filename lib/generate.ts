import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commonContract } from "../modules/common/contract";
import { datastoreContract } from "../modules/datastore/contract";
import { metadataServiceContract } from "../modules/metadata-service/contract";
import { metaflowContract } from "../modules/metaflow/contract";
import { interfaceSource } from "./interface-source";

/** The files that are derived from the contracts, by their paths in the project. */
export function generatedFiles(): Map<string, string> {
  const contracts = {
    common: commonContract,
    datastore: datastoreContract,
    "metadata-service": metadataServiceContract,
    metaflow: metaflowContract,
  };
  return new Map(
    Object.entries(contracts).map(([name, contract]) => [`modules/${name}/interface.ts`, interfaceSource(contract)]),
  );
}

/** Writes what is derived, leaving alone what is current. */
function main(root: string): void {
  for (const [path, text] of generatedFiles()) {
    const file = join(root, path);
    if (read(file) === text) continue;
    writeFileSync(file, text);
    process.stdout.write(`wrote ${path}\n`);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (require.main === module) main(join(__dirname, ".."));
