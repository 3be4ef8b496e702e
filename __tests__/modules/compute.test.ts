import { TerraformOutput, TerraformVariable } from "cdktf";
import { Metaflow, type ComputeEnvironment, type MetaflowProps } from "../../modules/metaflow";
import { StepFunctions, type StepFunctionsProps } from "../../modules/step-functions";
import { metaflow } from "../support/composition";
import { addresses, synthesized } from "../support/synth";
import { STEP_FUNCTIONS } from "./step-functions/sample";

// What runs the steps of flows in the cloud, as it is synthesized.

const withEnvironment = (environment: unknown) =>
  metaflow({ computeEnvironments: { one: environment as ComputeEnvironment } });

const OF_COMPUTE = /[.](compute|job_role|step_functions|batch_image)_|user_role_(batch|pass_job_role|step_functions)/;

test("without compute there is no trace of it", () => {
  const off = metaflow({ compute: false });
  expect(addresses(off).filter((address) => OF_COMPUTE.test(address))).toEqual([]);
  expect(JSON.stringify(off)).not.toMatch(/METAFLOW_(BATCH|SFN|ECS|EVENTS)|batch:|dynamodb/);
  expect(addresses(metaflow()).filter((address) => !OF_COMPUTE.test(address))).toEqual(addresses(off));
});

test("without AWS Step Functions, jobs still run, and nothing of it is left", () => {
  const on = metaflow({ enableStepFunctions: false, userRolePrincipals: ["arn:aws:iam::123456789012:user/ada"] });
  const resources = Object.entries(on.resource ?? {}).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
  expect(resources.filter((address) => address.includes("step_functions"))).toEqual([]);
  expect(resources).toContain("aws_batch_job_queue.compute_this");
  expect(resources).toContain("aws_iam_role_policy.user_role_batch");
});

/** The keys that the profile has. */
function profileKeys(props: MetaflowProps): string[] {
  const { output } = synthesized((stack) => {
    const { metaflowProfileJson } = new Metaflow(stack, "Default", { s3BucketName: "acme-metaflow", ...props });
    new TerraformOutput(stack, "profile", { value: metaflowProfileJson, sensitive: true });
  });
  return [...String(output?.profile?.value).matchAll(/METAFLOW_\w+/g)].map(([key]) => key);
}

test.each<[what: string, props: MetaflowProps, keys: readonly string[]]>([
  ["compute", {}, ["METAFLOW_BATCH_JOB_QUEUE", "METAFLOW_ECS_S3_ACCESS_IAM_ROLE"]],
  [
    "AWS Step Functions",
    {},
    [
      "METAFLOW_SFN_IAM_ROLE",
      "METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE",
      "METAFLOW_SFN_DYNAMO_DB_TABLE",
      "METAFLOW_SFN_STATE_MACHINE_PREFIX",
      "METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN",
    ],
  ],
  [
    "a repository of images",
    { enableCustomBatchContainerRegistry: true },
    ["METAFLOW_BATCH_CONTAINER_REGISTRY", "METAFLOW_BATCH_CONTAINER_IMAGE"],
  ],
  ["Fargate", { computeEnvironments: { small: { type: "FARGATE" } } }, ["METAFLOW_ECS_FARGATE_EXECUTION_ROLE"]],
])("with %s, the profile has its keys", (_, props, keys) => {
  expect(profileKeys(props)).toEqual(expect.arrayContaining([...keys]));
});

test.each<[what: string, props: MetaflowProps, keys: RegExp]>([
  ["Fargate", {}, /FARGATE/],
  ["a repository of images", {}, /CONTAINER/],
  ["AWS Step Functions", { enableStepFunctions: false }, /SFN/],
  ["a log of executions", { stepFunctionsExecutionLogs: false }, /LOG_GROUP/],
  ["compute", { compute: false }, /BATCH|SFN|ECS/],
])("without %s, the profile has none of its keys", (_, props, keys) => {
  expect(profileKeys(props).filter((key) => keys.test(key))).toEqual([]);
});

/** What ECR alone would refuse. */
const CAPITAL: MetaflowProps = { dbIdentifierPrefix: "acme", resourcePrefix: "Acme-" };

test.each<[what: string, environment: unknown, message: string]>([
  [
    "instance types on Fargate",
    { type: "FARGATE", instanceTypes: ["m5"] },
    'computeEnvironments.one.instanceTypes is ["m5"]; it must be left out where type is FARGATE',
  ],
  ["a minimum on Fargate", { type: "FARGATE_SPOT", minVcpus: 1 }, "computeEnvironments.one.minVcpus is 1; it must be"],
  ["a volume on Fargate", { type: "FARGATE", volumeSize: 50 }, "computeEnvironments.one.volumeSize is 50; it must be"],
  ["a fallback of on demand", { type: "EC2", fallback: true }, "one.fallback is true; it must be left out where type"],
  [
    "vCPUs out of order",
    { type: "EC2", minVcpus: 8, maxVcpus: 4 },
    "one.minVcpus, 8, must not be greater than maxVcpus, 4.",
  ],
  [
    "more than there is by default",
    { type: "EC2", minVcpus: 65 },
    "minVcpus, 65, must not be greater than maxVcpus, 64",
  ],
  [
    "x86 and Graviton",
    { type: "EC2", instanceTypes: ["m5", "m7g"] },
    "all of them of x86 or all of Graviton; received",
  ],
  ["no instance types", { type: "EC2", instanceTypes: [] }, "computeEnvironments.one.instanceTypes must be a list"],
  ["a word that is no type", { type: "EC2", instanceTypes: ["big"] }, 'received ["big"]'],
  [
    "a type in lower case",
    { type: "spot" },
    'one.type must be one of EC2, SPOT, FARGATE, FARGATE_SPOT; received "spot"',
  ],
  ["no type", {}, "computeEnvironments.one.type is required."],
  ["an unknown field", { type: "EC2", maxVcpu: 4 }, "has no option maxVcpu (did you mean maxVcpus?)"],
  ["a small volume", { type: "EC2", volumeSize: 8 }, "one.volumeSize must be a whole number from 30 to 16384"],
])("refuses %s", (_, environment, message) => {
  expect(() => withEnvironment(environment)).toThrow(message);
});

test.each<[what: string, props: MetaflowProps, message: string]>([
  [
    "a name with a capital",
    { computeEnvironments: { GPU: { type: "EC2" } } },
    'computeEnvironments has the name "GPU"; each name must be 1 to 32 lower-case',
  ],
  [
    "environments that nothing would make",
    { compute: false, computeEnvironments: { gpu: { type: "EC2" } } },
    "computeEnvironments has gpu and compute is false; it must be left out, or compute must be true.",
  ],
  [
    "bounds out of order",
    { computeEnvironmentMinVcpus: 65 },
    "compute_environment_min_vcpus, 65, must not be greater than compute_environment_max_vcpus, 64.",
  ],
  ["mixed architectures", { computeEnvironmentInstanceTypes: ["m5", "m7g.large"] }, "all of them of x86 or all of"],
  ["another type", { computeEnvironmentType: "FARGATE" }, "must be one of EC2, SPOT"],
  [
    "a repository whose name ECR would refuse",
    { ...CAPITAL, enableCustomBatchContainerRegistry: true },
    'The name of the repository of the jobs\' image, "Acme-batch-prod"',
  ],
])("refuses %s", (_, props, message) => {
  expect(() => metaflow(props)).toThrow(message);
});

test("a name that ECR would refuse is taken where there is no repository", () => {
  expect(() => metaflow(CAPITAL)).not.toThrow();
});

test("what Terraform alone knows is checked when it plans", () => {
  const text = JSON.stringify(
    synthesized((stack) => {
      const types = new TerraformVariable(stack, "types", { type: "list(string)" });
      new Metaflow(stack, "Default", {
        s3BucketName: "acme-metaflow",
        computeEnvironmentInstanceTypes: types.listValue,
      });
    }),
  );
  expect(text).toContain("compute_environment_instance_types, ");
  expect(text).toContain("all of them of x86 or all of Graviton.");
});

describe("AWS Step Functions", () => {
  const table = (props: Partial<StepFunctionsProps>) =>
    synthesized((stack) => new StepFunctions(stack, "it", { ...STEP_FUNCTIONS, ...props })).resource?.aws_dynamodb_table
      ?.it_step_functions_state_table;

  test.each<[what: string, props: Partial<StepFunctionsProps>, argument: object]>([
    ["recovery", { tableRecovery: true }, { point_in_time_recovery: { enabled: true } }],
    ["no recovery by default", {}, { point_in_time_recovery: { enabled: false } }],
    [
      "a key of one's own",
      { tableKeyArn: "arn:aws:kms:us-west-2:1:key/1" },
      { server_side_encryption: { enabled: true, kms_key_arn: "arn:aws:kms:us-west-2:1:key/1" } },
    ],
  ])("has a table with %s", (_, props, argument) => {
    expect(table(props)).toMatchObject(argument);
  });
});
