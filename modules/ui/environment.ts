import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { replace } from "../../lib/hcl/functions";
import type { UiInputs, UiOptions } from "./generated/interface";

/** The environment variables of the backend, before the caller's own. */
export function backendEnvironment(
  inputs: Inputs<UiInputs>,
  { databasePasswordSecret: secret, databaseSslMode: sslMode }: UiOptions,
): Readonly<Record<string, Operand>> {
  return {
    MF_METADATA_DB_HOST: replace(inputs.rdsMasterInstanceEndpoint, ":5432", ""),
    MF_METADATA_DB_NAME: inputs.databaseName,
    MF_METADATA_DB_PORT: "5432",
    ...(secret === undefined ? { MF_METADATA_DB_PSWD: inputs.databasePassword } : {}),
    ...(sslMode === undefined ? {} : { MF_METADATA_DB_SSL_MODE: sslMode }),
    MF_METADATA_DB_USER: inputs.databaseUsername,
    PATH_PREFIX: "/api/",
    MF_DATASTORE_ROOT: inputs.METAFLOW_DATASTORE_SYSROOT_S3,
    METAFLOW_DATASTORE_SYSROOT_S3: inputs.METAFLOW_DATASTORE_SYSROOT_S3,
    LOGLEVEL: "DEBUG",
    METAFLOW_SERVICE_URL: "http://localhost:8083/api/metadata",
    METAFLOW_DEFAULT_DATASTORE: "s3",
    METAFLOW_DEFAULT_METADATA: "service",
  };
}
