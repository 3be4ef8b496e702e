import type { Operand } from "../../lib/hcl/expression";
import { ifElse, jsonencode, merge } from "../../lib/hcl/functions";
import type { MetaflowOutputs } from "./generated/interface";

/** Keys of a client's configuration that are there together. */
export interface ProfileKeys {
  readonly values: Readonly<Record<string, Operand>>;
  /** Whether they are there. @default - they always are */
  readonly where?: Operand;
}

/** The keys by which a client finds the datastore and the metadata service; that of the REST API only where there is one. */
export function serviceKeys(outputs: Omit<MetaflowOutputs, "metaflowProfileJson">, hasKey: Operand): ProfileKeys[] {
  const { METAFLOW_DATASTORE_SYSROOT_S3, METAFLOW_DATATOOLS_S3ROOT, METAFLOW_SERVICE_AUTH_KEY } = outputs;
  const { METAFLOW_DEFAULT_DATASTORE, METAFLOW_DEFAULT_METADATA } = outputs;
  const { METAFLOW_SERVICE_INTERNAL_URL, METAFLOW_SERVICE_URL } = outputs;
  return [
    {
      values: {
        METAFLOW_DATASTORE_SYSROOT_S3,
        METAFLOW_DATATOOLS_S3ROOT,
        METAFLOW_DEFAULT_DATASTORE,
        METAFLOW_DEFAULT_METADATA,
        METAFLOW_SERVICE_INTERNAL_URL,
        METAFLOW_SERVICE_URL,
      },
    },
    { values: { METAFLOW_SERVICE_AUTH_KEY }, where: hasKey },
  ];
}

/** What a Metaflow client reads of its configuration file: the keys that are there, those of each further part in a map of their own. */
export function profile(own: readonly ProfileKeys[], further: readonly (readonly ProfileKeys[])[]): string {
  return jsonencode(merge(...own.map(present), ...further.map((keys) => merge(...keys.map(present)))));
}

function present({ values, where = true }: ProfileKeys): Operand {
  return ifElse(where, values, {});
}
