import { defineModule } from "../../lib/synth/module";
import { Datastore } from ".";
import { datastoreContract } from "./contract";
import { DatastoreModule } from "./generated/call";
import type { DatastoreInputs, DatastoreOutputs } from "./generated/interface";

/** The versions 4.0 to 4.8 of the AWS provider refuse arguments of a bucket that other versions take. */
const REFUSED = [8, 7, 6, 5, 4, 3, 2, 1, 0].map((minor) => `!= 4.${minor}.0`);

/** The module `datastore`. */
export const datastoreModule = defineModule<DatastoreInputs, DatastoreOutputs>({
  name: "datastore",
  contract: datastoreContract,
  requirements: {
    terraform: ">= 0.13",
    providers: {
      aws: { source: "hashicorp/aws", version: [">= 3.38.0", ...REFUSED].join(", ") },
      random: { source: "hashicorp/random" },
    },
  },
  construct: Datastore,
  call: DatastoreModule,
});
