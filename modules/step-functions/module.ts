import { defineModule } from "../../lib/synth/module";
import { StepFunctions } from ".";
import { stepFunctionsContract } from "./contract";
import { StepFunctionsModule } from "./generated/call";
import type { StepFunctionsInputs, StepFunctionsOutputs } from "./generated/interface";

/** The module `step-functions`. */
export const stepFunctionsModule = defineModule<StepFunctionsInputs, StepFunctionsOutputs>({
  name: "step-functions",
  contract: stepFunctionsContract,
  requirements: { terraform: ">= 0.13", providers: { aws: { source: "hashicorp/aws" } } },
  construct: StepFunctions,
  call: StepFunctionsModule,
});
