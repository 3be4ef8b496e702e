import type { Construct } from "constructs";
import { areFew, DEPLOYMENT_TAG, deploymentTags } from "../../lib/aws/tags";
import type { Inputs } from "../../lib/contract/inputs";
import { jsonencode } from "../../lib/hcl/functions";
import { checkedMap, checkedValue } from "../../lib/synth/checked";
import { additionalEnvironment, additionalSecrets } from "../metadata-service/environment";
import type { MetaflowInputs } from "./generated/interface";

/** The inputs with their maps checked, and their tags together, as AWS counts them. */
export function withCheckedMaps(scope: Construct, inputs: Inputs<MetaflowInputs>): Inputs<MetaflowInputs> {
  const { dbInstanceTags, standardTags } = inputs;
  const checked = checkedMap(scope, "standard_tags", standardTags, deploymentTags);
  const ofDatabase = checkedValue(scope, "db_instance_tags", dbInstanceTags, {
    condition: areFew(standardTags, dbInstanceTags, { [DEPLOYMENT_TAG]: "" }),
    message: [
      "db_instance_tags, ",
      jsonencode(dbInstanceTags),
      ", and standard_tags, ",
      jsonencode(standardTags),
      `, must be 50 tags at most together, with Name, Metaflow and ${DEPLOYMENT_TAG}.`,
    ],
  });
  const { metadataServiceEnvironment: plain, metadataServiceSecrets: secret } = inputs;
  return {
    ...inputs,
    dbInstanceTags: ofDatabase,
    metadataServiceEnvironment: checkedMap(scope, "metadata_service_environment", plain, additionalEnvironment),
    metadataServiceSecrets: checkedMap(scope, "metadata_service_secrets", secret, additionalSecrets),
    standardTags: checked,
  };
}
