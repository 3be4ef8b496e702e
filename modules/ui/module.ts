import { defineModule } from "../../lib/synth/module";
import { Ui } from ".";
import { uiContract } from "./contract";
import { UiModule } from "./generated/call";
import type { UiInputs, UiOutputs } from "./generated/interface";

/** The module `ui`. */
export const uiModule = defineModule<UiInputs, UiOutputs>({
  name: "ui",
  contract: uiContract,
  requirements: { terraform: ">= 0.13", providers: { aws: { source: "hashicorp/aws" } } },
  construct: Ui,
  call: UiModule,
});
