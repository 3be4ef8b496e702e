import { PARTITION } from "./iam";
import type { Rule } from "../contract/contract";
import { pattern, listOf } from "../contract/rules";

/** Source: "CreateJobQueue" in the AWS Batch API Reference. */
export const jobQueueArns: Rule = listOf(
  pattern(
    `^${PARTITION}:batch:[a-z0-9-]+:[0-9]{12}:job-queue/[a-zA-Z0-9_-]{1,128}$`,
    "the ARN of an AWS Batch job queue, without a wildcard",
  ),
);
