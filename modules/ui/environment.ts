import { POSTGRESQL_PORT, UI_BACKEND_PORT } from "../../lib/aws/ports";
import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { concat, replace } from "../../lib/hcl/functions";
import type { UiInputs, UiOptions } from "./generated/interface";

/** The environment variables of the backend, before the caller's own. */
export function backendEnvironment(
  inputs: Inputs<UiInputs>,
  { databasePasswordSecret: secret, databasePort: port = POSTGRESQL_PORT, databaseSslMode: sslMode }: UiOptions,
): Readonly<Record<string, Operand>> {
  return {
    MF_METADATA_DB_HOST: replace(inputs.rdsMasterInstanceEndpoint, `:${POSTGRESQL_PORT}`, ""),
    MF_METADATA_DB_NAME: inputs.databaseName,
    MF_METADATA_DB_PORT: concat(port).string,
    ...(secret === undefined ? { MF_METADATA_DB_PSWD: inputs.databasePassword } : {}),
    ...(sslMode === undefined ? {} : { MF_METADATA_DB_SSL_MODE: sslMode }),
    MF_METADATA_DB_USER: inputs.databaseUsername,
    PATH_PREFIX: "/api/",
    MF_DATASTORE_ROOT: inputs.METAFLOW_DATASTORE_SYSROOT_S3,
    METAFLOW_DATASTORE_SYSROOT_S3: inputs.METAFLOW_DATASTORE_SYSROOT_S3,
    LOGLEVEL: "DEBUG",
    METAFLOW_SERVICE_URL: `http://localhost:${UI_BACKEND_PORT}/api/metadata`,
    METAFLOW_DEFAULT_DATASTORE: "s3",
    METAFLOW_DEFAULT_METADATA: "service",
  };
}
