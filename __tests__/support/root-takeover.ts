import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MetaflowStackProps } from "../../modules/metaflow/stack";
import { emulatedStack } from "./app-stack";
import { project } from "./app-folder";
import { guideBlocks, type Block } from "./guide";
import { terraformRoot, type Plan, type ResourceChange, type TerraformRoot } from "./terraform-root";

/** How the recorded roots call the root module, and how the guides have it. */
export const CALL = "module.metaflow";

/** The account in which the states were recorded. */
export const ACCOUNT = "123456789012";

/** A state as Terraform keeps it in a file. */
export interface RecordedState {
  readonly resources: readonly {
    readonly module?: string;
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** A root that calls the root module by {@link CALL}. */
export interface RecordedRoot {
  readonly provider: object;
  readonly module: { readonly metaflow: Readonly<Record<string, unknown>> };
}

/** The plan of a takeover. */
export interface Planned {
  /** The addresses in the state before it. */
  readonly before: readonly string[];
  readonly plan: Plan;
}

/** The takeover of a root module's recorded state by the app, as a guide has it. */
export class RootTakeover {
  public readonly guide: Map<string, Block[]>;
  public readonly root: RecordedRoot;
  public readonly state: RecordedState;

  /**
   * @param guide - the guide's path in the project
   * @param folder - the folder of the recorded root and state, below that of the fixtures
   */
  public constructor(guide: string, folder: string) {
    this.guide = guideBlocks(guide);
    const recorded = (file: string) =>
      JSON.parse(readFileSync(join(project, "__tests__", "fixtures", folder, file), "utf8")) as unknown;
    this.root = recorded("root.tf.json") as RecordedRoot;
    this.state = recorded("state.json") as RecordedState;
  }

  /** The guide's settings of the app. */
  public get settings(): Record<string, unknown> {
    return JSON.parse(this.blockOf(".tfvars.json")) as Record<string, unknown>;
  }

  /** What the guide says that a list of changes prints, by the heading of its section. */
  public expected(heading: string): string {
    const { expected = "" } = this.guide.get(heading)?.find(({ text }) => text.includes("show -no-color")) ?? {};
    return expected;
  }

  /** The app in the place of the recorded root, by the guide's steps. */
  public async taken(
    changed: MetaflowStackProps["options"] = {},
    others: Record<string, unknown> = {},
    state: RecordedState = this.state,
  ): Promise<TerraformRoot> {
    const { context } = JSON.parse(`{${this.blockOf("cdktf.json")}}`) as { context: MetaflowStackProps };
    const { movedFrom, options } = context;
    const files = { "hcl.tfstate": JSON.stringify(state) };
    const variables = { ...this.settingsOfRoot(), ...others };
    const stack = emulatedStack({ movedFrom, options: { ...options, ...changed } });
    const root = terraformRoot(stack, { account: ACCOUNT, variables, files });
    await root.run(["state", "mv", "-state=hcl.tfstate", "-state-out=terraform.tfstate", CALL, CALL]);
    return root;
  }

  /** The plan of {@link taken} and, before it, what is in its state. */
  public async planned(): Promise<Planned> {
    const root = await this.taken();
    const before = (await root.addresses()).filter((address) => !address.includes(".data."));
    return { before, plan: await root.plan("-refresh=false") };
  }

  /** Expects that Terraform refuses to destroy a resource without which the app would be, were a setting false. */
  public async expectGuarded(setting: string, address: string): Promise<void> {
    const root = await this.taken({}, { [setting]: false });
    await root.init();
    const { stderr } = await root.run(["plan", "-no-color", "-refresh=false"], [1]);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(`Resource ${address} has lifecycle.prevent_destroy set`);
  }

  private blockOf(file: string): string {
    const blocks = [...this.guide.values()].flat();
    return blocks.find((block) => block.file?.endsWith(file))?.text ?? "";
  }

  /** The guide's settings, with the values that the recorded root gives and those of its state. */
  private settingsOfRoot(): Record<string, unknown> {
    const { settings } = this;
    const { metaflow: given } = this.root.module;
    const attribute = (type: string, name: string, key: string) =>
      this.state.resources.find((its) => its.type === type && its.name === name)?.instances[0]?.attributes[key];
    return {
      ...settings,
      ...Object.fromEntries(Object.entries(given).filter(([name]) => name in settings)),
      ...("db_parameters" in given ? { db_parameters: given.db_parameters } : {}),
      resource_prefix: "metaflow-",
      resource_suffix: `-${String(given.resource_suffix)}`,
      s3_bucket_name: attribute("aws_s3_bucket", "this", "bucket"),
      standard_tags: given.tags,
      subnet1_id: attribute("aws_subnet", "a", "id"),
      subnet2_id: attribute("aws_subnet", "b", "id"),
      vpc_id: attribute("aws_vpc", "this", "id"),
    };
  }
}

/** What of a root module's deployment must stay in the app, each with an attribute by which others know it. */
export const STAYS: readonly (readonly [address: string, attribute: string])[] = [
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
];

/** Settings that are false in an app that has not what the root module made, and the resource that would go. */
export const GUARDED: readonly (readonly [setting: string, address: string])[] = [
  ["enable_step_functions", "aws_dynamodb_table.step_functions_step_functions_state_table[0]"],
  ["enable_custom_batch_container_registry", "aws_ecr_repository.batch_image[0]"],
];

/** Expects that a resource of the module is in the app, neither made anew nor with another value of an attribute. */
export function expectStays(plan: Plan, address: string, attribute?: string): void {
  const found = managed(plan).find((each) => each.address === address);
  expect(found?.previous_address).toMatch(/^module[.]metaflow[.]/);
  expect([["no-op"], ["update"]]).toContainEqual(found?.change.actions);
  if (attribute === undefined) return;
  expect(found?.change.after?.[attribute]).toEqual(found?.change.before?.[attribute]);
  expect(found?.change.before?.[attribute]).toBeTruthy();
}

/** Expects that a plan says of every resource of the module what becomes of it. */
export function expectEachAccountedFor({ before, plan }: Planned): void {
  const found = managed(plan).flatMap(({ address, previous_address: from = address }) => from);
  expect(before.filter((address) => !found.includes(address))).toEqual([]);
  expect(before.length).toBeGreaterThan(90);
}

/** The changes of managed resources in a plan, those without an action as well. */
export function managed({ resource_changes: all = [] }: Plan): ResourceChange[] {
  return all.filter(({ mode }) => mode === "managed");
}

/** Whether a change has an action. */
export function has({ change }: ResourceChange, action: string): boolean {
  return change.actions.some((each) => each === action);
}

/** What a plan destroys or replaces, in the words of `terraform show`. */
export function gone(plan: Plan): string {
  const lines = managed(plan)
    .filter((each) => has(each, "delete"))
    .map((each) => `  # ${each.address} ${has(each, "create") ? "must be replaced" : "will be destroyed"}\n`);
  return lines.sort().join("");
}
