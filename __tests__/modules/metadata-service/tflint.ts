import { notSnakeCase } from "../../support/tflint";

/** What TFLint finds in the module, as in the reference. */
export const moduleFindings: readonly string[] = [
  "terraform_naming_convention: module name `metaflow-common` must match the following format: snake_case",
  ...["METAFLOW_SERVICE_INTERNAL_URL", "METAFLOW_SERVICE_URL"].map((name) => notSnakeCase(name)),
  'terraform_required_providers: Missing version constraint for provider "archive" in `required_providers`',
  'terraform_required_providers: Missing version constraint for provider "aws" in `required_providers`',
  'terraform_unused_declarations: variable "is_gov" is declared but not used',
];
