import { PARTITION } from "./iam";
import type { Rule } from "../contract/contract";
import { computed, pattern, listOf, wholeNumber } from "../contract/rules";
import { all, any, every, matches, not, notEmpty } from "../hcl/functions";

/** Source: "CreateJobQueue" in the AWS Batch API Reference. */
const JOB_QUEUE = [
  `^${PARTITION}:batch:[a-z0-9-]+:[0-9]{12}:job-queue/[a-zA-Z0-9_-]{1,128}$`,
  "the ARN of an AWS Batch job queue, without a wildcard",
] as const;

export const jobQueueArn = computed(...JOB_QUEUE);

/** A list of ARNs of job queues. */
export const jobQueueArns: Rule = listOf(pattern(...JOB_QUEUE));

/** Source: "CreateComputeEnvironment" and "CreateJobQueue" in the AWS Batch API Reference. */
export const batchName = pattern(
  "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,127}$",
  "1 to 128 ASCII letters, digits, underscores and hyphens, the first a letter or digit",
);

/** More than any account has: the check is that a number of vCPUs is a whole number. */
export const MOST_VCPUS = 1_000_000;

/** Source: "ComputeResource", instanceTypes, in the AWS Batch API Reference. */
const INSTANCE_TYPE =
  "^(optimal|default_(x86_64|arm64)|[a-z][a-z0-9-]*[0-9][a-z0-9-]*([.](nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9]+xl)?))?)$";

/** Families of Graviton have a g behind their generation. Source: "Naming conventions" in the Amazon EC2 instance type guide. */
const GRAVITON = "^(a1|[a-z]+[0-9]+g[a-z0-9-]*)([.]|$)|^default_arm64$";

/** The instance types of one environment, for which AWS Batch has one image of either architecture. */
export const instanceTypes: Rule = {
  allowed:
    "a list, each item an instance type (c5.large), a family of them (c5), optimal, default_x86_64 or default_arm64, all of them of x86 or " +
    "all of Graviton",
  test: (types) =>
    all(
      notEmpty(types),
      every(types, (type) => matches(INSTANCE_TYPE, type)),
      any(
        every(types, (type) => matches(GRAVITON, type)),
        every(types, (type) => not(matches(GRAVITON, type))),
      ),
    ),
};

/** GiB of an instance's root volume, which the image of Amazon Linux 2023 needs 30 of. Source: "EbsBlockDevice" in the EC2 API Reference. */
export const volumeSize = wholeNumber(30, 16_384);

/** What a further environment is called, in the names of its queue and of what it is made of. */
export const environmentName = pattern(
  "^[a-z][a-z0-9_]{0,31}$",
  "1 to 32 lower-case ASCII letters, digits and underscores, the first a letter",
);
