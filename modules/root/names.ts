import type { Construct } from "constructs";
import { repositoryName } from "../../lib/aws/ecr";
import { roleName } from "../../lib/aws/iam";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import type { Inputs } from "../../lib/contract/inputs";
import { concat, ifElse, notEqual } from "../../lib/hcl/functions";
import { checkedName } from "../../lib/synth/checked";
import type { RootInputs } from "./generated/interface";

/** What the names of all modules begin and end with, and the root's own names. */
export function rootNames(scope: Construct, inputs: Inputs<RootInputs>) {
  const { resourcePrefix, resourceSuffix, enableCustomBatchContainerRegistry } = inputs;
  const prefix = ifElse(notEqual(resourcePrefix, ""), concat(resourcePrefix, "-"), "").string;
  const suffix = ifElse(notEqual(resourceSuffix, ""), concat("-", resourceSuffix), "").string;
  const role = nameCheck("role of jobs", roleName, AFFIXES);
  const repository = nameCheck("ECR repository", repositoryName, AFFIXES);
  return {
    prefix,
    suffix,
    jobRole: checkedName(scope, "batch_s3_task_role_name", concat(prefix, "batch_s3_task_role", suffix), role),
    repository: checkedName(scope, "metaflow_batch_image_name", concat(prefix, "batch", suffix), (name) => ({
      ...repository(name),
      condition: ifElse(enableCustomBatchContainerRegistry, repository(name).condition, true),
    })),
  };
}
