import { TerraformHclModule } from "cdktf";
import type { Construct } from "constructs";
import { addressed } from "../lib/synth/addresses";
import { hcl } from "../lib/hcl/expression";
import { concat } from "../lib/hcl/functions";
import type { PublishedModule } from "../tools/publish/module-files";
import { declareOutputs, declareVariables } from "../lib/contract/variables";
import { Common, commonContract, type CommonOutputs } from "./common";
import { Datastore, datastoreContract, type DatastoreInputs } from "./datastore";
import { MetadataService, metadataServiceContract, type MetadataServiceInputs } from "./metadata-service";

/** Where a published module has the code of its Lambda function. */
const MIGRATION_FILE = "db_migrate/index.py";

/** The files of a published module with a Lambda function, by their names in it. */
export const migrationFiles: Readonly<Record<string, string>> = { [MIGRATION_FILE]: "lambda/db_migrate/index.py" };

/** The source of a published module's Lambda function, which Terraform reads from the module's folder. */
export function shippedMigration(): string {
  return hcl`file(${concat(hcl`path.module`, `/${MIGRATION_FILE}`)})`.string;
}

/** The modules that are published, by the names of their folders. */
export const publishedModules: Readonly<Record<string, PublishedModule>> = {
  common: {
    requirements: { providers: {} },
    files: { "README.md": "modules/common/README.md" },
    build: (scope) => {
      declareOutputs(scope, commonContract, new Common(scope, "Default"));
    },
  },
  datastore: {
    requirements: {
      terraform: ">= 0.13",
      providers: {
        aws: {
          source: "hashicorp/aws",
          // 4.0 to 4.8 refuse arguments of a bucket that other versions take.
          version: [">= 3.38.0", ...[8, 7, 6, 5, 4, 3, 2, 1, 0].map((minor) => `!= 4.${minor}.0`)].join(", "),
        },
        random: { source: "hashicorp/random" },
      },
    },
    files: { "README.md": "modules/datastore/README.md" },
    build: (scope) => {
      const props = declareVariables<DatastoreInputs>(scope, datastoreContract);
      declareOutputs(scope, datastoreContract, new Datastore(scope, "Default", props));
    },
  },
  "metadata-service": {
    requirements: {
      terraform: ">= 0.13",
      providers: { archive: { source: "hashicorp/archive" }, aws: { source: "hashicorp/aws" } },
    },
    files: { "README.md": "modules/metadata-service/README.md", ...migrationFiles },
    build: (scope) => {
      const props = declareVariables<MetadataServiceInputs>(scope, metadataServiceContract);
      const service = new MetadataService(scope, "Default", {
        ...props,
        common: commonModule(scope),
        migrationSource: shippedMigration(),
      });
      declareOutputs(scope, metadataServiceContract, service);
    },
  },
};

/** A call of the published module `common` that lies beside. */
function commonModule(scope: Construct): Pick<CommonOutputs, "defaultMetadataServiceContainerImage"> {
  const call = new TerraformHclModule(scope, "module.metaflow-common", {
    source: "../common",
    skipAssetCreationFromLocalModules: true,
  });
  addressed(call, "metaflow-common");
  return { defaultMetadataServiceContainerImage: call.getString("default_metadata_service_container_image") };
}
