import { pattern } from "../contract/rules";

/** A secret, or with wildcards several. Source: "AWS Secrets Manager resources" in the Service Authorization Reference. */
export const secretArn = pattern(
  "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[a-zA-Z0-9/_+=.@!*?-]+$",
  "the ARN of a secret of Secrets Manager, such as arn:aws:secretsmanager:us-west-2:123456789012:secret:flows/*",
);

/**
 * One secret as a container takes it: a key of its JSON, a stage and a version may follow.
 * Source: "Pass Secrets Manager secrets through Amazon ECS environment variables" in the Amazon ECS Developer Guide.
 */
export const containerSecret = pattern(
  "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[a-zA-Z0-9/_+=.@!-]+(:[^:*?]*:[^:*?]*:[^:*?]*)?$",
  "the ARN of a secret of Secrets Manager without a wildcard, which :json-key:version-stage:version-id may follow, with all three colons",
);
