import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePage } from "../../../tools/emulator/bundle";
import { partOf, READING, PARTS, resources, together } from "../../../tools/emulator/page/topology";
import { ProgressFile } from "../../../tools/local/progress-file";
import { advance, begin, type Progress } from "../../../tools/terraform/progress";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "page-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const event = (type: string, rest: object) => JSON.stringify({ type, ...rest });
const planned = (addr: string, action = "create") =>
  event("planned_change", { change: { resource: { addr }, action } });
const hook = (type: string, addr: string, action = "create") => event(type, { hook: { resource: { addr }, action } });
const after = (...lines: string[]): Progress =>
  lines.reduce((progress, line) => advance(progress, line, 5000).progress, begin(1000));

describe("the diagram", () => {
  test.each([
    ["aws_api_gateway_stage.metadata_service_this", "api"],
    ["aws_iam_role.api_gateway_this[0]", "api"],
    ["aws_cloudwatch_log_group.metadata_service_api[0]", "api"],
    ["aws_lb_listener.metadata_service_db_migrate", "balancer"],
    ["aws_security_group.metadata_service_load_balancer", "balancer"],
    ["aws_ecs_service.metadata_service_this", "service"],
    ["aws_iam_role.execution_role_this", "service"],
    ["aws_appautoscaling_target.metadata_service_this[0]", "service"],
    ["aws_lambda_function.metadata_service_db_migrate_lambda", "migration"],
    ["aws_iam_role_policy.metadata_service_grant_lambda_ecs_vpc", "migration"],
    ["aws_sqs_queue.metadata_service_db_migrate", "migration"],
    ["aws_db_instance.datastore_this[0]", "database"],
    ["aws_rds_cluster.datastore_this[0]", "database"],
    ["aws_secretsmanager_secret.database_password_this", "database"],
    ["aws_security_group.datastore_rds_security_group", "database"],
    ["random_password.datastore_this", "database"],
    ["aws_s3_bucket.datastore_this", "bucket"],
    ["aws_s3_bucket_versioning.datastore_this[0]", "bucket"],
    ["aws_kms_key.datastore_rds", "keys"],
    ["aws_vpc.network_this[0]", "network"],
    ["aws_flow_log.flow_logs_this[0]", "network"],
    ["aws_batch_job_queue.compute_this", "queue"],
    ["aws_launch_template.compute_this", "queue"],
    ["aws_iam_role_policy.job_role_datastore", "queue"],
    ["aws_iam_role.step_functions_step_functions_role[0]", "machines"],
    ["aws_iam_role.step_functions_eventbridge_role[0]", "events"],
    ["aws_dynamodb_table.step_functions_step_functions_state_table[0]", "table"],
    ['module.metaflow.module.datastore["a.b"].aws_s3_bucket.datastore_this', "bucket"],
    ["aws_cloudwatch_event_bus.event_bus_this", "events"],
    ["aws_cloudwatch_dashboard.dashboard_this", "other"],
    ["aws_ssm_parameter.parameters_service_auth_key[0]", "other"],
    ["terraform_data.inputs_this", "other"],
  ])("has %s in its part %s", (address, part) => {
    expect(partOf(address)).toBe(part);
  });

  test("reads every part once", () => {
    expect(READING.map(({ id }) => id).sort()).toEqual(PARTS.map(({ id }) => id).sort());
  });

  test.each([
    [["deployed", "deployed"], "deployed"],
    [["deployed", "waiting", "creating"], "creating"],
    [["creating", "failed", "deployed"], "failed"],
    [[], "deployed"],
  ])("of resources that are %p, the part is %s", (states, state) => {
    expect(together(states)).toBe(state);
  });
});

describe("resources", () => {
  const held = { name: "one", arn: null, reached: null, tainted: false };
  const known = (address: string) => ({ ...held, address, type: address.split(".")[0] ?? "" });
  const shown = (progress: object | null, ...addresses: string[]) =>
    resources(addresses.map(known), progress as Parameters<typeof resources>[1], 9000).map(
      ({ address, state, seconds }) => [address, seconds === undefined ? state : `${state} ${String(seconds)}`],
    );
  const written = (progress: Progress, ending = {}) => ({
    ...progress,
    failures: progress.failed,
    errors: [],
    ...ending,
  });

  test("that are planned wait, and are created, before the state has them", () => {
    const progress = after(
      planned("aws_lb.a"),
      planned("aws_lb.b"),
      planned("aws_lb.c"),
      hook("apply_start", "aws_lb.b"),
    );
    expect(shown(written(progress), "aws_lb.a")).toEqual([
      ["aws_lb.a", "deployed"],
      ["aws_lb.b", "creating 4"],
      ["aws_lb.c", "waiting"],
    ]);
  });

  test("that did not come are missing, or have failed", () => {
    const progress = after(planned("aws_lb.b"), planned("aws_lb.c"), hook("apply_errored", "aws_lb.b"));
    expect(shown(written(progress, { ended: 8000, failed: true }))).toEqual([
      ["aws_lb.b", "failed"],
      ["aws_lb.c", "missing"],
    ]);
  });

  test("that are taken down go with the state", () => {
    const progress = after(
      planned("aws_lb.a", "delete"),
      planned("aws_lb.b", "delete"),
      hook("apply_start", "aws_lb.a", "delete"),
    );
    expect(shown(written(progress), "aws_lb.a")).toEqual([["aws_lb.a", "destroying 4"]]);
  });

  test("are those of the state where Terraform has not run", () => {
    expect(shown(null, "aws_s3_bucket.a", "aws_kms_key.b", "aws_api_gateway_stage.c")).toEqual([
      ["aws_api_gateway_stage.c", "deployed"],
      ["aws_s3_bucket.a", "deployed"],
      ["aws_kms_key.b", "deployed"],
    ]);
  });
});

describe("the files", () => {
  test("of the page load nothing from elsewhere", () => {
    bundlePage(folder);
    expect(readdirSync(folder).sort()).toEqual(["page.css", "page.html", "page.js"]);
    const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    const addresses = text.flatMap((one) => one.match(/\bhttps?:\/\/[\w./-]+|\burl\([^#)][^)]*\)|@import[^;]*/g) ?? []);
    // The names of XML, which nobody loads.
    expect(addresses.filter((one) => !one.startsWith("http://www.w3.org/"))).toEqual([]);
    expect(text.join("").length).toBeLessThan(100_000);
  });

  test("of the page are the same from run to run", () => {
    const built = ["one", "two"].map((name) => {
      bundlePage(join(folder, name));
      return readFileSync(join(folder, name, "page.js"), "utf8");
    });
    expect(built[0]).toBe(built[1]);
    expect(built[0]).not.toContain(process.cwd());
  });

  test("of the progress say how far Terraform is, and how it ended", () => {
    const file = join(folder, "progress.json");
    const written = () => JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const progress = new ProgressFile("apply", 7, file);
    progress.update(after(planned("a.x"), planned("a.y", "replace"), planned("data.z", "read")));
    expect(written()).toMatchObject({
      ...{ command: "apply", pid: 7, began: 1000, done: [] },
      expected: [
        { address: "a.x", action: "create" },
        { address: "a.y", action: "replace" },
      ],
    });
    expect(written()).not.toHaveProperty("ended");
    const failed = after(planned("a.x"), hook("apply_errored", "a.x"), "Error: it does not work");
    // Sooner than the next one is due.
    progress.update(failed);
    expect(written()).toMatchObject({ failures: [] });
    progress.end(failed, 1);
    const errors = ["Error: it does not work"];
    expect(written()).toMatchObject({ failed: true, failures: [{ address: "a.x" }], errors });
    expect(written().ended).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual(["progress.json"]);
  });

  test("of the progress are left out where nothing can be written", () => {
    const progress = new ProgressFile("apply", 7, join(folder, "gone", "progress.json"));
    progress.update(after(planned("a.x")));
    progress.end(after(planned("a.x")), 0);
    expect(readdirSync(folder)).toEqual([]);
  });
});
