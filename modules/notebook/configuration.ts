import type { Rule } from "../../lib/contract/contract";
import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { all, any, equal, everyEntry, jsonencode, matches, merge, not } from "../../lib/hcl/functions";
import type { NotebookInputs } from "./generated/interface";

/** What the module sets itself, and the key that must not be in clear text. */
const OWN = [
  "METAFLOW_DATASTORE_SYSROOT_S3",
  "METAFLOW_DATATOOLS_S3ROOT",
  "METAFLOW_DEFAULT_DATASTORE",
  "METAFLOW_DEFAULT_METADATA",
  "METAFLOW_SERVICE_INTERNAL_URL",
  "METAFLOW_SERVICE_URL",
  "METAFLOW_SERVICE_AUTH_KEY",
];

/** Keys of Metaflow's configuration beside the module's own. */
export const additionalConfiguration: Rule = {
  allowed: `a map of keys of Metaflow's configuration, METAFLOW_..., none of them ${OWN.join(" or ")}`,
  test: (map) =>
    everyEntry(map, (name) =>
      all(matches("^METAFLOW_[A-Z0-9_]+$", name), not(any(...OWN.map((own) => equal(name, own))))),
    ),
};

/**
 * Metaflow's configuration in the notebook, as a JSON text of one line. The service is called by its URL within the VPC, which needs no
 * API key: the load balancer there admits the VPC's networks.
 */
export function configuration(inputs: Inputs<NotebookInputs>, extra: Operand): string {
  return jsonencode(
    merge(
      {
        METAFLOW_DATASTORE_SYSROOT_S3: inputs.METAFLOW_DATASTORE_SYSROOT_S3,
        METAFLOW_DATATOOLS_S3ROOT: inputs.METAFLOW_DATATOOLS_S3ROOT,
        METAFLOW_DEFAULT_DATASTORE: "s3",
        METAFLOW_DEFAULT_METADATA: "service",
        METAFLOW_SERVICE_INTERNAL_URL: inputs.METAFLOW_SERVICE_INTERNAL_URL,
        METAFLOW_SERVICE_URL: inputs.METAFLOW_SERVICE_INTERNAL_URL,
      },
      extra,
    ),
  );
}
