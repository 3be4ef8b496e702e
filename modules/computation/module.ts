import { defineModule } from "../../lib/synth/module";
import { Computation } from ".";
import { computationContract } from "./contract";
import { ComputationModule } from "./generated/call";
import type { ComputationInputs, ComputationOutputs } from "./generated/interface";

/** The module `computation`. */
export const computationModule = defineModule<ComputationInputs, ComputationOutputs>({
  name: "computation",
  contract: computationContract,
  requirements: {
    terraform: ">= 0.13",
    providers: { aws: { source: "hashicorp/aws", version: ">= 3.38.0, < 6.0.0" } },
  },
  construct: Computation,
  call: ComputationModule,
});
