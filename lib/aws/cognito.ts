import type { Rule } from "../contract/contract";
import { pattern } from "../contract/rules";
import { all, matches, not } from "../hcl/functions";
import { PARTITION } from "./iam";

/** Source: "CreateUserPool" in the Amazon Cognito user pools API Reference. */
export const userPoolName = pattern(
  "^[a-zA-Z0-9_ +=,.@-]{1,128}$",
  "1 to 128 ASCII letters, digits, spaces and _+=,.@-",
);

/** Source: "DescribeUserPool" in the Amazon Cognito user pools API Reference. */
export const userPoolArn = pattern(
  `^${PARTITION}:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/[a-zA-Z0-9_-]+$`,
  "the ARN of a user pool, such as arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_Ab1Cd2Ef3",
);

/** Source: "CreateUserPoolClient" in the Amazon Cognito user pools API Reference. */
export const userPoolClientId = pattern("^[a-zA-Z0-9_+]{1,128}$", "1 to 128 ASCII letters, digits, underscores and +");

/**
 * The prefix of a user pool's domain.
 * Source: "CreateUserPoolDomain" in the API Reference; "Using the Amazon Cognito domain for managed login" in the Amazon Cognito Developer Guide.
 */
export const userPoolDomain: Rule = {
  allowed:
    "1 to 63 lower-case ASCII letters, digits and hyphens, without a hyphen at either end, and without aws, amazon and cognito",
  test: (domain) =>
    all(matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", domain), not(matches("aws|amazon|cognito", domain))),
};
