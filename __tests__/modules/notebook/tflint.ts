import { notSnakeCase } from "../../support/tflint";

/** What TFLint finds in the module: variables with the names of the other modules' outputs. */
export const moduleFindings: readonly string[] = [
  ...["METAFLOW_DATASTORE_SYSROOT_S3", "METAFLOW_DATATOOLS_S3ROOT", "METAFLOW_SERVICE_INTERNAL_URL"].map((name) =>
    notSnakeCase(name, "variable"),
  ),
];
