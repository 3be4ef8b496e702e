import { readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformName, type Input } from "../../lib/contract/contract";
import { datastoreContract } from "../../modules/datastore/contract";
import { metadataServiceContract } from "../../modules/metadata-service/contract";
import { type MetaflowOptions, type MovedFrom } from "../../modules/metaflow";
import { metaflowContract } from "../../modules/metaflow/contract";
import { OF_CODE } from "../../tools/parity/takeover";
import { emulatedStack } from "../support/app-stack";
import { publishedFiles } from "../support/published";
import { OPTIONS, SWITCHES, takeover } from "../support/takeover-guide";
import { movedState, noteOf, type StateFile } from "../support/takeover-state";
import { terraformRoot, type Plan, type ResourceChange, type TerraformRoot } from "../support/terraform-root";

/** Where a root calls the two modules. */
type Calls = Required<Pick<MovedFrom, "datastore" | "metadataService">>;

/** The account in which the reference was applied. */
const ACCOUNT = "123456789012";

/** How the recorded roots call the two modules. */
const CALLS = { datastore: "module.metaflow-datastore", metadataService: "module.metaflow-metadata-service" };

/**
 * The shapes in which the reference was applied and its state recorded; and how another root could call the modules,
 * to which the states are moved before the app takes them over.
 */
const SHAPES: Record<string, Calls> = {
  defaults: CALLS,
  aurora: {
    datastore: "module.metaflow.module.metaflow-datastore",
    metadataService: "module.metaflow.module.metaflow-metadata-service",
  },
  "parameters-and-names": { datastore: "module.metaflow[0].module.datastore", metadataService: "module.service[1]" },
  "open-with-addresses": {
    datastore: 'module.datastore["prod.eu"]',
    metadataService: 'module.metaflow["prod"].module.service',
  },
};

describe("the reference's state, with the published modules in the reference's place", () => {
  const plans = new Map<string, Plan>();

  beforeAll(async () => {
    await Promise.all(
      Object.keys(SHAPES).map(async (shape) => plans.set(shape, await swapped(shape).plan("-refresh=false"))),
    );
  });

  test.each(Object.keys(SHAPES))("%s: the plan changes nothing but the Lambda's code", (shape) => {
    const changes = changesOf(plans.get(shape));
    expect(changes.map(({ address, actions }) => `${address}: ${actions}`)).toEqual([
      `${CALLS.metadataService}.aws_lambda_function.db_migrate_lambda: update`,
    ]);
    expect(changes[0]?.attributes).toContain("source_code_hash");
    expect(changes[0]?.attributes.filter((name) => !OF_CODE.has(name))).toEqual([]);
  });

  test("a changed input is seen", async () => {
    const root = swapped("defaults", { datastore: { db_instance_type: "db.t4g.large" } });
    const changes = changesOf(await root.plan("-refresh=false"));
    expect(changes).toContainEqual({
      address: `${CALLS.datastore}.aws_db_instance.this[0]`,
      actions: "update",
      attributes: ["instance_class"],
    });
  });
});

describe("the reference's state, taken over by the app", () => {
  const plans = new Map<string, { readonly plan: Plan; readonly before: readonly string[] }>();
  const planOf = (shape: string) => plans.get(shape)?.plan;

  beforeAll(async () => {
    await Promise.all(
      Object.keys(SHAPES).map(async (shape) => {
        const { root, before } = await takenOver(shape, settings(shape));
        plans.set(shape, { plan: await root.plan("-refresh=false"), before });
      }),
    );
  });

  test.each(Object.keys(SHAPES))("%s: every managed resource of the two modules is moved", (shape) => {
    const { plan, before = [] } = plans.get(shape) ?? {};
    const moved = plan?.resource_changes?.flatMap(({ previous_address }) => previous_address ?? []);
    expect(moved?.sort()).toEqual([...before].sort());
    expect(before.length).toBeGreaterThan(35);
  });

  test.each(Object.keys(SHAPES))("%s: the plan changes what the guide says, and nothing else", (shape) => {
    const changes = changesOf(planOf(shape)).map(({ address, actions }) => `${address}: ${actions}`);
    const expected = guideChanges().flatMap((change) => (shape === "aurora" ? ofAurora(change) : change));
    expect(changes.sort()).toEqual(expected.sort());
  });

  test.each(Object.keys(SHAPES))("%s: of the database, only where its logs go is changed", (shape) => {
    const database = changesOf(planOf(shape)).filter(({ address }) => /^aws_(db|rds)_/.test(address));
    // What an upgrade would need is the provider's own note, and the default group's name is the same but on the emulator.
    const notes = new Set(["allow_major_version_upgrade", "parameter_group_name"]);
    expect(database.map(({ attributes }) => attributes.filter((name) => !notes.has(name)))).toEqual([
      ["enabled_cloudwatch_logs_exports"],
    ]);
  });

  test.each(Object.keys(SHAPES))("%s: nothing is replaced but the task's definition", (shape) => {
    const gone = planOf(shape)?.resource_changes?.filter(({ change }) => change.actions.includes("delete")) ?? [];
    expect(gone.map(({ address }) => address)).toEqual(["aws_ecs_task_definition.metadata_service_this"]);
    expect(gone[0]?.change.replace_paths?.flat().sort()).toEqual(["container_definitions", "execution_role_arn"]);
  });

  test.each(["defaults", "aurora"])("%s: all that the app does beyond the modules replaces no more", async (shape) => {
    const { root } = await takenOver(shape, settings(shape, {}), {});
    const { resource_changes: all = [] } = await root.plan("-refresh=false");
    const gone = all.filter(({ change }) => change.actions.includes("delete")).map(({ address }) => address);
    const { metadataService } = SHAPES[shape] as Calls;
    expect(gone.sort()).toEqual([
      "aws_api_gateway_deployment.metadata_service_this",
      "aws_ecs_task_definition.metadata_service_this",
      `${metadataService}.aws_iam_role_policy.grant_custom_s3_batch`,
      `${metadataService}.aws_iam_role_policy.grant_s3_kms`,
    ]);
  });

  test("what a wrong setting would replace or destroy is refused", async () => {
    const { root } = await takenOver("defaults", { ...settings("defaults"), db_engine: "aurora-postgresql" });
    await root.init();
    const { stderr } = await root.run(["plan", "-no-color", "-refresh=false"], [1]);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      "Resource aws_db_instance.datastore_this[0] has lifecycle.prevent_destroy set",
    );
  });

  test("a bucket keeps the name that it has, whatever the settings say", async () => {
    const { s3_bucket_name: name, ...others } = settings("defaults");
    const { root } = await takenOver("defaults", others);
    const plan = await root.plan("-refresh=false");
    const [bucket] = plan.resource_changes?.filter(({ address }) => address === "aws_s3_bucket.datastore_this") ?? [];
    expect(bucket?.change.actions).toEqual(["no-op"]);
    expect(bucket?.change.after?.bucket).toBe(name);
  });
});

describe("what the takeover notes of a load balancer that has no security group", () => {
  const NOTE = "terraform_data.metadata_service_load_balancer_security_group";
  const GROUP = "aws_security_group.metadata_service_metadata_service_security_group";
  let plan: Plan;
  let moved: StateFile;
  const later = (note: object[]) => {
    const files = { "terraform.tfstate": JSON.stringify({ ...moved, resources: [...moved.resources, ...note] }) };
    const variables = settings("defaults");
    return terraformRoot(emulatedStack({ options: OPTIONS }), { account: ACCOUNT, variables, files });
  };

  beforeAll(async () => {
    const { root } = await takenOver("defaults", settings("defaults"));
    plan = await root.plan("-refresh=false");
    moved = movedState(plan, JSON.parse(readFileSync(join(root.folder, "terraform.tfstate"), "utf8")) as StateFile);
  });

  test("is that it has none: its tasks go on admitting the networks", () => {
    const of = (address: string) => plan.resource_changes?.find((each) => each.address === address)?.change;
    expect(of(NOTE)?.after?.input).toEqual({ exists: false });
    expect(of(GROUP)?.actions).toEqual(["no-op"]);
  });

  test("stays when movedFrom goes", async () => {
    const { resource_changes: all = [] } = await later([noteOf(false)]).plan("-refresh=false");
    const change = all.find(({ address }) => address === GROUP)?.change;
    expect(change?.after?.ingress).toEqual(change?.before?.ingress);
    expect(JSON.stringify(change?.after?.ingress)).toContain("10.20.0.0/16");
  });

  test("is asked for where movedFrom went without it", async () => {
    const root = later([]);
    await root.init();
    const { stderr } = await root.run(["plan", "-no-color", "-refresh=false"], [1]);
    expect(stderr.replaceAll(/[\s│]+/g, " ")).toMatch(
      /The load balancer metaflow\S+ has no security group: .* Set movedFrom for one more apply/,
    );
  });
});

const appInputs: Readonly<Record<string, Input | undefined>> = metaflowContract.inputs;

interface Root {
  readonly provider: object;
  readonly module: Record<string, Record<string, unknown>>;
}

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Record<string, unknown> }[];
  }[];
}

function recorded(shape: string, file: string): string {
  return readFileSync(join(__dirname, "..", "fixtures", "parity", "takeover", shape, file), "utf8");
}

/** The recorded root and state, with the published modules. */
function swapped(shape: string, changed: { readonly datastore?: object } = {}): TerraformRoot {
  const { provider, module, ...rest } = JSON.parse(
    recorded(shape, "root.tf.json").replaceAll('"MODULES/', '"./modules/'),
  ) as Root;
  void provider;
  const datastore = { ...module["metaflow-datastore"], ...changed.datastore };
  const files = { ...publishedFiles(), "terraform.tfstate": recorded(shape, "state.json") };
  return terraformRoot(
    { ...rest, module: { ...module, "metaflow-datastore": datastore } },
    { account: ACCOUNT, files },
  );
}

/** The app with the two modules of a recorded state, as the guide takes them from a root that calls them elsewhere. */
async function takenOver(
  shape: string,
  variables: Record<string, unknown>,
  options: MetaflowOptions = OPTIONS,
): Promise<{ root: TerraformRoot; before: string[] }> {
  const movedFrom = SHAPES[shape] as Calls;
  const files = { "hcl.tfstate": recorded(shape, "state.json") };
  const root = terraformRoot(emulatedStack({ movedFrom, options }), { account: ACCOUNT, variables, files });
  for (const name of ["datastore", "metadataService"] as const) {
    const states = ["-state=hcl.tfstate", "-state-out=terraform.tfstate"];
    await root.run(["state", "mv", ...states, CALLS[name], movedFrom[name]]);
  }
  return { root, before: (await root.addresses()).filter((address) => !address.includes(".data.")) };
}

/** The settings that make the app what a recorded root is: what the root gives the modules, or else their defaults. */
function settings(shape: string, others: Record<string, unknown> = SWITCHES): Record<string, unknown> {
  const { module } = JSON.parse(recorded(shape, "root.tf.json")) as Root;
  const { resources } = JSON.parse(recorded(shape, "state.json")) as State;
  const attribute = (type: string, name: string, key: string) =>
    resources.find((its) => its.type === type && its.name === name)?.instances[0]?.attributes[key];
  const values = Object.entries({ datastore: datastoreContract, "metadata-service": metadataServiceContract }).flatMap(
    ([name, contract]) =>
      Object.entries<Input>(contract.inputs)
        .filter(([input]) => input in appInputs)
        .map(([input, { default: its }]) => [
          terraformName(input),
          module[`metaflow-${name}`]?.[terraformName(input)] ?? its,
        ]),
  );
  return {
    ...others,
    ...Object.fromEntries(values),
    s3_bucket_name: attribute("aws_s3_bucket", "this", "bucket"),
    subnet1_id: attribute("aws_subnet", "a", "id"),
    subnet2_id: attribute("aws_subnet", "b", "id"),
    vpc_id: attribute("aws_vpc", "this", "id"),
  };
}

/** What a plan changes, moves aside. */
function changesOf(plan: Plan | undefined): { address: string; actions: string; attributes: string[] }[] {
  const all = plan?.resource_changes?.filter(({ mode, change }) => mode === "managed" && !isNoOp(change)) ?? [];
  return all.map(({ address, change }) => ({
    address,
    actions: change.actions.join("+"),
    attributes: Object.keys({ ...change.before, ...change.after }).filter(
      (key) => JSON.stringify(change.before?.[key]) !== JSON.stringify(change.after?.[key]),
    ),
  }));
}

function isNoOp({ actions }: ResourceChange["change"]): boolean {
  return actions.join() === "no-op";
}

/** The changes that the guide's plan shows. */
function guideChanges(): string[] {
  const { expected = "" } = takeover.find(({ text }) => text.includes("show -no-color")) ?? {};
  return [...expected.matchAll(/^ {2}# (\S+) (.*)$/gm)].map(([, address = "", words = ""]) => {
    const actions = ACTIONS[words];
    if (actions === undefined) throw new Error(`The guide says that ${address} ${words}.`);
    return `${address}: ${actions}`;
  });
}

/** What the guide says of Aurora: a cluster in the instance's place, and one log. */
function ofAurora(change: string): string[] {
  if (change.includes("rds_upgrade")) return [];
  return [change.replace("aws_db_instance.datastore_this", "aws_rds_cluster.datastore_this")];
}

const ACTIONS: Readonly<Record<string, string>> = {
  "will be created": "create",
  "will be updated in-place": "update",
  "must be replaced": "delete+create",
};
