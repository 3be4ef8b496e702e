import type { MetaflowStackProps } from "../../modules/metaflow/stack";
import { stackConfiguration, stackRoot } from "../support/app-stack";
import { askAws } from "../support/emulated-aws";
import { attributes } from "../support/hardened";
import type { Call, Verdict } from "../support/iam";
import { DeployedRole } from "../support/iam-role";
import { SIGNED } from "../support/s3-calls";
import { changesOf, type TerraformRoot } from "../support/terraform-root";

// What runs the steps of flows in the cloud, applied without the database and the service, which it does not need.

const ADA = "arn:aws:iam::111122223333:user/ada";
const SECRET = "arn:aws:secretsmanager:us-west-2:111122223333:secret:flows/*";
const ATHENA = "arn:aws:iam::aws:policy/AmazonAthenaFullAccess";
const PROPS: MetaflowStackProps = {
  options: {
    computeEnvironments: {
      gpu: { type: "SPOT", instanceTypes: ["g5", "g4dn.xlarge"], maxVcpus: 96, volumeSize: 200 },
      arm: { type: "EC2", instanceTypes: ["m7g"], minVcpus: 2 },
      small: { type: "FARGATE_SPOT", fallback: false },
    },
  },
};
const VARIABLES = {
  enable_custom_batch_container_registry: true,
  job_role_policy_arns: [ATHENA],
  job_secret_arns: [SECRET],
  user_role_principals: [ADA],
};

/** The addresses of what runs flows, for `-target`. */
function targets(props: MetaflowStackProps): string[] {
  const { resource } = stackConfiguration(props) as { resource: Record<string, object> };
  const isOurs = (address: string) => /[.](compute|job_role|step_functions|batch_image|user_role)_/.test(address);
  return Object.entries(resource)
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .filter((address) => isOurs(`${address}_`))
    .map((address) => `-target=${address}`);
}

let root: TerraformRoot;
let keyArn = "";
const roles = new Map<string, DeployedRole>();
const role = (name: string) => roles.get(name) as DeployedRole;
const ROLES = ["batch-fargate", "step_functions_role", "eventbridge_role", "metaflow_user"];

beforeAll(async () => {
  root = stackRoot({ variables: VARIABLES }, PROPS);
  await root.apply(...targets(PROPS));
  keyArn = String((await attributes(root, "aws_kms_key.datastore_s3")).arn);
  for (const name of ROLES) roles.set(name, await DeployedRole.read(root.account, `metaflow-${name}-prod`));
  roles.set("batch-job", await DeployedRole.read(root.account, "metaflow-batch-job-prod", [ATHENA]));
});

test("a second plan is empty", async () => {
  expect(changesOf(await root.plan(...targets(PROPS)))).toEqual([]);
});

const environment = async (name: string) => {
  const { compute_resources: resources } = await attributes(root, `aws_batch_compute_environment.compute_${name}`);
  return (resources as [Record<string, unknown>])[0];
};

test.each<[name: string, resources: object]>([
  ["this", { type: "EC2", allocation_strategy: "BEST_FIT_PROGRESSIVE", min_vcpus: 0, max_vcpus: 64 }],
  ["queue_gpu", { type: "SPOT", allocation_strategy: "SPOT_PRICE_CAPACITY_OPTIMIZED", min_vcpus: 0, max_vcpus: 96 }],
  ["queue_gpu_fallback", { type: "EC2", allocation_strategy: "BEST_FIT_PROGRESSIVE", min_vcpus: 0, max_vcpus: 96 }],
  ["queue_arm", { type: "EC2", instance_type: ["m7g"], min_vcpus: 2 }],
  ["queue_small", { type: "FARGATE_SPOT", max_vcpus: 64, instance_type: null }],
])("the environment %s has %j", async (name, resources) => {
  expect(await environment(name)).toMatchObject(resources);
});

test("instances have the images of Amazon Linux 2023 that Batch knows, an encrypted volume, and IMDSv2 within one hop", async () => {
  expect((await environment("queue_gpu")).ec2_configuration).toMatchObject([
    { image_type: "ECS_AL2023" },
    { image_type: "ECS_AL2023_NVIDIA" },
  ]);
  const template = await attributes(root, "aws_launch_template.compute_queue_gpu");
  expect(template.block_device_mappings).toMatchObject([
    { ebs: [{ volume_size: 200, volume_type: "gp3", encrypted: "true", delete_on_termination: "true" }] },
  ]);
  expect(template.metadata_options).toMatchObject([{ http_tokens: "required", http_put_response_hop_limit: 1 }]);
  expect(template.network_interfaces).toMatchObject([{ associate_public_ip_address: "true" }]);
});

test("a queue asks its environments in order, spot first", async () => {
  const [spot, onDemand] = await Promise.all(
    ["queue_gpu", "queue_gpu_fallback"].map((name) =>
      attributes(root, `aws_batch_compute_environment.compute_${name}`),
    ),
  );
  expect((await attributes(root, "aws_batch_job_queue.compute_queue_gpu")).compute_environment_order).toEqual([
    { order: 1, compute_environment: spot?.arn },
    { order: 2, compute_environment: onDemand?.arn },
  ]);
});

test("another environment is there before the queue leaves the former one, and the queue stays", async () => {
  const plan = await root.plan(...targets(PROPS), "-var=compute_environment_type=SPOT");
  expect(changesOf(plan).filter((change) => change.startsWith("aws_batch"))).toEqual([
    "aws_batch_compute_environment.compute_this: create+delete",
    "aws_batch_job_queue.compute_this: update",
  ]);
});

describe("a client", () => {
  const ask = async (service: string, operation: string, parameters: object) => {
    const headers: Record<string, string> =
      service === "states"
        ? { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AWSStepFunctions.${operation}` }
        : { "content-type": "application/json" };
    const { status, body } = await askAws({
      service,
      account: root.account,
      method: "POST",
      path: service === "states" ? "/" : `/v1/${operation.toLowerCase()}`,
      headers,
      body: JSON.stringify(parameters),
    });
    if (status !== 200) throw new Error(`${operation} is answered by ${String(status)}: ${body}`);
    return JSON.parse(body) as Readonly<Record<string, string>>;
  };

  test("sends a job to each queue, with the jobs' role", async () => {
    const { jobDefinitionArn } = await ask("batch", "RegisterJobDefinition", {
      jobDefinitionName: "metaflow_0a1b",
      type: "container",
      containerProperties: {
        image: "python:3.13",
        vcpus: 1,
        memory: 512,
        jobRoleArn: await root.output("METAFLOW_ECS_S3_ACCESS_IAM_ROLE"),
      },
    });
    for (const jobQueue of [await root.output("METAFLOW_BATCH_JOB_QUEUE"), "metaflow-batch-gpu-prod"]) {
      const job = { jobName: "hello", jobQueue, jobDefinition: jobDefinitionArn };
      expect(await ask("batch", "SubmitJob", job)).toMatchObject({
        jobName: "hello",
        jobId: expect.any(String) as string,
      });
    }
  });

  test("starts a state machine with the flows' role", async () => {
    const { stateMachineArn } = await ask("states", "CreateStateMachine", {
      name: "metaflow-prod_HelloFlow",
      definition: JSON.stringify({ StartAt: "end", States: { end: { Type: "Pass", End: true } } }),
      roleArn: await root.output("METAFLOW_SFN_IAM_ROLE"),
    });
    const { executionArn } = await ask("states", "StartExecution", { stateMachineArn });
    expect(executionArn).toContain(":execution:metaflow-prod_HelloFlow:");
  });
});

const arn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:${root.account}:${resource}`;
const bucket = () => `metaflow-s3-${root.account}-us-west-2-prod`;
const s3 = (action: string, object: string): Call => ({
  action: `s3:${action}`,
  resource: `arn:aws:s3:::${object}`,
  context: SIGNED,
});
const call = (action: string, resource = "*", context?: Call["context"]): Call => ({
  action,
  resource: resource === "*" || resource.startsWith("arn:") ? resource : arn(action.split(":")[0] ?? "", resource),
  context,
});
const iamRole = (name: string) => `arn:aws:iam::${root.account}:role/metaflow-${name}-prod`;
const TABLE = "table/metaflow-step_functions_state-prod";
const passTo = (service: string) => ({ "iam:PassedToService": `${service}.amazonaws.com` });

/** A case is made in the test, when the account is known. */
type Case = readonly [role: string, what: string, call: () => Call, verdict: Verdict];

test.each<Case>([
  // Jobs
  ["batch-job", "writes an artifact", () => s3("PutObject", `${bucket()}/metaflow/F/data/5e/5e1f`), "allowed"],
  ["batch-job", "reads data", () => s3("GetObject", `${bucket()}/data/in.csv`), "allowed"],
  ["batch-job", "lists the bucket", () => s3("ListBucket", bucket()), "allowed"],
  ["batch-job", "reads another bucket", () => s3("GetObject", "acme/metaflow/x"), "denied"],
  ["batch-job", "changes the bucket's policy", () => s3("PutBucketPolicy", bucket()), "denied"],
  ["batch-job", "notes a foreach", () => call("dynamodb:UpdateItem", TABLE), "allowed"],
  ["batch-job", "reads another table", () => call("dynamodb:GetItem", "table/other"), "denied"],
  [
    "batch-job",
    "has DynamoDB use the table's key",
    () => call("kms:Decrypt", keyArn, { "kms:ViaService": "dynamodb.us-west-2.amazonaws.com" }),
    "allowed",
  ],
  ["batch-job", "uses the key itself", () => call("kms:Decrypt", keyArn), "denied"],
  ["batch-job", "deletes the table", () => call("dynamodb:DeleteTable", TABLE), "denied"],
  [
    "batch-job",
    "reads a secret that is named",
    () => call("secretsmanager:GetSecretValue", SECRET.replace("*", "db")),
    "allowed",
  ],
  [
    "batch-job",
    "reads the database's password",
    () => call("secretsmanager:GetSecretValue", "secret:metaflow-database-password-prod-a1b2c3"),
    "denied",
  ],
  ["batch-job", "sends jobs", () => call("batch:SubmitJob", "job-queue/metaflow-batch-prod"), "denied"],
  ["batch-job", "passes a role", () => call("iam:PassRole", iamRole("batch-job")), "denied"],
  // ECS, for jobs on Fargate
  ["batch-fargate", "pulls an image", () => call("ecr:BatchGetImage", "repository/metaflow-batch-prod"), "allowed"],
  [
    "batch-fargate",
    "writes a job's log",
    () => call("logs:PutLogEvents", "log-group:/aws/batch/job:log-stream:j/default/1"),
    "allowed",
  ],
  [
    "batch-fargate",
    "writes another log",
    () => call("logs:PutLogEvents", "log-group:metaflow-metadata-prod:log-stream:a"),
    "denied",
  ],
  // State machines
  [
    "step_functions_role",
    "sends a job to the first queue",
    () => call("batch:SubmitJob", "job-queue/metaflow-batch-prod"),
    "allowed",
  ],
  [
    "step_functions_role",
    "sends a job to a further queue",
    () => call("batch:SubmitJob", "job-queue/metaflow-batch-gpu-prod"),
    "allowed",
  ],
  ["step_functions_role", "sends a job to another queue", () => call("batch:SubmitJob", "job-queue/other"), "denied"],
  [
    "step_functions_role",
    "sends a job of Metaflow's",
    () => call("batch:SubmitJob", "job-definition/metaflow_0a1b:1"),
    "allowed",
  ],
  ["step_functions_role", "sends another job", () => call("batch:SubmitJob", "job-definition/other:1"), "denied"],
  ["step_functions_role", "tags a job", () => call("batch:TagResource", "job/0a1b"), "allowed"],
  ["step_functions_role", "watches jobs", () => call("batch:DescribeJobs"), "allowed"],
  ["step_functions_role", "ends a job", () => call("batch:TerminateJob", "job/0a1b"), "allowed"],
  ["step_functions_role", "reads a foreach", () => call("dynamodb:GetItem", TABLE), "allowed"],
  ["step_functions_role", "writes the table", () => call("dynamodb:PutItem", TABLE), "denied"],
  [
    "step_functions_role",
    "starts a distributed map",
    () => call("states:StartExecution", "stateMachine:metaflow-prod_Flow"),
    "allowed",
  ],
  [
    "step_functions_role",
    "starts another state machine",
    () => call("states:StartExecution", "stateMachine:other"),
    "denied",
  ],
  [
    "step_functions_role",
    "writes a map's results",
    () => s3("PutObject", `${bucket()}/metaflow/sfn_distributed_map_output/x`),
    "allowed",
  ],
  ["step_functions_role", "deletes an artifact", () => s3("DeleteObject", `${bucket()}/metaflow/x`), "denied"],
  ["step_functions_role", "logs", () => call("logs:CreateLogDelivery"), "allowed"],
  [
    "step_functions_role",
    "hears of the end of a job",
    () => call("events:PutTargets", "rule/StepFunctionsGetEventsForBatchJobsRule"),
    "allowed",
  ],
  // Schedules
  [
    "eventbridge_role",
    "starts a flow",
    () => call("states:StartExecution", "stateMachine:metaflow-prod_Flow"),
    "allowed",
  ],
  [
    "eventbridge_role",
    "starts another state machine",
    () => call("states:StartExecution", "stateMachine:other"),
    "denied",
  ],
  // Users
  ["metaflow_user", "sends a job", () => call("batch:SubmitJob", "job-queue/metaflow-batch-gpu-prod"), "allowed"],
  ["metaflow_user", "sends a job to another queue", () => call("batch:SubmitJob", "job-queue/other"), "denied"],
  ["metaflow_user", "gives jobs their role", () => call("iam:PassRole", iamRole("batch-job")), "allowed"],
  ["metaflow_user", "gives jobs on Fargate theirs", () => call("iam:PassRole", iamRole("batch-fargate")), "allowed"],
  ["metaflow_user", "gives jobs another role", () => call("iam:PassRole", iamRole("metadata-ecs-task")), "denied"],
  [
    "metaflow_user",
    "deploys a flow",
    () => call("states:CreateStateMachine", "stateMachine:metaflow-prod_Flow"),
    "allowed",
  ],
  [
    "metaflow_user",
    "changes another state machine",
    () => call("states:UpdateStateMachine", "stateMachine:other"),
    "denied",
  ],
  ["metaflow_user", "schedules a flow", () => call("events:PutRule", "rule/metaflow-prod_Flow"), "allowed"],
  ["metaflow_user", "deletes another schedule", () => call("events:DeleteRule", "rule/other"), "denied"],
  [
    "metaflow_user",
    "ends an execution",
    () => call("states:StopExecution", "execution:metaflow-prod_Flow:1"),
    "allowed",
  ],
  [
    "metaflow_user",
    "gives flows their role",
    () => call("iam:PassRole", iamRole("step_functions_role"), passTo("states")),
    "allowed",
  ],
  [
    "metaflow_user",
    "gives schedules theirs",
    () => call("iam:PassRole", iamRole("eventbridge_role"), passTo("events")),
    "allowed",
  ],
  [
    "metaflow_user",
    "gives that role to a function",
    () => call("iam:PassRole", iamRole("step_functions_role"), passTo("lambda")),
    "denied",
  ],
])("%s %s: %s", (name, _what, make, verdict) => {
  expect(role(name).says(make())).toBe(verdict);
});

test.each<[name: string, service: string]>([
  ["batch-job", "ecs-tasks.amazonaws.com"],
  ["batch-fargate", "ecs-tasks.amazonaws.com"],
  ["step_functions_role", "states.amazonaws.com"],
  ["eventbridge_role", "events.amazonaws.com"],
])("%s is taken on by %s for this account alone", (name, Service) => {
  const as = (account: string) => role(name).admits({ Service }, { "aws:SourceAccount": account });
  expect([as(root.account), as("444455556666")]).toEqual(["allowed", "denied"]);
  expect(role(name).admits({ Service: "lambda.amazonaws.com" }, { "aws:SourceAccount": root.account })).toBe("denied");
});
