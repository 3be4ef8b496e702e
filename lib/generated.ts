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
