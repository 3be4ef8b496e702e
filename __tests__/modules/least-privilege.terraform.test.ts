import { readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "../support/app-folder";
import type { MetaflowStackProps } from "../../modules/metaflow/stack";
import { stackConfiguration, stackRoot } from "../support/app-stack";
import type { Call, Verdict } from "../support/iam";
import { DeployedRole } from "../support/iam-role";
import { SIGNED } from "../support/s3-calls";
import type { TerraformRoot } from "../support/terraform-root";

type Name =
  | "task"
  | "function"
  | "execution"
  | "execution with ECR"
  | "user"
  | "jobs"
  | "state machines"
  | "schedules"
  | "notebook"
  | "backend";
const ROLES: Readonly<Record<Name, string>> = {
  task: "metaflow-metadata-ecs-task-prod",
  function: "metaflow-lambda_ecs_execute-prod",
  execution: "metaflow-ecs-execution-prod",
  "execution with ECR": "metaflow-ecs-execution-prod",
  user: "metaflow-metaflow_user-prod",
  jobs: "metaflow-batch-job-prod",
  "state machines": "metaflow-step_functions_role-prod",
  schedules: "metaflow-eventbridge_role-prod",
  notebook: "metaflow-notebook-prod",
  backend: "metaflow-ui-ecs-task-prod",
};
const OF_STACK = [
  "task",
  "function",
  "execution",
  "user",
  "jobs",
  "state machines",
  "schedules",
  "notebook",
  "backend",
] as const;
const VISITED = {
  options: { notebook: {}, ui: { certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1" } },
};
const IMAGE = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/acme/metadata:v2.5.1";
const ADA = "arn:aws:iam::111122223333:user/ada";

const roles = new Map<Name, DeployedRole>();
const role = (name: Name) => roles.get(name) as DeployedRole;
let account = "";
const ids = { subnet1: "", subnet2: "", securityGroup: "" };

interface ShownState {
  readonly values: { readonly root_module: { readonly resources: readonly ShownResource[] } };
}

interface ShownResource {
  readonly type: string;
  readonly name: string;
  readonly values: { readonly id?: string };
}

/** Applies the roles of the stack, their policies, and what these refer to. */
async function applyRoles(root: TerraformRoot, props: MetaflowStackProps, pattern = /./): Promise<void> {
  const { resource } = stackConfiguration(props) as { resource: { aws_iam_role_policy: object } };
  const policies = Object.keys(resource.aws_iam_role_policy).filter((name) => pattern.test(name));
  await root.apply(...policies.map((name) => `-target=aws_iam_role_policy.${name}`));
}

beforeAll(async () => {
  const stack = stackRoot({ variables: { user_role_principals: [ADA] } }, VISITED);
  const withEcr = stackRoot({ variables: { metadata_service_container_image: IMAGE } });
  await Promise.all([applyRoles(stack, VISITED), applyRoles(withEcr, {}, /^execution_role/)]);
  account = stack.account;
  for (const name of OF_STACK) {
    roles.set(name, await DeployedRole.read(account, ROLES[name]));
  }
  roles.set("execution with ECR", await DeployedRole.read(withEcr.account, ROLES["execution with ECR"]));
  const { values } = (await stack.state()) as ShownState;
  const group = values.root_module.resources.find(
    ({ type, name }) => type === "aws_security_group" && /service/.test(name),
  );
  ids.subnet1 = String(await stack.output("subnet1_id"));
  ids.subnet2 = String(await stack.output("subnet2_id"));
  ids.securityGroup = group?.values.id ?? "";
});

/** A call upon something of this account and region: `service:Action`, what comes after the account in its ARN. */
const call = (action: string, resource = "*", context?: Call["context"]): Call => ({
  action,
  resource: resource === "*" ? resource : arn(action, resource),
  context,
});

function arn(action: string, resource: string): string {
  if (resource.startsWith("arn:")) return resource;
  const [service = ""] = action.split(":");
  return `arn:aws:${service}:us-west-2:${account}:${resource}`;
}

/** A case is made in the test, when the account and the ids are known. */
type Case = readonly [what: string, call: () => Call, verdict: Verdict];

const LAMBDA_LOG = "log-group:metaflow-metadata-prod-migration";
const createInterface = (subnet: string, group: string, context?: Call["context"]): Call => ({
  action: "ec2:CreateNetworkInterface",
  resource: [`network-interface/*`, `subnet/${subnet}`, `security-group/${group}`].map((each) => arn("ec2:", each)),
  context,
});
const functionCode = () => ({ "lambda:SourceFunctionArn": arn("lambda:", "function:metaflow-db_migrate-prod") });

describe("the task's role", () => {
  test.each<Case>([
    ["read an artifact", () => call("s3:GetObject", "arn:aws:s3:::metaflow-s3-prod/metaflow/a", SIGNED), "denied"],
    ["list buckets", () => call("s3:ListAllMyBuckets", "*", SIGNED), "denied"],
    ["decrypt", () => call("kms:Decrypt", "key/1"), "denied"],
    ["read the database", () => call("rds:DescribeDBInstances"), "denied"],
    ["read a secret", () => call("secretsmanager:GetSecretValue", "secret:metaflow"), "denied"],
    ["assume another role", () => call("sts:AssumeRole", `arn:aws:iam::${account}:role/x`), "denied"],
    [
      "read by a presigned URL",
      () => call("s3:GetObject", "arn:aws:s3:::b/a", { ...SIGNED, "s3:authType": "REST-QUERY-STRING" }),
      "denied explicitly",
    ],
  ])("may not %s", (_, make, verdict) => {
    expect(role("task").says(make())).toBe(verdict);
  });

  test.each<[string, string, string, Verdict]>([
    ["a task here", "us-west-2", "", "allowed"],
    ["a task in another region", "us-east-1", "", "denied"],
    ["a task in another account", "us-west-2", "444455556666", "denied"],
  ])("is taken on by %s: %s%s: %s", (_, region, other, verdict) => {
    const owner = other || account;
    const context = { "aws:SourceAccount": owner, "aws:SourceArn": `arn:aws:ecs:${region}:${owner}:task/c/1` };
    expect(role("task").admits({ Service: "ecs-tasks.amazonaws.com" }, context)).toBe(verdict);
  });

  test("is taken on by no other service", () => {
    const context = { "aws:SourceAccount": account, "aws:SourceArn": `arn:aws:ecs:us-west-2:${account}:task/c/1` };
    expect(role("task").admits({ Service: "lambda.amazonaws.com" }, context)).toBe("denied");
  });
});

describe("the migration function's role", () => {
  test.each<Case>([
    ["writes its log", () => call("logs:PutLogEvents", `${LAMBDA_LOG}:log-stream:2026/01/01/[$LATEST]0a`), "allowed"],
    ["makes a stream in its log", () => call("logs:CreateLogStream", `${LAMBDA_LOG}:log-stream:a`), "allowed"],
    ["makes its log group, which is there", () => call("logs:CreateLogGroup", `${LAMBDA_LOG}:`), "denied"],
    ["makes another log group", () => call("logs:CreateLogGroup", "log-group:/aws/lambda/other:"), "denied"],
    ["writes another log", () => call("logs:PutLogEvents", "log-group:/aws/lambda/other:log-stream:a"), "denied"],
    ["reads its log", () => call("logs:GetLogEvents", `${LAMBDA_LOG}:log-stream:a`), "denied"],
    ["has an interface in the first subnet", () => createInterface(ids.subnet1, ids.securityGroup), "allowed"],
    ["has an interface in the second subnet", () => createInterface(ids.subnet2, ids.securityGroup), "allowed"],
    ["has an interface in another subnet", () => createInterface("subnet-0other", ids.securityGroup), "denied"],
    ["has another security group", () => createInterface(ids.subnet1, "sg-0other"), "denied"],
    ["describes interfaces", () => call("ec2:DescribeNetworkInterfaces"), "allowed"],
    ["deletes an interface", () => call("ec2:DeleteNetworkInterface", "network-interface/eni-0a1b"), "allowed"],
    [
      "deletes an interface in another region",
      () => call("ec2:DeleteNetworkInterface", `arn:aws:ec2:us-east-1:${account}:network-interface/eni-0a1b`),
      "denied",
    ],
    [
      "lets its code make an interface",
      () => createInterface(ids.subnet1, ids.securityGroup, functionCode()),
      "denied explicitly",
    ],
    [
      "lets its code delete an interface",
      () => call("ec2:DeleteNetworkInterface", "network-interface/eni-0a1b", functionCode()),
      "denied explicitly",
    ],
    ["lets its code look", () => call("ec2:DescribeNetworkInterfaces", "*", functionCode()), "denied explicitly"],
    ["starts a machine", () => call("ec2:RunInstances", "instance/*"), "denied"],
    ["deletes a security group", () => call("ec2:DeleteSecurityGroup", "security-group/sg-1"), "denied"],
    ["reads the datastore", () => call("s3:GetObject", "arn:aws:s3:::metaflow-s3-prod/a", SIGNED), "denied"],
    ["invokes itself", () => call("lambda:InvokeFunction", "function:metaflow-db_migrate-prod"), "denied"],
    ["passes a role", () => call("iam:PassRole", `arn:aws:iam::${account}:role/x`), "denied"],
  ])("%s", (_, make, verdict) => {
    expect(role("function").says(make())).toBe(verdict);
  });

  test.each<[string, Verdict]>([
    ["lambda.amazonaws.com", "allowed"],
    ["ecs-tasks.amazonaws.com", "denied"],
  ])("taken on by %s: %s", (Service, verdict) => {
    expect(role("function").admits({ Service })).toBe(verdict);
  });
});

const SERVICE_LOG = "log-group:metaflow-metadata-prod:log-stream:metadata/metaflow-service-prod/0a1b";
const REPOSITORY = "arn:aws:ecr:eu-west-1:444455556666:repository/acme/metadata";

describe("the execution role", () => {
  test.each<[string, Name, () => Call, Verdict]>([
    ["writes the log", "execution", () => call("logs:PutLogEvents", SERVICE_LOG), "allowed"],
    ["makes a stream in the log", "execution", () => call("logs:CreateLogStream", SERVICE_LOG), "allowed"],
    [
      "makes another stream",
      "execution",
      () => call("logs:CreateLogStream", SERVICE_LOG.replace("metadata/", "x/")),
      "denied",
    ],
    ["writes another log", "execution", () => call("logs:PutLogEvents", "log-group:x:log-stream:metadata/a"), "denied"],
    ["reads the log", "execution", () => call("logs:GetLogEvents", SERVICE_LOG), "denied"],
    ["logs in to ECR for an image elsewhere", "execution", () => call("ecr:GetAuthorizationToken"), "denied"],
    ["pulls from ECR for an image elsewhere", "execution", () => call("ecr:BatchGetImage", REPOSITORY), "denied"],
    ["logs in to ECR", "execution with ECR", () => call("ecr:GetAuthorizationToken"), "allowed"],
    [
      "looks for the image's layers",
      "execution with ECR",
      () => call("ecr:BatchCheckLayerAvailability", REPOSITORY),
      "allowed",
    ],
    ["gets the image", "execution with ECR", () => call("ecr:BatchGetImage", REPOSITORY), "allowed"],
    ["gets a layer", "execution with ECR", () => call("ecr:GetDownloadUrlForLayer", REPOSITORY), "allowed"],
    ["gets another image", "execution with ECR", () => call("ecr:BatchGetImage", `${REPOSITORY}-2`), "denied"],
    ["pushes an image", "execution with ECR", () => call("ecr:PutImage", REPOSITORY), "denied"],
    [
      "reads the datastore",
      "execution",
      () => call("s3:GetObject", "arn:aws:s3:::metaflow-s3-prod/a", SIGNED),
      "denied",
    ],
    ["runs another task", "execution", () => call("ecs:RunTask", "task-definition/x:1"), "denied"],
  ])("%s (%s)", (_, name, make, verdict) => {
    expect(role(name).says(make())).toBe(verdict);
  });
});

test("the stack's user role is for those who are named, and for the stack's bucket", () => {
  const object = (bucket: string) => call("s3:PutObject", `arn:aws:s3:::${bucket}/metaflow/a`, SIGNED);
  expect(role("user").admits({ AWS: ADA })).toBe("allowed");
  expect(role("user").admits({ AWS: `arn:aws:iam::${account}:root` })).toBe("denied");
  expect(role("user").says(object(`metaflow-s3-${account}-us-west-2-prod`))).toBe("allowed");
  expect(role("user").says(object("metaflow-s3-prod"))).toBe("denied");
});

const BATCH = "arn:aws:batch:REGION:ACCOUNT:";
const NOTEBOOK_LOG = "arn:aws:logs:REGION:ACCOUNT:log-group:/aws/sagemaker/NotebookInstances";

/** What is allowed of a resource that is named by a pattern, by role and statement. */
const WILDCARDS: readonly [Name, string, string][] = [
  ["function", "CreateNetInts", "arn:aws:ec2:REGION:ACCOUNT:network-interface/*"],
  ["function", "CreateNetInts", "arn:aws:ec2:REGION:*:subnet/SUBNET1"],
  ["function", "CreateNetInts", "arn:aws:ec2:REGION:*:subnet/SUBNET2"],
  ["function", "DeleteNetInts", "arn:aws:ec2:REGION:ACCOUNT:*/*"],
  ["function", "DescribeNetInts", "*"],
  ["function", "LogEvents", "arn:aws:logs:REGION:ACCOUNT:log-group:metaflow-metadata-prod-migration:*"],
  ["execution", "Log", "arn:aws:logs:REGION:ACCOUNT:log-group:metaflow-metadata-prod:log-stream:metadata/*"],
  ["execution", "Log", "arn:aws:logs:REGION:ACCOUNT:log-group:metaflow-ui-prod:log-stream:ui_*"],
  ["execution with ECR", "Log", "arn:aws:logs:REGION:ACCOUNT:log-group:metaflow-metadata-prod:log-stream:metadata/*"],
  ["execution with ECR", "Login", "*"],
  ["user", "Objects", "arn:aws:s3:::BUCKET/data/*"],
  ["user", "Objects", "arn:aws:s3:::BUCKET/metaflow/*"],
  ["user", "Describe", "*"],
  ["user", "Register", `${BATCH}job-definition/metaflow_*`],
  ["user", "Submit", `${BATCH}job-definition/metaflow_*`],
  ["user", "Tag", `${BATCH}job-definition/metaflow_*`],
  ["user", "Tag", `${BATCH}job/*`],
  ["user", "Terminate", `${BATCH}job/*`],
  ["user", "ListStateMachines", "*"],
  ["user", "StateMachines", "arn:aws:states:REGION:ACCOUNT:stateMachine:metaflow-prod_*"],
  ["user", "Executions", "arn:aws:states:REGION:ACCOUNT:execution:metaflow-prod_*"],
  ["user", "Schedules", "arn:aws:events:REGION:ACCOUNT:rule/metaflow-prod_*"],
  ["jobs", "Objects", "arn:aws:s3:::BUCKET/data/*"],
  ["jobs", "Objects", "arn:aws:s3:::BUCKET/metaflow/*"],
  ["state machines", "Submit", `${BATCH}job-definition/metaflow_*`],
  ["state machines", "Tag", `${BATCH}job-definition/metaflow_*`],
  ["state machines", "Tag", `${BATCH}job/*`],
  ["state machines", "Terminate", `${BATCH}job/*`],
  ["state machines", "Watch", "*"],
  ["state machines", "Objects", "arn:aws:s3:::BUCKET/*"],
  ["state machines", "Start", "arn:aws:states:REGION:ACCOUNT:stateMachine:metaflow-prod_*"],
  ["state machines", "WatchMap", "arn:aws:states:REGION:ACCOUNT:execution:metaflow-prod_*"],
  ["state machines", "Deliver", "*"],
  ["schedules", "Start", "arn:aws:states:REGION:ACCOUNT:stateMachine:metaflow-prod_*"],
  ["notebook", "Objects", "arn:aws:s3:::BUCKET/data/*"],
  ["notebook", "Objects", "arn:aws:s3:::BUCKET/metaflow/*"],
  ["notebook", "Group", `${NOTEBOOK_LOG}:*`],
  ["notebook", "Streams", `${NOTEBOOK_LOG}:log-stream:metaflow-notebook-prod/*`],
  ["backend", "Objects", "arn:aws:s3:::BUCKET/metaflow/*"],
];

test("no statement that allows has a wildcard but these, and the documentation gives a reason for each", () => {
  const found = [...roles].flatMap(([name, { policies }]) =>
    Object.values(policies)
      .flatMap(({ Statement: some }) => some)
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Sid = "", Action, Resource }) => {
        expect(JSON.stringify(Action)).not.toContain("*");
        return [Resource ?? []].flat().map((resource) => [name, Sid, anonymous(resource)] as const);
      })
      .filter(([, , resource]) => resource.includes("*")),
  );
  expect(found.map(String).sort()).toEqual(WILDCARDS.map(String).sort());

  const text = readFileSync(join(project, "docs", "least-privilege.md"), "utf8");
  for (const [, sid] of WILDCARDS) expect(text).toMatch(new RegExp(`\\| (\`\\w+\`, )*\`${sid}\`(, \`\\w+\`)* +\\|`));
});

function anonymous(resource: string): string {
  return resource
    .replace(/metaflow-s3-\d{12}-us-west-2-prod/, "BUCKET")
    .replace("us-west-2", "REGION")
    .replace(/:\d{12}:/, ":ACCOUNT:")
    .replace(ids.subnet1, "SUBNET1")
    .replace(ids.subnet2, "SUBNET2");
}
