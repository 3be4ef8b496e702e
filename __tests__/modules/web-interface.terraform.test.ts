import type { MetaflowOptions } from "../../modules/metaflow";
import type { MetaflowStackProps } from "../../modules/metaflow/stack";
import { emulatedStack, stackRoot } from "../support/app-stack";
import { certificate } from "../support/certificate";
import { ISSUER, OIDC_PROVIDER } from "../support/cluster";
import { NOTEBOOK_CHANGES, UI_CHANGES, type FieldEffect } from "../support/field-changes";
import { askAws, noteCalls, notedCalls, type AwsCall } from "../support/emulated-aws";
import { attributes, secretOf, type Attributes } from "../support/hardened";
import { deployerCall } from "../support/deployer-calls";
import { dependentCalls } from "../support/deployer-dependents";
import { dimensionsOf, problemsOf, titlesOf, TITLES, type DashboardBody } from "../support/dashboard";
import { deployerPolicies } from "../support/deployer-policies";
import { judge, type Call, type Verdict } from "../support/iam";
import { DeployedRole } from "../support/iam-role";
import { MigrationService } from "../support/migration-service";
import { EXPLAINED, findings } from "../support/parliament";
import { SIGNED } from "../support/s3-calls";
import { changesOf, type TerraformRoot } from "../support/terraform-root";

// The web interface with a user pool of the deployment's own, a notebook, a dashboard, an event bus, parameters and a
// role for pods, applied with the database and the service that they need.

type Settings = Pick<MetaflowOptions, "notebook" | "ui">;

const settings = (certificateArn: string) =>
  ({
    notebook: {},
    ui: { certificateArn, domainName: "metaflow.example.com", ownUserPool: true },
  }) satisfies Settings;
const PARAMETERS = "/metaflow/prod";
const props = (options: Settings): MetaflowStackProps => ({
  options: {
    compute: false,
    dashboard: true,
    eventBus: true,
    kubernetes: { oidcProviderArn: OIDC_PROVIDER },
    parameterPath: PARAMETERS,
    ...options,
  },
});

let root: TerraformRoot;
let certificateArn: string;
let migration: MigrationService;
let tasks: DeployedRole;
let execution: DeployedRole;
let notebook: DeployedRole;
let pods: DeployedRole;
let calls: readonly AwsCall[] = [];

beforeAll(async () => {
  const variables = { permissions_boundary_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
  root = stackRoot({ variables }, props({}));
  migration = await MigrationService.start(root.account);
  certificateArn = await certificate(root.account);
  root.write(emulatedStack(props(settings(certificateArn))));
  await noteCalls(root.account);
  await root.apply();
  calls = await notedCalls(root.account);
  notebook = await DeployedRole.read(root.account, "metaflow-notebook-prod");
  pods = await DeployedRole.read(root.account, "metaflow-kubernetes-pod-prod");
  tasks = await DeployedRole.read(root.account, "metaflow-ui-ecs-task-prod");
  execution = await DeployedRole.read(root.account, "metaflow-ecs-execution-prod");
});

afterAll(async () => {
  await migration.stop();
});

test("a second plan is empty", async () => {
  expect(changesOf(await root.plan())).toEqual([]);
});

describe("another value of a field", () => {
  type Fields = Readonly<Record<string, unknown>>;
  const all = Object.entries<Readonly<Record<string, readonly [unknown, FieldEffect]>>>({
    notebook: NOTEBOOK_CHANGES,
    ui: UI_CHANGES,
  }).flatMap(([option, changes]) =>
    Object.entries(changes).map(([field, [value, effect]]) => ({ option, field, value, effect })),
  );
  const isHarmless = ({ effect }: (typeof all)[number]) => "destroyed" in effect && effect.destroyed.length === 0;

  afterAll(() => {
    root.write(emulatedStack(props(settings(certificateArn))));
  });

  /** What a plan destroys with other values. */
  async function destroyedBy(changed: readonly (typeof all)[number][]): Promise<string[]> {
    const options: Record<string, Fields> = settings(certificateArn);
    for (const { option, field, value } of changed) options[option] = { ...options[option], [field]: value };
    root.write(emulatedStack(props(options)));
    const { resource_changes: changes = [] } = await root.plan("-refresh=false");
    return changes.filter(({ change }) => change.actions.includes("delete")).map(({ address }) => address);
  }

  test(`of ${String(all.filter(isHarmless).length)} fields changes in place, all in one plan`, async () => {
    expect(await destroyedBy(all.filter(isHarmless))).toEqual([]);
  });

  test.each(all.filter((each) => !isHarmless(each)))("of $field of $option: $value, $effect", async (change) => {
    const destroyed = destroyedBy([change]);
    if ("refused" in change.effect) await expect(destroyed).rejects.toThrow(change.effect.refused);
    else expect((await destroyed).sort()).toEqual(change.effect.destroyed);
  });
});

test("parliament finds no fault in its policies but those that are explained", async () => {
  const { values } = (await root.state()) as {
    values: { root_module: { resources: { address: string; values: { policy?: string } }[] } };
  };
  const policies = values.root_module.resources.flatMap(({ address, values: { policy = "" } }) =>
    /^aws_\w+[.](ui|notebook|execution_role|kubernetes)_/.test(address) && policy !== ""
      ? [[address, policy] as const]
      : [],
  );
  expect(policies.length).toBeGreaterThan(5);
  const found = await findings(policies);
  expect(
    found.filter(([policy, issue]) => !EXPLAINED.some(([name, kind]) => name.test(policy) && kind === issue)),
  ).toEqual([]);
});

test("the load balancer has TLS 1.2 and 1.3 at port 443, and redirects port 80", async () => {
  expect(await attributes(root, "aws_lb_listener.ui_this")).toMatchObject({
    port: 443,
    protocol: "HTTPS",
    ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  });
  expect(await attributes(root, "aws_lb_listener.ui_redirect")).toMatchObject({
    port: 80,
    default_action: [{ type: "redirect", redirect: [{ port: "443", protocol: "HTTPS", status_code: "HTTP_301" }] }],
  });
});

test.each(["aws_lb_listener.ui_this", "aws_lb_listener_rule.ui_ui_backend"])(
  "%s has visitors sign in to the deployment's pool before it lets them through",
  async (address) => {
    const { default_action: ofListener, action: ofRule } = await attributes(root, address);
    const actions = (ofListener ?? ofRule) as { type: string; authenticate_cognito: Attributes[] }[];
    const pool = await attributes(root, "aws_cognito_user_pool.user_pool_this");
    const client = await attributes(root, "aws_cognito_user_pool_client.user_pool_this");
    expect(actions.map(({ type }) => type)).toEqual(["authenticate-cognito", "forward"]);
    expect(actions[0]?.authenticate_cognito).toMatchObject([
      {
        user_pool_arn: pool.arn,
        user_pool_client_id: client.id,
        user_pool_domain: `metaflow-${root.account}-prod`,
      },
    ]);
  },
);

test("the two modules own two clusters", async () => {
  const names = await Promise.all(
    ["aws_ecs_cluster.metadata_service_this", "aws_ecs_cluster.ui_this"].map((address) => attributes(root, address)),
  );
  expect(names.map(({ name }) => name)).toEqual(["metaflow-prod", "metaflow-ui-prod"]);
});

test("the password is in no task definition, and ECS reads the same version of the secret for both", async () => {
  const password = await secretOf(root);
  const [service, backend] = await Promise.all(
    ["metadata_service_this", "ui_ui_backend"].map(async (name) =>
      String((await attributes(root, `aws_ecs_task_definition.${name}`)).container_definitions),
    ),
  );
  expect(password.length).toBeGreaterThan(30);
  expect(backend).not.toContain(password);
  const secrets = (text = "[]") => (JSON.parse(text) as { secrets: unknown }[])[0]?.secrets;
  expect(secrets(backend)).toEqual(secrets(service));
});

test("the profile and the outputs tell where it is", async () => {
  expect(await root.output("METAFLOW_UI_URL")).toBe("https://metaflow.example.com");
  expect(JSON.parse(String(await root.output("metaflow_profile_json")))).toMatchObject({
    METAFLOW_UI_URL: "https://metaflow.example.com",
  });
  expect(await root.output("ui_load_balancer_dns_name")).toBe((await attributes(root, "aws_lb.ui_this")).dns_name);
});

test("the services start after the schema's migration", () => {
  const names = calls.map(({ operation, parameters }) => `${operation} ${String(parameters.serviceName ?? "")}`);
  const position = (name: string) => names.findIndex((each) => each.startsWith(name));
  expect(position("Invoke ")).toBeGreaterThan(0);
  expect(position("CreateService metaflow-ui_backend-prod")).toBeGreaterThan(position("Invoke "));
});

test("the notebook is private, and is told how to reach the service without a key", async () => {
  expect(await attributes(root, "aws_sagemaker_notebook_instance.notebook_this")).toMatchObject({
    direct_internet_access: "Disabled",
    root_access: "Disabled",
    platform_identifier: "notebook-al2-v3",
    instance_metadata_service_configuration: [{ minimum_instance_metadata_service_version: "2" }],
    kms_key_id: (await attributes(root, "aws_kms_key.notebook_this[0]")).arn,
  });
  expect(await root.output("notebook_url")).toBe("https://metaflow-notebook-prod.notebook.us-west-2.sagemaker.aws/lab");
  const { on_start } = await attributes(root, "aws_sagemaker_notebook_instance_lifecycle_configuration.notebook_this");
  expect(String(on_start).length).toBeLessThan(16384);
  const script = Buffer.from(String(on_start), "base64").toString();
  const configuration = JSON.parse(
    /END_OF_CONFIGURATION'\n(.*)\nEND_OF_CONFIGURATION/.exec(script)?.[1] ?? "",
  ) as object;
  expect(configuration).toEqual({
    METAFLOW_DATASTORE_SYSROOT_S3: `s3://${bucket()}/metaflow`,
    METAFLOW_DATATOOLS_S3ROOT: `s3://${bucket()}/data`,
    METAFLOW_DEFAULT_DATASTORE: "s3",
    METAFLOW_DEFAULT_METADATA: "service",
    METAFLOW_SERVICE_INTERNAL_URL: await root.output("METAFLOW_SERVICE_INTERNAL_URL"),
    METAFLOW_SERVICE_URL: await root.output("METAFLOW_SERVICE_INTERNAL_URL"),
    METAFLOW_UI_URL: "https://metaflow.example.com",
  });
  expect(script).not.toContain(await root.output("METAFLOW_SERVICE_AUTH_KEY"));
});

describe("the dashboard", () => {
  test("has the structure that CloudWatch documents, and shows what is deployed", async () => {
    const { dashboard_name: name, dashboard_body: body } = await attributes(
      root,
      "aws_cloudwatch_dashboard.dashboard_this",
    );
    const dashboard = JSON.parse(String(body)) as DashboardBody;
    expect(name).toBe("metaflow-dashboard-prod");
    expect(problemsOf(dashboard)).toEqual([]);
    expect(titlesOf(dashboard)).toEqual(TITLES);
    expect(new Set(dashboard.widgets.map(({ properties }) => properties.region))).toEqual(new Set(["us-west-2"]));
    const [service, targets, apiStage] = await Promise.all(
      ["aws_ecs_service", "aws_lb_target_group", "aws_api_gateway_stage"].map((type) =>
        attributes(root, `${type}.metadata_service_this`),
      ),
    );
    const balancer = await attributes(root, "aws_lb.metadata_service_this");
    expect(dimensionsOf(dashboard)).toEqual({
      "AWS/ApiGateway": { ApiName: "metaflow-api-prod", Stage: apiStage?.stage_name },
      "AWS/ECS": { ClusterName: "metaflow-prod", ServiceName: service?.name },
      "AWS/Lambda": { FunctionName: "metaflow-db_migrate-prod" },
      "AWS/NetworkELB": { LoadBalancer: balancer.arn_suffix, TargetGroup: targets?.arn_suffix },
      "AWS/RDS": { DBInstanceIdentifier: "metaflow-metaflow-prod" },
      "AWS/S3": { BucketName: bucket(), StorageType: "AllStorageTypes" },
    });
  });

  test("has a page in the AWS console", async () => {
    expect(await root.output("dashboard_url")).toBe(
      "https://console.aws.amazon.com/cloudwatch/home?region=us-west-2#dashboards/dashboard/metaflow-dashboard-prod",
    );
  });
});

describe("Systems Manager", () => {
  interface Parameter {
    readonly Name: string;
    readonly Type: string;
    readonly Value: string;
  }

  /** The parameters, as a client reads them. */
  async function parameters(WithDecryption: boolean): Promise<readonly Parameter[]> {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.GetParametersByPath" };
    const asked = JSON.stringify({ Path: PARAMETERS, WithDecryption });
    const { body } = await askAws({ service: "ssm", account: root.account, headers, body: asked });
    return (JSON.parse(body) as { Parameters: readonly Parameter[] }).Parameters;
  }

  test("has each key of the profile, with its value", async () => {
    const profile = JSON.parse(String(await root.output("metaflow_profile_json"))) as Readonly<Record<string, string>>;
    const found = (await parameters(true)).map(({ Name, Value }) => [Name, Value] as const);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(profile).map(([key, value]) => [`${PARAMETERS}/${key}`, value])),
    );
    expect(found).toHaveLength(10);
  });

  test("encrypts the API key, and nothing else", async () => {
    const name = `${PARAMETERS}/METAFLOW_SERVICE_AUTH_KEY`;
    const key = await root.output("METAFLOW_SERVICE_AUTH_KEY");
    const secret = (every: readonly Parameter[]) =>
      every.filter(({ Type }) => Type !== "String").map(({ Name, Type, Value }) => [Name, Type, Value === key]);
    expect(secret(await parameters(true))).toEqual([[name, "SecureString", true]]);
    expect(secret(await parameters(false))).toEqual([[name, "SecureString", false]]);
    expect(String(key).length).toBeGreaterThan(20);
    expect(await attributes(root, "aws_ssm_parameter.parameters_service_auth_key[0]")).toMatchObject({
      key_id: "alias/aws/ssm",
      tags_all: { "metaflow-deployment": "metaflow-/-prod" },
      tier: "Standard",
    });
  });
});

test("the event bus is the deployment's own", async () => {
  expect(await root.output("event_bus_name")).toBe("metaflow-events-prod");
  expect(await attributes(root, "aws_cloudwatch_event_bus.event_bus_this")).toMatchObject({
    arn: arn("events", "event-bus/metaflow-events-prod"),
    tags_all: { "metaflow-deployment": "metaflow-/-prod" },
  });
});

/** Who the pods of flows are. */
const POD = "system:serviceaccount:default:metaflow";

const bucket = () => `metaflow-s3-${root.account}-us-west-2-prod`;
const s3 = (action: string, object: string): Call => ({
  action: `s3:${action}`,
  resource: `arn:aws:s3:::${object}`,
  context: SIGNED,
});
const arn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:${root.account}:${resource}`;

/** A case is made in the test, when the account is known. */
type Case = readonly [who: string, what: string, call: () => Call | Promise<Call>, verdict: Verdict];

const decrypt = async (service: string): Promise<Call> => ({
  action: "kms:Decrypt",
  resource: String((await attributes(root, "aws_kms_key.datastore_s3")).arn),
  context: { "kms:ViaService": `${service}.us-west-2.amazonaws.com` },
});
const log = (stream: string): Call => ({
  action: "logs:PutLogEvents",
  resource: arn("logs", `log-group:metaflow-ui-prod:log-stream:${stream}`),
});

const of = (action: string, name: string): Call => ({
  action: `sagemaker:${action}`,
  resource: arn("sagemaker", `notebook-instance/${name}`),
});
const notebookLog = (stream: string): Call => ({
  action: "logs:PutLogEvents",
  resource: arn("logs", `log-group:/aws/sagemaker/NotebookInstances:log-stream:${stream}`),
});

test.each<Case>([
  ["backend", "reads an artifact", () => s3("GetObject", `${bucket()}/metaflow/F/data/5e/5e1f`), "allowed"],
  ["backend", "lists the bucket", () => s3("ListBucket", bucket()), "allowed"],
  ["backend", "has S3 decrypt", () => decrypt("s3"), "allowed"],
  ["backend", "decrypts itself", () => decrypt("secretsmanager"), "denied"],
  ["backend", "reads data of flows", () => s3("GetObject", `${bucket()}/data/in.csv`), "denied"],
  ["backend", "writes an artifact", () => s3("PutObject", `${bucket()}/metaflow/F/data/5e/5e1f`), "denied"],
  [
    "backend",
    "reads by a presigned URL",
    () => ({ ...s3("GetObject", `${bucket()}/metaflow/x`), context: { "s3:authType": "REST-QUERY-STRING" } }),
    "denied explicitly",
  ],
  [
    "backend",
    "reads the password",
    () => ({ action: "secretsmanager:GetSecretValue", resource: arn("secretsmanager", "secret:metaflow-x") }),
    "denied",
  ],
  ["ECS", "writes the backend's log", () => log("ui_backend/metaflow-ui_backend-prod/0a1b"), "allowed"],
  ["ECS", "writes the frontend's log", () => log("ui_static/metaflow-ui_static-prod/0a1b"), "allowed"],
  ["ECS", "writes another stream", () => log("other/1"), "denied"],
  ["notebook", "reads an artifact", () => s3("GetObject", `${bucket()}/metaflow/F/data/5e/5e1f`), "allowed"],
  ["notebook", "reads data of flows", () => s3("GetObject", `${bucket()}/data/in.csv`), "allowed"],
  ["notebook", "lists the bucket", () => s3("ListBucket", bucket()), "allowed"],
  ["notebook", "has S3 decrypt", () => decrypt("s3"), "allowed"],
  ["notebook", "writes an artifact", () => s3("PutObject", `${bucket()}/metaflow/x`), "denied"],
  ["notebook", "deletes data", () => s3("DeleteObject", `${bucket()}/data/x`), "denied"],
  ["notebook", "reads another bucket", () => s3("GetObject", "acme/metaflow/x"), "denied"],
  ["notebook", "stops itself", () => of("StopNotebookInstance", "metaflow-notebook-prod"), "allowed"],
  ["notebook", "stops another one", () => of("StopNotebookInstance", "other"), "denied"],
  ["notebook", "deletes itself", () => of("DeleteNotebookInstance", "metaflow-notebook-prod"), "denied"],
  ["notebook", "writes its log", () => notebookLog("metaflow-notebook-prod/jupyter.log"), "allowed"],
  ["notebook", "writes another one's log", () => notebookLog("other/jupyter.log"), "denied"],
  [
    "notebook",
    "reads the API key",
    () => ({ action: "apigateway:GET", resource: "arn:aws:apigateway:us-west-2::/apikeys/a1b2c3" }),
    "denied",
  ],
  [
    "notebook",
    "passes a role",
    () => ({ action: "iam:PassRole", resource: `arn:aws:iam::${root.account}:role/metaflow-notebook-prod` }),
    "denied",
  ],
  ["pod", "reads an artifact", () => s3("GetObject", `${bucket()}/metaflow/F/data/5e/5e1f`), "allowed"],
  ["pod", "writes an artifact", () => s3("PutObject", `${bucket()}/metaflow/F/data/5e/5e1f`), "allowed"],
  ["pod", "writes data of flows", () => s3("PutObject", `${bucket()}/data/out.csv`), "allowed"],
  ["pod", "lists the bucket", () => s3("ListBucket", bucket()), "allowed"],
  ["pod", "has S3 decrypt", () => decrypt("s3"), "allowed"],
  ["pod", "decrypts itself", () => decrypt("secretsmanager"), "denied"],
  ["pod", "writes to another folder", () => s3("PutObject", `${bucket()}/other/x`), "denied"],
  [
    "pod",
    "writes to a table",
    () => ({ action: "dynamodb:PutItem", resource: arn("dynamodb", "table/metaflow-step_functions_state-prod") }),
    "denied",
  ],
])("%s %s: %s", async (who, _what, make, verdict) => {
  const roles: Readonly<Record<string, DeployedRole>> = { ECS: execution, backend: tasks, notebook, pod: pods };
  expect(roles[who]?.says(await make())).toBe(verdict);
});

test("the backend's role is taken on by the tasks of this account alone, and the frontend has none", async () => {
  const Service = "ecs-tasks.amazonaws.com";
  const as = (account: string) =>
    tasks.admits(
      { Service },
      { "aws:SourceAccount": account, "aws:SourceArn": `arn:aws:ecs:us-west-2:${account}:task/x` },
    );
  expect([as(root.account), as("444455556666")]).toEqual(["allowed", "denied"]);
  expect((await attributes(root, "aws_ecs_task_definition.ui_ui_static")).task_role_arn).toBe("");
});

test.each<[what: string, claims: Readonly<Record<string, string>>, provider: string, verdict: Verdict]>([
  ["the service account", {}, OIDC_PROVIDER, "allowed"],
  ["another one", { sub: "system:serviceaccount:default:default" }, OIDC_PROVIDER, "denied"],
  ["that of another namespace", { sub: "system:serviceaccount:flows:metaflow" }, OIDC_PROVIDER, "denied"],
  ["one whose token is for another service", { aud: "kubernetes.default.svc" }, OIDC_PROVIDER, "denied"],
  ["one of another cluster", {}, `${OIDC_PROVIDER}0`, "denied"],
])("%s takes on the pods' role: %s", (_, { aud = "sts.amazonaws.com", sub = POD }, Federated, verdict) => {
  const claims = { [`${ISSUER}:aud`]: aud, [`${ISSUER}:sub`]: sub };
  expect(pods.admits({ Federated }, claims, "sts:AssumeRoleWithWebIdentity")).toBe(verdict);
  expect(pods.admits({ Federated }, claims)).toBe("denied");
});

describe("docs/deployer-policy.md", () => {
  const deployment = () => ({
    account: root.account,
    region: "us-west-2",
    tag: "metaflow-/-prod",
    boundary: "arn:aws:iam::123456789012:policy/metaflow-boundary",
  });
  const asked = () =>
    calls.flatMap((call) => [deployerCall(call, deployment()), ...dependentCalls(call, deployment())]);

  beforeAll(async () => {
    await root.apply("-var=deletion_protection=false");
    await root.destroy("-var=deletion_protection=false");
    // Parameters are read by their path in the tests above, by no deployer.
    calls = (await notedCalls(root.account)).filter(({ operation }) => operation !== "GetParametersByPath");
  });

  test("allows each call of an apply, a change and a destroy", () => {
    const policies = deployerPolicies(root.account, true);
    const refused = asked().filter((call) => judge(policies, call) !== "allowed");
    const name = ({ action, resource = "*" }: Call) => `${action} on ${String(resource)}`;
    expect([...new Set(refused.map(name))]).toEqual([]);
    expect(calls.length).toBeGreaterThan(500);
  });

  test("the policy of the web interface, the notebook and other options grants no action that none of them needs", () => {
    const [own] = deployerPolicies(root.account, true).slice(-1);
    const granted = [own?.Statement ?? []].flat().flatMap(({ Action: some = [] }) => some);
    const unused = granted.filter((Action) => {
      const alone = { Statement: { Effect: "Allow" as const, Action, Resource: "*" } };
      return !asked().some((call) => judge([alone], call) === "allowed");
    });
    // Those are of changes of settings.
    expect(unused).toEqual([
      "sagemaker:StartNotebookInstance",
      "sagemaker:UpdateNotebookInstance",
      "sagemaker:UpdateNotebookInstanceLifecycleConfig",
    ]);
    expect(JSON.stringify(own).length).toBeLessThanOrEqual(6144);
  });
});
