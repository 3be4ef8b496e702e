import type { Rule } from "../../lib/contract/contract";
import { Expression } from "../../lib/hcl/expression";
import { all, notEmpty } from "../../lib/hcl/functions";
import { form, listOf } from "../../lib/contract/rules";

const PARTITION = "arn:aws(-[a-z]+)*";
const NAME = "[a-zA-Z0-9_+=,.@/-]+";

/**
 * Who may take on a role, each by name: a wildcard would let in whoever fits it.
 * Source: "AWS JSON policy elements: Principal" in the IAM User Guide.
 */
export const principalArns: Rule = listOf(
  form(
    `^${PARTITION}:(iam::[0-9]{12}:(root|(user|role)/${NAME})|sts::[0-9]{12}:(assumed-role|federated-user)/${NAME})$`,
    "the ARN of an IAM user, role or account (…:root), or of an STS session, without a wildcard",
  ),
);

/** Source: "Amazon S3 policy resources" in the Amazon S3 User Guide. */
export const bucketArn = form(
  `^${PARTITION}:s3:::[a-z0-9][a-z0-9.-]+$`,
  "the ARN of a bucket, such as arn:aws:s3:::acme-metaflow",
);

/** The key's own ARN has the region and the key's id, which an alias does not. */
export const keyArn = form(
  `^${PARTITION}:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$`,
  "the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
);

/** Source: "Naming Amazon S3 objects" in the Amazon S3 User Guide; `*`, `?` and `$` have a meaning in policies. */
export const folders: Rule = nonEmpty(
  listOf(
    form(
      "^[a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*$",
      "a folder of the bucket, such as metaflow or teams/forecast, of ASCII letters, digits and !_.'()- without a " +
        "slash at either end",
    ),
  ),
);

/** Source: "CreateJobQueue" in the AWS Batch API Reference. */
export const jobQueueArns: Rule = listOf(
  form(
    `^${PARTITION}:batch:[a-z0-9-]+:[0-9]{12}:job-queue/[a-zA-Z0-9_-]{1,128}$`,
    "the ARN of an AWS Batch job queue, without a wildcard",
  ),
);

/** Source: "IAM identifiers" in the IAM User Guide. */
export const roleArns: Rule = listOf(
  form(`^${PARTITION}:iam::[0-9]{12}:role/${NAME}$`, "the ARN of an IAM role, without a wildcard"),
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

function nonEmpty(rule: Rule): Rule {
  return { allowed: `${rule.allowed}, with one item at least`, test: (list) => all(notEmpty(list), rule.test(list)) };
}
