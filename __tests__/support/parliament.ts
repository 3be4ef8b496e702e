import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { preparePython, pythonEnvironment } from "../../tools/system/python";

const run = promisify(execFile);

const PROGRAM = `
import json, sys, warnings
warnings.simplefilter("ignore")
from parliament import analyze_policy_string
for name, text in json.load(sys.stdin):
    for finding in analyze_policy_string(text).findings:
        print(json.dumps([name, finding.issue, str(finding.detail)]))
`;

/** A finding: the policy's name, the kind of fault, and what it is about. */
export type Finding = readonly [policy: string, issue: string, detail: string];

/** Why a finding is none: whose policies, the kind of fault, and the reason. */
export type Explanation = readonly [policies: RegExp, issue: string, reason: string];

export const EXPLAINED: readonly Explanation[] = [
  [
    /deny_presigned/,
    "UNKNOWN_CONDITION_FOR_ACTION",
    "Two actions of S3 know no presigned requests: there is nothing to deny.",
  ],
  [
    /(job_role|kubernetes|notebook)_datastore/,
    "UNKNOWN_CONDITION_FOR_ACTION",
    "Two actions of S3 know no presigned requests: there is nothing to deny.",
  ],
  [/functions_batch/, "RESOURCE_MISMATCH", "parliament asks for an array's jobs too, which Metaflow does not send."],
  [/functions_map/, "RESOURCE_MISMATCH", "A flow is no express state machine."],
  [/lambda_ecs_vpc/, "RESOURCE_MISMATCH", "Lambda asks for the action on everything, as docs/least-privilege.md says."],
  [/lambda_ecs_vpc/, "UNKNOWN_CONDITION_FOR_ACTION", "Lambda adds the key to whatever a function's code calls."],
  [/^aws_kms_key\./, "RESOURCE_STAR", "In a key's policy, * is the key itself."],
  [
    /^aws_kms_key\.encryption_logs/,
    "UNKNOWN_CONDITION_FOR_ACTION",
    "As CloudWatch Logs documents it for all of its actions.",
  ],
  [
    /^aws_kms_key\.encryption_logs/,
    "MISMATCHED_TYPE",
    "As CloudWatch Logs documents it: the encryption context is an ARN.",
  ],
  [/rest_api_policy/, "MISMATCHED_TYPE", "parliament does not know lists of addresses."],
  [/^aws_vpc_endpoint\./, "OLD_VERSION", "It is AWS's own default policy."],
];

/** What parliament finds in policies: unknown actions, resources and conditions that do not fit them, malformed documents. */
export async function findings(policies: readonly (readonly [name: string, text: string])[]): Promise<Finding[]> {
  const requirements = join(__dirname, "parliament-requirements.txt");
  const python = await preparePython({ packages: { requirements, module: "parliament", what: "parliament's" } });
  const child = run(python, ["-c", PROGRAM], { env: pythonEnvironment(), maxBuffer: 1 << 26 });
  child.child.stdin?.end(JSON.stringify(policies));
  const { stdout } = await child;
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Finding);
}
