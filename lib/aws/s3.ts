import { ARN, PARTITION } from "./iam";
import type { Rule } from "../contract/contract";
import { computed, pattern, listOf, nonEmpty, wholeNumber } from "../contract/rules";
import { all, any, equal, matches, not } from "../hcl/functions";

/**
 * Null, by which the provider generates a name, is allowed too.
 * Source: "General purpose bucket naming rules" in the Amazon S3 User Guide.
 */
export const bucketName: Rule = {
  allowed:
    "3 to 63 lowercase letters, digits, hyphens and dots, beginning and ending with a letter or digit, without two " +
    "dots in a row, the format of an IP address, or a prefix or suffix that S3 reserves",
  test: (name) =>
    any(
      equal(name, null),
      all(matches("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", name), not(matches(RESERVED_BUCKET_NAMES, name))),
    ),
};

const RESERVED_BUCKET_NAMES = [
  "[.][.]",
  "^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$",
  "^(xn--|sthree-|amzn-s3-demo-)",
  "(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3|-an)$",
].join("|");

/** The ARN of a bucket in a policy's statement. */
export const bucketResource = computed(`^${ARN}$`, "the ARN of a bucket, such as arn:aws:s3:::acme-metaflow");

/** For how many days a bucket keeps old versions. */
export const noncurrentDays = wholeNumber(1, 36500);

/** Source: "Amazon S3 policy resources" in the Amazon S3 User Guide. */
export const bucketArn = pattern(
  `^${PARTITION}:s3:::[a-z0-9][a-z0-9.-]+$`,
  "the ARN of a bucket, such as arn:aws:s3:::acme-metaflow",
);

/** Source: "Naming Amazon S3 objects" in the Amazon S3 User Guide; `*`, `?` and `$` have a meaning in policies. */
export const folders: Rule = nonEmpty(
  listOf(
    pattern(
      "^[a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*$",
      "a folder of the bucket, such as metaflow or teams/forecast, of ASCII letters, digits and !_.'()- without a " +
        "slash at either end",
    ),
  ),
);
