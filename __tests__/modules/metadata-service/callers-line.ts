import type { BadInput } from "../../support/bad-input-of-caller";

/** Bad input of the metadata service, and what Terraform says of it at the caller's line. */
export const moduleBadInput: readonly BadInput[] = [
  {
    ...{ kind: "missing", input: "vpc_cidr_blocks" },
    says: 'Missing required argument: The argument "vpc_cidr_blocks" is required, but no definition was found.',
  },
  {
    ...{ kind: "mistyped", input: "metadata_service_cpu", value: '"half"' },
    says: "metadata_service_cpu declared at release/modules/metadata-service/variables.tf.json:LINE: a number is required.",
  },
  {
    ...{ kind: "mistyped", input: "vpc_cidr_blocks", value: '"10.0.0.0/16"' },
    says: "vpc_cidr_blocks declared at release/modules/metadata-service/variables.tf.json:LINE: list of string required.",
  },
  {
    ...{ kind: "unknown", input: "subnet3_id", value: '"subnet-3"' },
    says: 'Unsupported argument: An argument named "subnet3_id" is not expected here.',
  },
  {
    ...{ kind: "null", input: "database_password", value: "null" },
    says: "Invalid value for variable: Input database_password must be a string, not null.",
  },
  {
    ...{ kind: "null", input: "access_list_cidr_blocks", value: "null" },
    says: "Invalid value for variable: Input access_list_cidr_blocks must be a list of strings, not null.",
  },
  {
    ...{ kind: "impossible", input: "iam_partition", value: '"aws-moon"' },
    says: "Invalid value for variable: Input iam_partition must be one of aws, aws-us-gov",
  },
];
