import { defineModule } from "../../lib/synth/module";
import { Common } from ".";
import { commonContract } from "./contract";
import { CommonModule } from "./generated/call";
import type { CommonOutputs } from "./generated/interface";

/** The module `common`. */
export const commonModule = defineModule<object, CommonOutputs>({
  name: "common",
  contract: commonContract,
  requirements: { providers: {} },
  construct: Common,
  call: CommonModule,
});
