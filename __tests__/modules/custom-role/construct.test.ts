import { hcl } from "../../../lib/hcl/expression";
import { moduleFiles } from "../../../tools/publish/module-files";
import { CustomRole, type CustomRoleProps } from "../../../modules/custom-role";
import { customRoleModule } from "../../../modules/custom-role/module";
import { addresses, synthesized } from "../../support/synth";

const ADA = "arn:aws:iam::111122223333:user/ada";

const required: CustomRoleProps = {
  datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  s3BucketArn: "arn:aws:s3:::metaflow-s3-dev",
  standardTags: {},
  userRolePrincipals: [ADA],
};

const customRole = (props: Partial<CustomRoleProps> = {}) =>
  synthesized((stack) => new CustomRole(stack, "role", { ...required, ...props }));

function refusal(props: Partial<CustomRoleProps>): string {
  try {
    customRole(props);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

/** Everything that the role can be granted. */
const ALL = {
  batchJobQueueArns: ["arn:aws:batch:us-west-2:111122223333:job-queue/q"],
  batchJobRoleArns: ["arn:aws:iam::111122223333:role/job"],
};

test("keeps its addresses", () => {
  expect(addresses(customRole(ALL))).toEqual([
    "aws_iam_role.role_this",
    "aws_iam_role_policy.role_batch",
    "aws_iam_role_policy.role_datastore",
    "aws_iam_role_policy.role_pass_job_role",
    "data.aws_iam_policy_document.role_assume_role",
    "data.aws_iam_policy_document.role_batch",
    "data.aws_iam_policy_document.role_datastore",
    "data.aws_iam_policy_document.role_pass_job_role",
  ]);
});

test("has no policy that nothing is to be granted by", () => {
  const left = addresses(customRole(ALL)).filter((address) => !/batch|pass_job_role/.test(address));
  expect(addresses(customRole())).toEqual(left);
});

test.each([
  "arn:aws:iam::111122223333:user/people/ada",
  "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/us-west-2/AWSReservedSSO_DataScientist_0a1b2c3d",
  "arn:aws:iam::111122223333:root",
  "arn:aws:sts::111122223333:assumed-role/dev/ada@example.com",
  "arn:aws:sts::111122223333:federated-user/ada",
  "arn:aws-us-gov:iam::111122223333:role/dev",
  "arn:aws-cn:iam::111122223333:role/dev",
  hcl`aws_iam_role.dev.arn`.string,
])("takes the principal %s", (principal) => {
  expect(refusal({ userRolePrincipals: [principal] })).toBe("");
});

test.each([
  "*",
  "111122223333",
  "ada",
  "arn:aws:iam::111122223333:*",
  "arn:aws:iam::111122223333:role/*",
  "arn:aws:iam::*:role/dev",
  "arn:aws:iam::111122223333:role/",
  "arn:aws:iam::111122223333:group/people",
  "arn:aws:iam::1111:user/ada",
  "arn:aws:s3:::bucket",
  "ecs-tasks.amazonaws.com",
  `${ADA}\n*`,
  "",
])("refuses the principal %j", (principal) => {
  const message = refusal({ userRolePrincipals: [ADA, principal] });
  expect(message).toContain(
    "userRolePrincipals (user_role_principals) must be a list, each item the ARN of an IAM user, role or account",
  );
  expect(message).toContain(`received ${JSON.stringify([ADA, principal])}`);
});

test.each<[string, Partial<CustomRoleProps>, RegExp]>([
  ["a bucket's name", { s3BucketArn: "metaflow" }, /s3BucketArn \(s3_bucket_arn\) must be the ARN of a bucket/],
  ["every bucket", { s3BucketArn: "arn:aws:s3:::*" }, /s3_bucket_arn\) must be .*; received "arn:aws:s3:::\*"/],
  ["objects of a bucket", { s3BucketArn: "arn:aws:s3:::bucket/metaflow" }, /s3_bucket_arn\) must be/],
  ["every key", { datastoreS3BucketKmsKeyArn: "*" }, /datastore_s3_bucket_kms_key_arn\) must be the ARN of a KMS key/],
  [
    "a key's alias",
    { datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:111122223333:alias/metaflow" },
    /datastore_s3_bucket_kms_key_arn\) must be/,
  ],
  ["no folder", { s3Folders: [] }, /s3Folders \(s3_folders\) must be .* with one item at least; received \[\]/],
  ["the whole bucket as a folder", { s3Folders: [""] }, /s3_folders\) must be .*; received \[""\]/],
  ["a folder by pattern", { s3Folders: ["team-*"] }, /s3_folders\) must be .*; received \["team-\*"\]/],
  ["a folder by policy variable", { s3Folders: ["${aws:username}"] }, /s3_folders\) must be/],
  ["a folder with a slash at its end", { s3Folders: ["metaflow/"] }, /without a slash at either end/],
  [
    "a queue by pattern",
    { batchJobQueueArns: ["arn:aws:batch:us-west-2:111122223333:job-queue/*"] },
    /batch_job_queue_arns\) must be a list, each item the ARN of an AWS Batch job queue, without a wildcard/,
  ],
  ["a queue's name", { batchJobQueueArns: ["gpu"] }, /batch_job_queue_arns\) must be/],
  [
    "every role of the account",
    { batchJobRoleArns: ["arn:aws:iam::111122223333:role/*"] },
    /batch_job_role_arns\) must be a list, each item the ARN of an IAM role, without a wildcard/,
  ],
  ["a session that is too short", { maxSessionDuration: 3599 }, /max_session_duration\) must be a whole number of/],
  ["a session that is too long", { maxSessionDuration: 43201 }, /max_session_duration\) must be .*; received 43201/],
  ["half a second", { maxSessionDuration: 3600.5 }, /max_session_duration\) must be .*; received 3600.5/],
  ["a name that is too long", { resourcePrefix: "p".repeat(60) }, /name of the Metaflow user's role, "p{60}metaflow_/],
])("refuses %s", (_, props, message) => {
  expect(refusal(props)).toMatch(message);
});

test("the published module is the same on every build, with descriptions, and checks by preconditions", () => {
  const files = [...moduleFiles(customRoleModule)];
  expect(files).toEqual([...moduleFiles(customRoleModule)]);
  const text = files.map(([, content]) => content).join("");
  expect(text).not.toMatch(/"\/\/"|"(nullable|sensitive|moved)"|\btobool\(/);
  const { variable, output } = Object.assign({}, ...files.map(([, content]) => JSON.parse(content) as object)) as {
    variable: Record<string, { description?: string }>;
    output: Record<string, { description?: string }>;
  };
  for (const { description } of [...Object.values(variable), ...Object.values(output)]) {
    expect(description).toMatch(/^[A-Z][^{}]*\.$/);
  }
});
