import { readFileSync, rmSync } from "node:fs";
import { startEmulator, type StartedEmulator } from "../../../tools/emulator/emulator";
import { moduleFiles } from "../../../tools/publish/module-files";
import { customRoleModule } from "../../../modules/custom-role/module";
import { askAws, emulatedAws, freshAccount } from "../../support/emulated-aws";
import type { Call, Verdict } from "../../support/iam";
import { DeployedRole } from "../../support/iam-role";
import { MetaflowClient } from "../../support/metaflow-client";
import { loggedS3Calls, SIGNED } from "../../support/s3-calls";
import { terraformRoot, type TerraformRoot } from "../../support/terraform-root";

const ACCOUNT = "111122223333";
const BUCKET = "acme-metaflow-s3-prod";
const KEY = `arn:aws:kms:us-west-2:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ADA = `arn:aws:iam::${ACCOUNT}:user/ada`;
const NAME = "acme-metaflow-metaflow_user-prod";
const batch = (resource: string, account = ACCOUNT) => `arn:aws:batch:us-west-2:${account}:${resource}`;

/** A root that calls the published module. */
function roleRoot(inputs: Record<string, unknown>, resource?: object): TerraformRoot {
  const files = Object.fromEntries([...moduleFiles(customRoleModule)].map(([name, text]) => [`role/${name}`, text]));
  const config = {
    module: {
      role: {
        source: "./role",
        datastore_s3_bucket_kms_key_arn: KEY,
        resource_prefix: "acme-metaflow-",
        resource_suffix: "-prod",
        s3_bucket_arn: `arn:aws:s3:::${BUCKET}`,
        standard_tags: { application: "metaflow" },
        user_role_principals: [ADA],
        ...inputs,
      },
    },
    resource,
    output: { arn: { value: "${module.role.metaflow_user_role_arn}" } },
  };
  return terraformRoot(config, { files });
}

async function applied(inputs: Record<string, unknown> = {}, resource?: object): Promise<TerraformRoot> {
  const root = roleRoot(inputs, resource);
  await root.apply();
  return root;
}

const roles = new Map<string, DeployedRole>();
const role = (name: "plain" | "with Batch") => roles.get(name) as DeployedRole;
let plain: TerraformRoot;

beforeAll(async () => {
  const queues = {
    batch_job_queue_arns: [batch("job-queue/gpu")],
    max_session_duration: 43200,
    s3_folders: ["team/a"],
  };
  const jobRoles = { batch_job_role_arns: [`arn:aws:iam::${ACCOUNT}:role/batch-s3`] };
  // A principal that the same apply creates.
  const users = { aws_iam_user: { grace: { name: "grace" } } };
  const [first, second] = await Promise.all([
    applied({ user_role_principals: [ADA, "${aws_iam_user.grace.arn}"] }, users),
    applied({ ...queues, ...jobRoles }),
  ]);
  plain = first;
  roles.set("plain", await DeployedRole.read(first.account, NAME));
  roles.set("with Batch", await DeployedRole.read(second.account, NAME));
});

test("a second plan is empty", async () => {
  expect(await plain.changes()).toEqual([]);
});

test("has a policy for the datastore, and one for AWS Batch only where that is asked for", () => {
  expect(Object.keys(role("plain").policies)).toEqual(["datastore"]);
  expect(Object.keys(role("with Batch").policies).sort()).toEqual(["batch", "datastore", "pass_job_role"]);
});

test("lets a session last as long as is set", () => {
  expect([role("plain").maxSessionDuration, role("with Batch").maxSessionDuration]).toEqual([3600, 43200]);
});

test("makes nothing where nobody may assume the role", async () => {
  const root = await applied({ user_role_principals: [] });
  expect((await root.addresses()).filter((address) => !address.includes("data."))).toEqual([]);
  expect(await root.output("arn")).toBe("");
});

test.each<[string, string, Verdict]>([
  ["who is named", ADA, "allowed"],
  ["another user of the account", `arn:aws:iam::${ACCOUNT}:user/eve`, "denied"],
  ["the account", `arn:aws:iam::${ACCOUNT}:root`, "denied"],
  ["a user of that name in another account", "arn:aws:iam::444455556666:user/ada", "denied"],
])("taken on by %s: %s: %s", (_, caller, verdict) => {
  expect(role("plain").admits({ AWS: caller })).toBe(verdict);
});

test("may be taken on by a principal of the same apply, and by no service", () => {
  expect(role("plain").admits({ AWS: `arn:aws:iam::${plain.account}:user/grace` })).toBe("allowed");
  expect(role("plain").admits({ Service: "ecs-tasks.amazonaws.com" })).toBe("denied");
});

const s3 = (action: string, path = "", context: Call["context"] = SIGNED): Call => ({
  action: `s3:${action}`,
  resource: `arn:aws:s3:::${path === "" ? BUCKET : path.startsWith("/") ? BUCKET + path : path}`,
  context,
});
const kms = (action: string, resource = KEY, via: string | undefined = "s3.us-west-2.amazonaws.com"): Call => ({
  action: `kms:${action}`,
  resource,
  context: via === "" ? {} : { "kms:ViaService": via },
});
const call = (action: string, resource = "*"): Call => ({ action, resource });

const OBJECT = "/metaflow/HelloFlow/data/5e/5e1f";
const OTHER_KEY = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("a session with the role", () => {
  test.each<[string, Call]>([
    ["lists the bucket", s3("ListBucket")],
    ["reads an artifact", s3("GetObject", OBJECT)],
    ["writes an artifact", s3("PutObject", OBJECT)],
    ["deletes an artifact", s3("DeleteObject", OBJECT)],
    ["ends an upload in parts", s3("AbortMultipartUpload", OBJECT)],
    ["reads data", s3("GetObject", "/data/set.parquet")],
    ["writes data", s3("PutObject", "/data/HelloFlow/1/set.parquet")],
    ["has S3 decrypt with the bucket's key", kms("Decrypt")],
    ["has S3 make data keys of the bucket's key", kms("GenerateDataKey")],
  ])("%s", (_, allowed) => {
    expect(role("plain").says(allowed)).toBe("allowed");
  });

  test.each<[string, Call, Verdict]>([
    ["lists another bucket", s3("ListBucket", "acme-metaflow-s3-prod-logs"), "denied"],
    ["reads another bucket", s3("GetObject", "acme-payroll/metaflow/a"), "denied"],
    ["writes another bucket", s3("PutObject", "acme-payroll/data/a"), "denied"],
    ["reads another folder", s3("GetObject", "/state/terraform.tfstate"), "denied"],
    ["reads a folder whose name begins alike", s3("GetObject", "/metaflow-secrets/a"), "denied"],
    ["writes at the top of the bucket", s3("PutObject", "/a"), "denied"],
    ["lists every bucket", { ...call("s3:ListAllMyBuckets"), context: SIGNED }, "denied"],
    ["deletes the bucket", s3("DeleteBucket"), "denied"],
    ["creates a bucket", s3("CreateBucket", "acme-new"), "denied"],
    ["deletes a version for good", s3("DeleteObjectVersion", OBJECT), "denied"],
    ["reads an old version", s3("GetObjectVersion", OBJECT), "denied"],
    ["shares an object by ACL", s3("PutObjectAcl", OBJECT), "denied"],
    ["changes the bucket's policy", s3("PutBucketPolicy"), "denied"],
    ["changes the bucket's encryption", s3("PutEncryptionConfiguration"), "denied"],
    ["opens the bucket to the public", s3("PutBucketPublicAccessBlock"), "denied"],
    ["gets round a lock", s3("BypassGovernanceRetention", OBJECT), "denied"],
    ["reads without TLS", s3("GetObject", OBJECT, { ...SIGNED, "aws:SecureTransport": "false" }), "denied explicitly"],
    ["lists without TLS", s3("ListBucket", "", { ...SIGNED, "aws:SecureTransport": "false" }), "denied explicitly"],
    ["reads by a presigned URL", s3("GetObject", OBJECT, presigned("REST-QUERY-STRING")), "denied explicitly"],
    ["writes by a presigned form", s3("PutObject", OBJECT, presigned("POST")), "denied explicitly"],
    ["decrypts with the bucket's key itself", kms("Decrypt", KEY, ""), "denied"],
    ["decrypts by way of another service", kms("Decrypt", KEY, "rds.us-west-2.amazonaws.com"), "denied"],
    ["decrypts by way of S3 elsewhere", kms("Decrypt", KEY, "s3.us-east-1.amazonaws.com"), "denied"],
    ["encrypts with the bucket's key", kms("Encrypt"), "denied"],
    ["decrypts with another account's key", kms("Decrypt", OTHER_KEY), "denied"],
    ["deletes the bucket's key", kms("ScheduleKeyDeletion"), "denied"],
    ["changes the key's policy", kms("PutKeyPolicy"), "denied"],
    ["grants the key to others", kms("CreateGrant"), "denied"],
    ["reads the database", call("rds:DescribeDBInstances"), "denied"],
    ["logs in to the database", call("rds-db:connect", `arn:aws:rds-db:us-west-2:${ACCOUNT}:dbuser:db-A/m`), "denied"],
    [
      "reads a secret",
      call("secretsmanager:GetSecretValue", `arn:aws:secretsmanager:us-west-2:${ACCOUNT}:secret:a`),
      "denied",
    ],
    ["makes a user", call("iam:CreateUser", ADA), "denied"],
    ["changes its own policies", call("iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/${NAME}`), "denied"],
    ["takes on another role", call("sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/admin`), "denied"],
    ["passes a role", call("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/batch-s3`), "denied"],
    [
      "migrates the database",
      call("lambda:InvokeFunction", `arn:aws:lambda:us-west-2:${ACCOUNT}:function:f`),
      "denied",
    ],
    ["stops the service", call("ecs:UpdateService", `arn:aws:ecs:us-west-2:${ACCOUNT}:service/c/s`), "denied"],
    ["reads the API's keys", call("apigateway:GET", "arn:aws:apigateway:us-west-2::/apikeys"), "denied"],
    ["reads logs", call("logs:GetLogEvents", `arn:aws:logs:us-west-2:${ACCOUNT}:log-group:g:log-stream:s`), "denied"],
    [
      "changes a stack",
      call("cloudformation:UpdateStack", `arn:aws:cloudformation:us-west-2:${ACCOUNT}:stack/s/1`),
      "denied",
    ],
    ["sends a job", call("batch:SubmitJob", batch("job-queue/gpu")), "denied"],
    ["lists jobs", call("batch:ListJobs"), "denied"],
  ])("does not: it %s", (_, refused, verdict) => {
    expect(role("plain").says(refused)).toBe(verdict);
  });
});

function presigned(authType: string) {
  return { ...SIGNED, "s3:authType": authType };
}

const DEFINITION = batch("job-definition/metaflow_0a1b");
const submit = (queue: string, definition: string): Call => ({
  action: "batch:SubmitJob",
  resource: [batch(queue), definition],
});

test.each<[string, Call, Verdict]>([
  ["reads its folder", s3("GetObject", "/team/a/HelloFlow/1"), "allowed"],
  ["reads another team's folder", s3("GetObject", "/team/b/HelloFlow/1"), "denied"],
  ["reads the default folder", s3("GetObject", OBJECT), "denied"],
  ["finds its queue", call("batch:DescribeJobQueues"), "allowed"],
  ["finds what computes", call("batch:DescribeComputeEnvironments"), "allowed"],
  ["finds a definition", call("batch:DescribeJobDefinitions"), "allowed"],
  ["registers a definition of Metaflow", call("batch:RegisterJobDefinition", DEFINITION), "allowed"],
  ["registers another definition", call("batch:RegisterJobDefinition", batch("job-definition/payroll")), "denied"],
  [
    "registers one in another account",
    call("batch:RegisterJobDefinition", batch("job-definition/metaflow_0", "444455556666")),
    "denied",
  ],
  ["passes the jobs' role", call("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/batch-s3`), "allowed"],
  ["passes another role", call("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/admin`), "denied"],
  ["sends a job", submit("job-queue/gpu", `${DEFINITION}:3`), "allowed"],
  ["sends a job to another queue", submit("job-queue/payroll", `${DEFINITION}:3`), "denied"],
  ["sends a job of another definition", submit("job-queue/gpu", batch("job-definition/payroll:1")), "denied"],
  ["watches jobs", call("batch:DescribeJobs"), "allowed"],
  ["lists jobs", call("batch:ListJobs"), "allowed"],
  ["ends a job", call("batch:TerminateJob", batch("job/0a1b")), "allowed"],
  ["ends a job in another account", call("batch:TerminateJob", batch("job/0a1b", "444455556666")), "denied"],
  ["deletes the queue", call("batch:DeleteJobQueue", batch("job-queue/gpu")), "denied"],
  ["grows what computes", call("batch:UpdateComputeEnvironment", batch("compute-environment/e")), "denied"],
])("with AWS Batch, a session %s", (_, asked, verdict) => {
  expect(role("with Batch").says(asked)).toBe(verdict);
});

describe("the real Metaflow client", () => {
  let emulator: StartedEmulator | undefined;
  let calls: Call[] = [];

  beforeAll(async () => {
    // An emulator whose log has this client's calls and no others.
    emulator = await startEmulator({ parent: process.pid });
    const shared = emulatedAws().endpoint;
    process.env.METAFLOW_TEST_ENDPOINT = emulator.endpoint;
    try {
      const account = freshAccount();
      await askAws({ service: "s3", account, method: "PUT", path: `/${BUCKET}`, body: LOCATION });
      const before = readFileSync(emulator.log, "utf8").length;
      const profile = {
        METAFLOW_DEFAULT_DATASTORE: "s3",
        METAFLOW_DATASTORE_SYSROOT_S3: `s3://${BUCKET}/metaflow`,
        METAFLOW_DATATOOLS_S3ROOT: `s3://${BUCKET}/data`,
      };
      const client = await MetaflowClient.with(JSON.stringify(profile), account);
      expect(await client.runFlow("datatools_flow.py")).toContain("DatatoolsFlow is through");
      calls = loggedS3Calls(readFileSync(emulator.log, "utf8").slice(before));
    } finally {
      process.env.METAFLOW_TEST_ENDPOINT = shared;
    }
  });

  afterAll(async () => {
    await emulator?.stop();
    if (emulator) rmSync(emulator.log, { force: true });
  });

  test("calls S3 in each of the ways that the role allows for reading and writing", () => {
    expect([...new Set(calls.map(({ action }) => action))].sort()).toEqual([
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
    ]);
    expect(calls.length).toBeGreaterThan(50);
  });

  test("makes no call that the role does not allow", () => {
    expect(calls.filter((one) => role("plain").says(one) !== "allowed")).toEqual([]);
  });
});

const LOCATION =
  '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
  "<LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";

test.each<[string, Record<string, unknown>, RegExp]>([
  ["everybody", { user_role_principals: ["*"] }, /user_role_principals, \["\*"\], must be a list, each item the ARN/],
  ["a principal by pattern", { user_role_principals: [`${ADA}*`] }, /user_role_principals, \["arn:aws:iam::.*ada\*"\]/],
  ["a bucket by pattern", { s3_bucket_arn: "arn:aws:s3:::acme-*" }, /s3_bucket_arn must be the ARN of a bucket/],
  ["half an hour", { max_session_duration: 1800 }, /max_session_duration must be a whole number of seconds from 3600/],
])("the published module refuses %s", async (_, inputs, message) => {
  const root = roleRoot(inputs);
  await root.init();
  const { stderr } = await root.run(["plan", "-no-color"], [1]);
  expect(stderr.replace(/\s*\n[│ ]*/g, " ").replaceAll('\\"', '"')).toMatch(message);
});
