import type { BadInput } from "../../support/bad-input-of-caller";

/** Bad input of the datastore, and what Terraform says of it at the caller's line. */
export const moduleBadInput: readonly BadInput[] = [
  {
    ...{ kind: "missing", input: "resource_prefix" },
    says: 'Missing required argument: The argument "resource_prefix" is required, but no definition was found.',
  },
  {
    ...{ kind: "mistyped", input: "resource_prefix", value: '["metaflow-"]' },
    says: "resource_prefix declared at release/modules/datastore/variables.tf.json:LINE: string required.",
  },
  {
    ...{ kind: "mistyped", input: "standard_tags", value: '"metaflow"' },
    says: "standard_tags declared at release/modules/datastore/variables.tf.json:LINE: map of string required.",
  },
  {
    ...{ kind: "mistyped", input: "apply_immediately", value: '"now"' },
    says: "apply_immediately declared at release/modules/datastore/variables.tf.json:LINE: a bool is required.",
  },
  {
    ...{ kind: "unknown", input: "resource_sufix", value: '"-dev"' },
    says: 'Unsupported argument: An argument named "resource_sufix" is not expected here.',
  },
  {
    ...{ kind: "null", input: "resource_suffix", value: "null" },
    says: "Invalid value for variable: Input resource_suffix must be a string, not null.",
  },
  {
    ...{ kind: "null", input: "db_engine", value: "null" },
    says: "Invalid value for variable: Input db_engine must be an engine of RDS: postgres",
  },
  {
    ...{ kind: "impossible", input: "maintenance_window", value: '"Monday"' },
    says: "Invalid value for variable: Input maintenance_window must be in the format ddd:hh24:mi-ddd:hh24:mi",
  },
];
