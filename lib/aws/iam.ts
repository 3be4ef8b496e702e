import type { Rule } from "../contract/contract";
import { listOf, oneOf, pattern } from "../contract/rules";
import { Expression } from "../hcl/expression";
import { all } from "../hcl/functions";

/** Source: "CreateRole" in the IAM API Reference. */
export const roleName = pattern("^[a-zA-Z0-9_+=,.@-]{1,64}$", "1 to 64 ASCII letters, digits and _+=,.@-");

/** A resource in a policy's statement. Source: "IAM identifiers" in the IAM User Guide. */
export const ARN = "arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9*-]*:[0-9a-z*-]*:[!-~]+";

/** Source: "IAM identifiers" in the IAM User Guide. */
export const roleArn = pattern(
  "^arn:aws[a-z0-9-]*:iam::[0-9]{12}:role/[!-~]+$",
  "the ARN of an IAM role, such as arn:aws:iam::123456789012:role/ecs-execution",
);

/** Source: "IAM identifiers" in the IAM User Guide. */
export const oidcProviderArn = pattern(
  "^arn:aws[a-z0-9-]*:iam::[0-9]{12}:oidc-provider/[!-~]+$",
  "the ARN of an IAM OIDC provider, such as arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE",
);

/** The external id that a role's trust policy may ask for. Source: `AssumeRole` in the API reference of STS. */
export const externalId = pattern("^[A-Za-z0-9_+=,.@:/-]{2,1224}$", "2 to 1224 letters, digits and _+=,.@:/-");

/** The name of a role's session. Source: likewise. */
export const sessionName = pattern("^[A-Za-z0-9_+=,.@-]{2,64}$", "2 to 64 letters, digits and _+=,.@-");

/** Source: "IAM identifiers" in the IAM User Guide. */
export const policyArn = pattern(
  "^arn:aws[a-z0-9-]*:iam::([0-9]{12}|aws):policy/[a-zA-Z0-9_+=,.@/-]+$",
  "the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary",
);

/** Source: "Amazon Resource Names (ARNs)" in the IAM User Guide. */
export const partition = oneOf(
  "aws",
  "aws-us-gov",
  "aws-cn",
  "aws-eusc",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
);

export const PARTITION = "arn:aws(-[a-z]+)*";

const NAME = "[a-zA-Z0-9_+=,.@/-]+";

/**
 * A principal that may assume a role. A wildcard is not allowed: it would admit every principal that matches.
 * Source: "AWS JSON policy elements: Principal" in the IAM User Guide.
 */
export const principalArns: Rule = listOf(
  pattern(
    `^${PARTITION}:(iam::[0-9]{12}:(root|(user|role)/${NAME})|sts::[0-9]{12}:(assumed-role|federated-user)/${NAME})$`,
    "the ARN of an IAM user, role or account (…:root), or of an STS session, without a wildcard",
  ),
);

/** Source: "IAM identifiers" in the IAM User Guide. */
export const roleArns: Rule = listOf(
  pattern(`^${PARTITION}:iam::[0-9]{12}:role/${NAME}$`, "the ARN of an IAM role, without a wildcard"),
);

/** Source: "CreateRole", MaxSessionDuration, in the IAM API Reference. */
export const sessionDuration: Rule = {
  allowed: "a whole number of seconds from 3600 (an hour) to 43200 (12 hours)",
  test: (value) =>
    all(
      new Expression(["", " >= 3600"], [value], (seconds) => Number(seconds) >= 3600),
      new Expression(["", " <= 43200"], [value], (seconds) => Number(seconds) <= 43200),
      new Expression(["floor(", ") == ", ""], [value, value], (seconds) => Number.isInteger(Number(seconds))),
    ),
};

/** Source: "CreateRole", Path, in the IAM API Reference. */
export const rolePath = pattern(
  "^/([!-.0-~]+/)*$",
  "a path that begins and ends with a slash, such as /platform/metaflow/",
);
