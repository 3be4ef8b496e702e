import { notSnakeCase } from "../../support/tflint";

/** What TFLint finds in the module, as in the reference. */
export const moduleFindings: readonly string[] = [
  "terraform_naming_convention: module name `metaflow-common` must match the following format: snake_case",
  notSnakeCase("METAFLOW_DATASTORE_SYSROOT_S3", "variable"),
  'terraform_required_providers: Missing version constraint for provider "aws" in `required_providers`',
  'terraform_unused_declarations: data "aws_caller_identity" "current" is declared but not used',
  'terraform_unused_declarations: variable "iam_partition" is declared but not used',
  'terraform_unused_declarations: variable "is_gov" is declared but not used',
];
