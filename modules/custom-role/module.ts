import { defineModule } from "../../lib/synth/module";
import { CustomRole } from ".";
import { customRoleContract } from "./contract";
import { CustomRoleModule } from "./generated/call";
import type { CustomRoleInputs, CustomRoleOutputs } from "./generated/interface";

/** The module `custom-role`, with the oldest provider that the datastore takes; no reference module has its contract, and its checks are preconditions. */
export const customRoleModule = defineModule<CustomRoleInputs, CustomRoleOutputs>({
  name: "custom-role",
  contract: customRoleContract,
  requirements: { terraform: ">= 1.5", providers: { aws: { source: "hashicorp/aws", version: ">= 3.38.0" } } },
  construct: CustomRole,
  call: CustomRoleModule,
});
