import type { PublishedModule } from "../../tools/publish/module-files";
import { declareOutputs, declareVariables } from "../../lib/contract/variables";
import { CustomRole, customRoleContract, type CustomRoleInputs } from ".";

/** The module as Terraform calls it, with the oldest provider that the datastore takes; no reference module has its contract. */
export const customRoleModule: PublishedModule = {
  requirements: { terraform: ">= 0.13", providers: { aws: { source: "hashicorp/aws", version: ">= 3.38.0" } } },
  files: { "README.md": "modules/custom-role/README.md" },
  build: (scope) => {
    const props = declareVariables<CustomRoleInputs>(scope, customRoleContract);
    declareOutputs(scope, customRoleContract, new CustomRole(scope, "Default", props));
  },
};
