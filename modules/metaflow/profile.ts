import type { Operand } from "../../lib/hcl/expression";
import { ifElse, jsonencode, merge } from "../../lib/hcl/functions";
import type { MetaflowOutputs } from "./generated/interface";

/** What a Metaflow client reads of its configuration file; the key only where there is one. */
export function profile(
  outputs: Omit<MetaflowOutputs, "metaflowProfileJson">,
  hasKey: Operand,
  further: readonly Operand[],
): string {
  const { METAFLOW_DATASTORE_SYSROOT_S3, METAFLOW_DATATOOLS_S3ROOT, METAFLOW_SERVICE_AUTH_KEY } = outputs;
  const { METAFLOW_DEFAULT_DATASTORE, METAFLOW_DEFAULT_METADATA } = outputs;
  const { METAFLOW_SERVICE_INTERNAL_URL, METAFLOW_SERVICE_URL } = outputs;
  return jsonencode(
    merge(
      {
        METAFLOW_DATASTORE_SYSROOT_S3,
        METAFLOW_DATATOOLS_S3ROOT,
        METAFLOW_DEFAULT_DATASTORE,
        METAFLOW_DEFAULT_METADATA,
        METAFLOW_SERVICE_INTERNAL_URL,
        METAFLOW_SERVICE_URL,
      },
      ifElse(hasKey, { METAFLOW_SERVICE_AUTH_KEY }, {}),
      ...further,
    ),
  );
}
