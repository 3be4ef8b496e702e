import type { BadInput } from "../../support/bad-input-of-caller";

/** Bad input of the release's root module, and what Terraform says of it at the caller's line. */
export const moduleBadInput: readonly BadInput[] = [
  {
    ...{ kind: "mistyped", input: "api_basic_auth", value: "{}" },
    says: "api_basic_auth declared at release/variables.tf.json:LINE: bool required.",
  },
  {
    ...{ kind: "unknown", input: "aws_region", value: '"us-west-2"' },
    says: 'Unsupported argument: An argument named "aws_region" is not expected here.',
  },
  {
    ...{ kind: "impossible", input: "vpc_cidr", value: '"10.0.0.0/8"' },
    says: "Invalid value for variable: Input vpc_cidr must be an IPv4 network of /16 to /28",
  },
];
