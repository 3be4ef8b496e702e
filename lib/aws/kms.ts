import { ARN, PARTITION } from "./iam";
import { computed, pattern } from "../contract/rules";

/** The ARN of a KMS key, or all of them, in a policy's statement. */
export const keyResource = computed(
  `^([*]|${ARN})$`,
  "the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
);

/** The ARN of a key has the region and the key's id; the ARN of an alias has not. */
export const keyArn = pattern(
  `^${PARTITION}:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$`,
  "the ARN of a KMS key, such as arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
);
