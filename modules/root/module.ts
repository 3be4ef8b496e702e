import { defineModule } from "../../lib/synth/module";
import { Root } from ".";
import { rootContract } from "./contract";
import { RootModule } from "./generated/call";
import type { RootInputs, RootOutputs } from "./generated/interface";

/** The module `root`, which calls the others beside it. */
export const rootModule = defineModule<RootInputs, RootOutputs>({
  name: "root",
  contract: rootContract,
  requirements: {
    terraform: ">= 0.13",
    providers: { aws: { source: "hashicorp/aws", version: ">= 3.38.0, < 6.0.0" } },
  },
  moved: [{ from: "module.metaflow-ui[0]", to: "module.metaflow-ui" }],
  construct: Root,
  call: RootModule,
});
