import { defineModule } from "../../lib/synth/module";
import { MIGRATION_ARCHIVE } from "../metadata-service/migration-parts";
import { Metaflow } from ".";
import { metaflowContract } from "./contract";
import { MetaflowModule } from "./generated/call";
import type { MetaflowInputs, MetaflowOutputs } from "./generated/interface";
import { metaflowProviders } from "./providers";

/** The root module of a release: {@link Metaflow} as a Terraform module, its addresses being those of the app. */
export const metaflowModule = defineModule<MetaflowInputs, MetaflowOutputs>({
  name: "metaflow",
  contract: metaflowContract,
  requirements: { terraform: ">= 1.5", providers: metaflowProviders },
  files: [MIGRATION_ARCHIVE],
  readme: "MODULE.md",
  place: "root",
  nullIsDefault: true,
  exports: ["stack"],
  construct: Metaflow,
  call: MetaflowModule,
});
