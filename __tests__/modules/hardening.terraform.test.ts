import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTargets } from "../../lib/local/emulator";
import type { MetaflowOptions } from "../../modules/metaflow";
import { emulatedStack, stackRoot } from "../support/app-stack";
import { askAws, emulatedAws } from "../support/emulated-aws";
import type { Plan, TerraformRoot } from "../support/terraform-root";

/** The stack as its Terraform modules would deploy it: everything that goes beyond them is turned off. */
const PLAIN_OPTIONS: MetaflowOptions = {
  copyTagsToSnapshots: false,
  crossZone: false,
  databasePassword: "environment",
  deadLetterQueue: false,
  encryptLogs: false,
  iamAuthentication: false,
  redeployApi: false,
  requireTls: false,
  restrictEgress: false,
  tracing: false,
  validateRequests: false,
  waitForSteadyState: false,
};
const PLAIN_VARIABLES = {
  api_access_logs: false,
  backup_retention_days: 0,
  bucket_events: false,
  bucket_versioning: false,
  deletion_protection: false,
  flow_logs: false,
  key_rotation: false,
  log_retention_days: 0,
  migrate_automatically: false,
  monitoring_interval: 0,
  performance_insights: false,
};

/** What must outlive every change: what it holds cannot be had back, or its address is known to others. */
const KEPT =
  /^aws_(db_instance|db_subnet_group|kms_key|lb|rds_cluster|s3_bucket|api_gateway_rest_api|api_gateway_api_key)\./;
const KEPT_TOO = /^(random_password|random_pet)\./;

type Attributes = Readonly<Record<string, unknown>>;

/** The attributes of a resource in the state. */
async function attributes(root: TerraformRoot, address: string): Promise<Attributes> {
  const state = (await root.state()) as {
    values: { root_module: { resources: { address: string; values: Attributes }[] } };
  };
  const found = state.values.root_module.resources.find((resource) => resource.address === address);
  if (!found) throw new Error(`${address} is not in the state`);
  return found.values;
}

function lost(plan: Plan): string[] {
  const all = plan.resource_changes ?? [];
  return all
    .filter(
      ({ address, change }) => change.actions.includes("delete") && (KEPT.test(address) || KEPT_TOO.test(address)),
    )
    .map(({ address, change }) => `${address}: ${change.actions.join("+")}`);
}

const actions = (plan: Plan) =>
  Object.fromEntries((plan.resource_changes ?? []).map(({ address, change }) => [address, change.actions.join("+")]));

/** The migration service of a metadata service, which counts its upgrades. */
class MigrationService {
  public upgrades = 0;
  public isUpToDate = true;
  public failure?: string;
  private constructor(private readonly server: Server) {}

  public static async start(account: string): Promise<MigrationService> {
    const server = createServer((request, response) => {
      if (request.method === "PATCH" && request.url === "/upgrade") {
        service.upgrades += 1;
        response.statusCode = service.failure === undefined ? 200 : 500;
        service.isUpToDate = service.failure === undefined;
        response.end(service.failure ?? "upgrade success");
      } else {
        const status = { is_up_to_date: service.isUpToDate, current_version: "1", migration_in_progress: false };
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ ...status, db_schema_versions: ["1"], unapplied_migrations: [] }));
      }
    });
    const service = new MigrationService(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await setTargets(emulatedAws(), account, { "8082": `http://127.0.0.1:${String(port)}` });
    return service;
  }

  public async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function secretOf(root: TerraformRoot): Promise<string> {
  const { body } = await askAws({
    service: "secretsmanager",
    account: root.account,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "secretsmanager.GetSecretValue" },
    body: JSON.stringify({ SecretId: "metaflow-database-password-prod" }),
  });
  return (JSON.parse(body) as { SecretString: string }).SecretString;
}

const TASK = "aws_ecs_task_definition.metadata_service_this";
const DATABASE = "aws_db_instance.datastore_this[0]";

describe("a deployment as the Terraform modules have it, and what becomes of it", () => {
  const root = () => life.root as TerraformRoot;
  const life: { root?: TerraformRoot; before?: Attributes; service?: MigrationService } = {};

  beforeAll(async () => {
    life.root = stackRoot({}, { options: PLAIN_OPTIONS });
    life.service = await MigrationService.start(life.root.account);
    const variables = Object.entries(PLAIN_VARIABLES).map(([name, value]) => `-var=${name}=${String(value)}`);
    await life.root.apply(...variables, "-var=force_destroy_s3_bucket=true");
    life.before = await attributes(life.root, DATABASE);
    life.root.write(emulatedStack());
  });

  afterAll(async () => {
    const off = ["-var=force_destroy_s3_bucket=true", "-var=deletion_protection=false"];
    await life.root?.apply(...off);
    await life.root?.destroy(...off);
    await life.service?.stop();
  });

  test("every protection comes to it without a loss", async () => {
    const plan = await root().plan();
    expect(lost(plan)).toEqual([]);
    expect(plan.resource_changes?.filter(({ change }) => change.actions.join() !== "no-op").length).toBeGreaterThan(30);
    await root().run(["apply", "-no-color", "plan"]);
    expect(await root().changes()).toEqual([]);
    const after = await attributes(root(), DATABASE);
    expect(after).toMatchObject({
      resource_id: life.before?.resource_id,
      password: life.before?.password,
      deletion_protection: true,
      backup_retention_period: 14,
      iam_database_authentication_enabled: true,
      performance_insights_enabled: true,
      monitoring_interval: 60,
      copy_tags_to_snapshot: true,
    });
  });

  test("the task definition holds the password no more, and the service reads the secret that does", async () => {
    const definitions = String((await attributes(root(), TASK)).container_definitions);
    const { password } = await attributes(root(), DATABASE);
    expect(String(password)).toHaveLength(64);
    expect(await secretOf(root())).toBe(password);
    expect(definitions).not.toContain(String(password));
    expect(definitions).not.toContain(JSON.stringify(password).slice(1, -1));
    expect(definitions).toMatch(/"secrets":\[\{"name":"MF_METADATA_DB_PSWD","valueFrom":"arn:aws:secretsmanager:/);
  });

  test("the API is deployed anew when it changes: first the new deployment, then the stage, then the old one goes", async () => {
    const deployment = "aws_api_gateway_deployment.metadata_service_this";
    const [before] = [(await attributes(root(), deployment)).id];
    const open = "-var=api_basic_auth=false";
    const plan = await root().plan(open);
    expect(actions(plan)).toMatchObject({
      [deployment]: "create+delete",
      "aws_api_gateway_stage.metadata_service_this": "update",
    });
    await root().run(["apply", "-no-color", "plan"]);
    const after = (await attributes(root(), deployment)).id;
    expect(after).not.toBe(before);
    expect((await attributes(root(), "aws_api_gateway_stage.metadata_service_this")).deployment_id).toBe(after);
    expect(await root().changes(open)).toEqual([]);
    await root().apply();
  });

  test("a new image is migrated by the apply that brings it, once", async () => {
    const service = life.service as MigrationService;
    const image = "-var=metadata_service_container_image=registry.example/metadata:2";
    Object.assign(service, { isUpToDate: false, upgrades: 0 });
    await root().apply(image);
    expect(service.upgrades).toBe(1);
    service.isUpToDate = false;
    expect(await root().changes(image)).toEqual([]);
    await root().apply(image);
    expect(service.upgrades).toBe(1);
  });

  test("a migration that fails fails the apply with its message, and the next apply tries again", async () => {
    const service = life.service as MigrationService;
    const image = "-var=metadata_service_container_image=registry.example/metadata:3";
    Object.assign(service, { isUpToDate: false, failure: "upgrade failed: no such column", upgrades: 0 });
    await expect(root().apply(image)).rejects.toThrow(/PATCH .*\/upgrade: HTTP 500: upgrade failed: no such column/);
    expect(service.upgrades).toBe(1);
    service.failure = undefined;
    await root().apply(image);
    expect(service.upgrades).toBe(2);
    expect(await root().changes(image)).toEqual([]);
    Object.assign(service, { isUpToDate: true });
  });

  test("another password reaches the database, the secret and new tasks in one apply", async () => {
    const [before, definitions] = [await secretOf(root()), (await attributes(root(), TASK)).container_definitions];
    const version = "-var=database_password_version=2";
    const plan = await root().plan(version);
    expect(lost(plan)).toEqual(["random_password.datastore_this: delete+create"]);
    expect(actions(plan)).toMatchObject({ [DATABASE]: "update" });
    await root().run(["apply", "-no-color", "plan"]);
    const after = await secretOf(root());
    expect(after).not.toBe(before);
    expect(await attributes(root(), DATABASE)).toMatchObject({
      password: after,
      resource_id: life.before?.resource_id,
    });
    expect((await attributes(root(), TASK)).container_definitions).not.toBe(definitions);
    expect(await root().changes(version)).toEqual([]);
  });
});

test("a write-only password is in no state and no plan, and can be rotated", async () => {
  const root = stackRoot({}, { options: { databasePassword: "write-only" } });
  const first = JSON.stringify(await root.plan());
  await root.run(["apply", "-no-color", "plan"]);
  const password = await secretOf(root);
  expect(password).toHaveLength(64);
  expect(password).not.toMatch(/["',./;@\\^`|~\s]/);
  const held = (texts: string[], secret: string) =>
    texts.filter((text) => text.includes(JSON.stringify(secret).slice(1, -1)));
  const again = await root.plan();
  expect(actionsOf(again)).toEqual([]);
  expect(held([first, JSON.stringify(again), JSON.stringify(await root.state())], password)).toEqual([]);
  const definitions = (await attributes(root, TASK)).container_definitions;

  const version = "-var=database_password_version=2";
  await root.apply(version);
  const rotated = await secretOf(root);
  expect(rotated).not.toBe(password);
  expect((await attributes(root, TASK)).container_definitions).not.toBe(definitions);
  expect(await attributes(root, DATABASE)).toMatchObject({ password_wo_version: 2 });
  expect(await root.changes(version)).toEqual([]);
  expect(held([JSON.stringify(await root.state())], rotated)).toEqual([]);
});

const actionsOf = (plan: Plan) =>
  (plan.resource_changes ?? [])
    .filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op")
    .map(({ address, change }) => `${address}: ${change.actions.join("+")}`);
