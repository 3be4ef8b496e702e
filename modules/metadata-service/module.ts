import { defineModule } from "../../lib/synth/module";
import { MetadataService } from ".";
import { metadataServiceContract } from "./contract";
import { MetadataServiceModule } from "./generated/call";
import type { MetadataServiceInputs, MetadataServiceOutputs } from "./generated/interface";
import { MIGRATION_SOURCE } from "./migration-parts";

/** The module `metadata-service`. */
export const metadataServiceModule = defineModule<MetadataServiceInputs, MetadataServiceOutputs>({
  name: "metadata-service",
  contract: metadataServiceContract,
  requirements: {
    terraform: ">= 0.13",
    providers: { archive: { source: "hashicorp/archive" }, aws: { source: "hashicorp/aws" } },
  },
  files: [MIGRATION_SOURCE],
  construct: MetadataService,
  call: MetadataServiceModule,
});
