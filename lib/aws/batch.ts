import { PARTITION } from "./iam";
import type { Rule } from "../contract/contract";
import { computed, pattern, listOf } from "../contract/rules";

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
