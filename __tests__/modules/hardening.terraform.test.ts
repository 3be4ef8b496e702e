import type { MetaflowOptions } from "../../modules/metaflow";
import { emulatedStack, stackRoot } from "../support/app-stack";
import { attributes, DATABASE, secretOf, TASK, type Attributes } from "../support/hardened";
import { MigrationService } from "../support/migration-service";
import type { Plan, TerraformRoot } from "../support/terraform-root";

/** The stack as its Terraform modules would deploy it: everything that goes beyond them is turned off. */
const PLAIN_OPTIONS: MetaflowOptions = {
  compute: false,
  copyTagsToSnapshots: false,
  crossZone: false,
  databasePasswordMode: "environment",
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
    const open = ["-var=api_basic_auth=false", "-var=open_api=true"];
    const plan = await root().plan(...open);
    expect(actions(plan)).toMatchObject({
      [deployment]: "create+delete",
      "aws_api_gateway_stage.metadata_service_this": "update",
    });
    await root().run(["apply", "-no-color", "plan"]);
    const after = (await attributes(root(), deployment)).id;
    expect(after).not.toBe(before);
    expect((await attributes(root(), "aws_api_gateway_stage.metadata_service_this")).deployment_id).toBe(after);
    expect(await root().changes(...open)).toEqual([]);
    await root().apply();
  });

  test("a list of addresses that comes or goes reaches the deployment that is made after it", async () => {
    const deployment = "aws_api_gateway_deployment.metadata_service_this";
    const restApiPolicy = "aws_api_gateway_rest_api_policy.metadata_service_this[0]";
    const listed = '-var=access_list_cidr_blocks=["198.51.100.0/24"]';
    for (const [args, says] of [
      [[listed], /198\.51\.100\.0.*"Deny"/],
      [[], /^(?!.*Deny)/],
    ] as const) {
      const plan = await root().plan(...args);
      expect(actions(plan)).toMatchObject({ [restApiPolicy]: "update", [deployment]: "create+delete" });
      await root().run(["apply", "-no-color", "plan"]);
      expect((await attributes(root(), restApiPolicy)).policy).toMatch(says);
    }
  });

  test("an image that does not start fails the apply, and is not taken for migrated", async () => {
    const service = life.service as MigrationService;
    const image = (tag: string) => `-var=metadata_service_container_image=registry.example/metadata:${tag}`;
    Object.assign(service, { isUpToDate: false, upgrades: 0 });
    await expect(root().apply(image("does-not-start"))).rejects.toThrow(/did not start, and ECS went back/);
    expect(service.upgrades).toBe(0);
    await root().apply(image("1"));
    expect(service.upgrades).toBe(1);
    expect(await root().changes(image("1"))).toEqual([]);
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
