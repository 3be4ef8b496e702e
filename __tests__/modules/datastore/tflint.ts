import { notSnakeCase } from "../../support/tflint";

/** What TFLint finds in the module, as in the reference. */
export const moduleFindings: readonly string[] = [
  ...["METAFLOW_DATASTORE_SYSROOT_S3", "METAFLOW_DATATOOLS_S3ROOT"].map((name) => notSnakeCase(name)),
  'terraform_required_providers: Missing version constraint for provider "random" in `required_providers`',
];
