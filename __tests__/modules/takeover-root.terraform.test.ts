import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rootContract } from "../../modules/root/contract";
import { terraformName, type Input } from "../../lib/contract/contract";
import type { MetaflowStackProps } from "../../modules/metaflow/stack";
import { emulatedStack } from "../support/app-stack";
import { project } from "../support/app-folder";
import { guideBlocks } from "../support/guide";
import { terraformRoot, type Plan, type ResourceChange } from "../support/terraform-root";

// docs/migrate-from-root.md, with the state that the reference's root module left.

const folder = join(project, "__tests__", "fixtures", "parity", "takeover", "reference-root");
const CALL = "module.metaflow";
const guide = guideBlocks("docs/migrate-from-root.md");

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

const recorded = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8")) as unknown;

function blockOf(file: string): string {
  return guide.get("Configure the app")?.find((block) => block.file?.endsWith(file))?.text ?? "";
}

/** The settings of the guide, with the values that the recorded root gives and those of its state. */
const GUIDE = JSON.parse(blockOf(".tfvars.json")) as Record<string, unknown>;

function settings(): Record<string, unknown> {
  const { module } = recorded("root.tf.json") as { module: { metaflow: Record<string, unknown> } };
  const { resources } = recorded("state.json") as State;
  const attribute = (type: string, name: string, key: string) =>
    resources.find((its) => its.type === type && its.name === name)?.instances[0]?.attributes[key];
  const { metaflow: given } = module;
  return {
    ...GUIDE,
    ...Object.fromEntries(Object.entries(given).filter(([name]) => name in GUIDE)),
    db_parameters: given.db_parameters,
    resource_prefix: "metaflow-",
    resource_suffix: `-${String(given.resource_suffix)}`,
    s3_bucket_name: attribute("aws_s3_bucket", "this", "bucket"),
    standard_tags: given.tags,
    subnet1_id: attribute("aws_subnet", "a", "id"),
    subnet2_id: attribute("aws_subnet", "b", "id"),
    vpc_id: attribute("aws_vpc", "this", "id"),
  };
}

/** The app in the place of the recorded root, by the guide's steps. */
async function taken(changed: MetaflowStackProps["options"] = {}, others: Record<string, unknown> = {}) {
  const { context } = JSON.parse(`{${blockOf("cdktf.json")}}`) as { context: MetaflowStackProps };
  const { movedFrom, options } = context;
  const files = { "hcl.tfstate": readFileSync(join(folder, "state.json"), "utf8") };
  const variables = { ...settings(), ...others };
  const stack = emulatedStack({ movedFrom, options: { ...options, ...changed } });
  const root = terraformRoot(stack, { account: "123456789012", variables, files });
  await root.run(["state", "mv", "-state=hcl.tfstate", "-state-out=terraform.tfstate", CALL, CALL]);
  return root;
}

describe("the state of the reference's root module, taken over by the app", () => {
  let plan: Plan;
  let before: readonly string[] = [];
  const changes = () => (plan.resource_changes ?? []).filter(({ mode }) => mode === "managed");
  const has = ({ change }: ResourceChange, action: string) => change.actions.some((each) => each === action);

  beforeAll(async () => {
    const root = await taken();
    before = (await root.addresses()).filter((address) => !address.includes(".data."));
    plan = await root.plan("-refresh=false");
  });

  test("nothing goes and nothing is replaced but what the guide says", () => {
    const gone = changes()
      .filter((each) => has(each, "delete"))
      .map((each) => `  # ${each.address} ${has(each, "create") ? "must be replaced" : "will be destroyed"}`);
    const { expected = "" } = guide.get("Plan")?.find(({ text }) => text.includes("show -no-color")) ?? {};
    expect(`${gone.sort().join("\n")}\n`).toBe(expected);
  });

  test.each([
    ["aws_api_gateway_api_key.metadata_service_this[0]", "value"],
    ["aws_api_gateway_rest_api.metadata_service_this", "id"],
    ["aws_batch_job_queue.compute_this", "name"],
    ["aws_db_instance.datastore_this[0]", "identifier"],
    ["aws_dynamodb_table.step_functions_step_functions_state_table[0]", "name"],
    ["aws_ecr_repository.batch_image[0]", "name"],
    ["aws_kms_key.datastore_rds", "id"],
    ["aws_kms_key.datastore_s3", "id"],
    ["aws_lb.metadata_service_this", "name"],
    ["aws_lb.ui_this", "name"],
    ["aws_s3_bucket.datastore_this", "bucket"],
    ["random_password.datastore_this", "result"],
  ])("%s stays, with its %s", (address, attribute) => {
    const found = changes().find((each) => each.address === address);
    expect(found?.previous_address).toMatch(/^module[.]metaflow[.]/);
    expect([["no-op"], ["update"]]).toContainEqual(found?.change.actions);
    expect(found?.change.after?.[attribute]).toEqual(found?.change.before?.[attribute]);
    expect(found?.change.before?.[attribute]).toBeTruthy();
  });

  test("the web interface's cluster is forgotten: it is the metadata service's, which stays", () => {
    const forgotten = changes().filter((each) => has(each, "forget"));
    expect(forgotten.map(({ address }) => address)).toEqual([`${CALL}.module.metaflow-ui.aws_ecs_cluster.this`]);
    const kept = changes().find(({ address }) => address === "aws_ecs_cluster.metadata_service_this");
    expect(kept?.change.before?.name).toBe(forgotten[0]?.change.before?.name);
    expect(kept?.change.actions).not.toContain("delete");
  });

  test("every resource of the module is moved, destroyed or forgotten", () => {
    const found = changes().flatMap(({ address, previous_address: from = address }) => from);
    expect(before.filter((address) => !found.includes(address))).toEqual([]);
    expect(before.length).toBeGreaterThan(90);
  });

  test("no policy that goes has the role and the name of one that stays: AWS would take the latter", () => {
    const key = (values: Record<string, unknown> | null) => `${String(values?.role)} ${String(values?.name)}`;
    const policies = changes().filter(({ address }) => /\baws_iam_role_policy[.]/.test(address));
    const [gone, others] = [true, false].map((wanted) =>
      policies.filter((each) => (has(each, "delete") && !has(each, "create")) === wanted),
    );
    const staying = new Set(others?.map(({ change }) => key(change.after ?? change.before)));
    expect(gone?.map(({ change }) => key(change.before)).filter((each) => staying.has(each))).toEqual([]);
    expect(gone?.length).toBeGreaterThan(5);
  });
});

test.each([
  ["enable_step_functions", "aws_dynamodb_table.step_functions_step_functions_state_table[0]"],
  ["enable_custom_batch_container_registry", "aws_ecr_repository.batch_image[0]"],
])("what %s = false would destroy is refused", async (name, address) => {
  const root = await taken({}, { [name]: false });
  await root.init();
  const { stderr } = await root.run(["plan", "-no-color", "-refresh=false"], [1]);
  expect(stderr.replaceAll(/\s+/g, " ")).toContain(`Resource ${address} has lifecycle.prevent_destroy set`);
});

test("the guide's settings that are not of a place have the root module's defaults", () => {
  const ofPlace = /^(aws_region|resource_|s3_bucket_name|standard_tags|subnet|vpc_)/;
  const defaults = Object.fromEntries(
    Object.entries<Input>(rootContract.inputs).map(([name, input]) => [terraformName(name), input.default]),
  );
  const named = Object.entries(GUIDE).filter(([name]) => !ofPlace.test(name) && defaults[name] !== undefined);
  expect(named.length).toBeGreaterThan(2);
  expect(Object.fromEntries(named)).toEqual(Object.fromEntries(named.map(([name]) => [name, defaults[name]])));
});
