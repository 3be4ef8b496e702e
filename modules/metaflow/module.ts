import type { PublishedModule } from "../../tools/publish/module-files";
import { declareOutputs, declareVariables } from "../../lib/contract/variables";
import { migrationFiles, shippedMigration } from "../published";
import { Metaflow, metaflowContract, type MetaflowInputs } from ".";
import { metaflowProviders } from "./providers";

/** The root module of a release: {@link Metaflow} as a Terraform module, its addresses being those of the app. */
export const metaflowModule: PublishedModule = {
  requirements: { terraform: ">= 1.5", providers: metaflowProviders },
  files: { "README.md": "modules/metaflow/MODULE.md", ...migrationFiles },
  build: (scope) => {
    const props = declareVariables<MetaflowInputs>(scope, metaflowContract, { nullIsDefault: true });
    const metaflow = new Metaflow(scope, "Default", { ...props, migrationSource: shippedMigration() });
    declareOutputs(scope, metaflowContract, metaflow);
  },
};
