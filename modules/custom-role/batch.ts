import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { distinct, joinLists, mapped, replaceMatches } from "../../lib/hcl/functions";

/**
 * What a Metaflow client does with AWS Batch: it registers job definitions, all of whose names begin with `metaflow_`,
 * sends jobs to a queue, and watches and ends them.
 *
 * @param queues - the ARNs of the job queues; the definitions and jobs are in their region and account
 */
export function batchStatements(queues: string[]): DataAwsIamPolicyDocumentStatement[] {
  const beside = (resource: string) =>
    distinct(mapped(queues, "queue", (queue) => replaceMatches(queue, "job-queue.*", resource)));
  const definitions = beside("job-definition/metaflow_*");
  return [
    {
      sid: "Describe",
      effect: "Allow",
      actions: [
        "batch:DescribeComputeEnvironments",
        "batch:DescribeJobDefinitions",
        "batch:DescribeJobQueues",
        "batch:DescribeJobs",
        "batch:ListJobs",
      ],
      resources: ["*"],
    },
    { sid: "Register", effect: "Allow", actions: ["batch:RegisterJobDefinition"], resources: definitions.list },
    {
      sid: "Submit",
      effect: "Allow",
      actions: ["batch:SubmitJob"],
      resources: joinLists(queues, definitions).list,
    },
    // Where METAFLOW_BATCH_EMIT_TAGS or METAFLOW_BATCH_DEFAULT_TAGS tags jobs.
    {
      sid: "Tag",
      effect: "Allow",
      actions: ["batch:TagResource"],
      resources: joinLists(definitions, beside("job/*")).list,
    },
    { sid: "Terminate", effect: "Allow", actions: ["batch:TerminateJob"], resources: beside("job/*").list },
  ];
}
