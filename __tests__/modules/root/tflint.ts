import { notSnakeCase } from "../../support/tflint";

/** What TFLint finds in the module, as in the reference: its calls and outputs have these names. */
export const moduleFindings: readonly string[] = [
  ...["common", "computation", "datastore", "metadata-service", "step-functions", "ui"].map(
    (name) =>
      `terraform_naming_convention: module name \`metaflow-${name}\` must match the following format: snake_case`,
  ),
  ...[
    "METAFLOW_BATCH_JOB_QUEUE",
    "METAFLOW_DATASTORE_SYSROOT_S3",
    "METAFLOW_DATATOOLS_S3ROOT",
    "METAFLOW_ECS_S3_ACCESS_IAM_ROLE",
    "METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE",
    "METAFLOW_SERVICE_INTERNAL_URL",
    "METAFLOW_SERVICE_URL",
    "METAFLOW_SFN_DYNAMO_DB_TABLE",
    "METAFLOW_SFN_IAM_ROLE",
  ].map((name) => notSnakeCase(name)),
];
