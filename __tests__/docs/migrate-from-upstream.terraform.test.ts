import { publishedFiles } from "../support/published";
import {
  ACCOUNT,
  expectEachAccountedFor,
  expectStays,
  gone,
  GUARDED,
  has,
  managed,
  RootTakeover,
  STAYS,
  type Planned,
  type RecordedState,
} from "../support/root-takeover";
import { terraformRoot, type Plan } from "../support/terraform-root";

// docs/migrate-from-upstream.md, with the state that upstream's root module left.

const takeover = new RootTakeover("docs/migrate-from-upstream.md", "parity/upstream/upstream-root");
const SWAP = "A. Swap the source";
const APP = "B. On to the app";

/** Types whose resources hold data or secrets, or by whose names and addresses others know the deployment. */
const KEPT =
  /^aws_(api_gateway_(api_key|rest_api|stage|vpc_link)|batch_job_queue|db_|dynamodb_table|ecr_|kms_|lb|s3_)|^random_/;

describe("the state of upstream's root module, with the published root module in its place", () => {
  let plan: Plan;
  let before: readonly string[] = [];

  beforeAll(async () => {
    const { provider, ...body } = takeover.root;
    void provider;
    const metaflow = { ...swapped(body.module.metaflow), source: "./modules/root" };
    const files = { ...publishedFiles(), "terraform.tfstate": JSON.stringify(takeover.state) };
    const root = terraformRoot({ ...body, module: { metaflow } }, { account: ACCOUNT, files });
    before = (await root.addresses()).filter((address) => !address.includes(".data.") && !/^data\./.test(address));
    plan = await root.plan("-refresh=false", ...replacements());
  });

  test("what changes is what the guide says", () => {
    expect(changed(plan)).toBe(takeover.expected(SWAP));
  });

  test("every resource stays at its address, or is moved from the one with an index", () => {
    const found = managed(plan).map(({ address, previous_address: from = address }) => from);
    expect(before.filter((address) => !found.includes(address))).toEqual([]);
    const moved = managed(plan).flatMap(({ address, previous_address: from }) => (from ? [[from, address]] : []));
    expect(moved.filter(([from = "", to = ""]) => from.replace(/\[0\](?=\.module|\.aws|$)/g, "") !== to)).toEqual([]);
    expect(moved.filter(([from = ""]) => from.includes("aws_api_gateway")).length).toBeGreaterThan(10);
    expect(moved.filter(([from = ""]) => from.includes("metaflow-ui[0]")).length).toBeGreaterThan(15);
  });

  test("nothing that holds data, or by which others know the deployment, is replaced, destroyed or made", () => {
    const kept = managed(plan).filter(({ type }) => KEPT.test(type));
    expect(kept.length).toBeGreaterThan(20);
    expect(kept.filter(({ change }) => !/^(no-op|update)$/.test(change.actions.join()))).toEqual([]);
  });
});

describe("the state of upstream's root module, taken over by the app", () => {
  let planned: Planned;

  beforeAll(async () => {
    planned = await takeover.planned();
  });

  test("nothing goes and nothing is replaced but what the guide says", () => {
    expect(gone(planned.plan)).toBe(takeover.expected(APP));
  });

  test.each(STAYS)("%s stays, with its %s", (address, attribute) => {
    expectStays(planned.plan, address, attribute);
  });

  test("the web interface's cluster is forgotten", () => {
    const forgotten = managed(planned.plan).filter((each) => has(each, "forget"));
    expect(forgotten.map(({ type }) => type)).toEqual(["aws_ecs_cluster"]);
  });

  test("every resource of the module is moved, destroyed or forgotten", () => {
    expectEachAccountedFor(planned);
  });
});

describe("a state without web interface and REST API, taken over by the app", () => {
  let plan: Plan;

  beforeAll(async () => {
    const state = withoutUiAndApi(takeover.state);
    const others = { access_list_cidr_blocks: undefined, api_basic_auth: undefined };
    const root = await takeover.taken({ ui: undefined, restApi: "none" }, others, state);
    plan = await root.plan("-refresh=false");
  });

  test("nothing goes and nothing is replaced but what the guide says of the rest", () => {
    const rest = takeover
      .expected(APP)
      .split(/^/m)
      .filter((line) => !/api_gateway|\.ui_/.test(line));
    expect(gone(plan)).toBe(rest.join(""));
  });

  test("neither a web interface nor a REST API is made", () => {
    const made = managed(plan).filter(({ change }) => change.actions.join() === "create");
    expect(made.map(({ address }) => address).filter((each) => /api_gateway|[.]ui_/.test(each))).toEqual([]);
    expect(made.length).toBeGreaterThan(5);
  });

  test.each(STAYS.filter(([address]) => !/api_gateway|\.ui_/.test(address)))("%s stays", (address) => {
    expectStays(plan, address);
  });
});

test.each(GUARDED)("what %s = false would destroy is refused", async (name, address) => {
  await takeover.expectGuarded(name, address);
});

/** The call of upstream's root module with the inputs that the guide's change of it leaves, adds and renames. */
function swapped(call: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { text = "" } = takeover.guide.get(SWAP)?.find(({ language }) => language === "diff") ?? {};
  const inputs = (sign: string) =>
    [...text.matchAll(new RegExp(`^\\${sign} +(\\w+) *= (.*)$`, "gm"))]
      .map(([, name = "", value = ""]) => [name, value] as const)
      .filter(([name]) => name !== "source");
  const [removed, added] = [inputs("-"), inputs("+")];
  expect(removed.length).toBeGreaterThan(2);
  const rest = Object.entries(call).filter(([name]) => removed.every(([its]) => its !== name));
  return { ...Object.fromEntries(rest), ...Object.fromEntries(added.map(([name, its]) => [name, JSON.parse(its)])) };
}

/** The resources that the guide has Terraform replace. */
function replacements(): string[] {
  const commands = takeover.guide.get(SWAP)?.map(({ text }) => text) ?? [];
  return commands.flatMap((text) => text.match(/-replace=\S+/g) ?? []);
}

/** What a plan changes, in the words of `terraform show`. */
function changed(plan: Plan): string {
  const words: Readonly<Record<string, string>> = {
    create: "will be created",
    update: "will be updated in-place",
    delete: "will be destroyed",
    "create,delete": "must be replaced",
    "delete,create": "must be replaced",
  };
  const requested = replacements();
  const lines = managed(plan).flatMap(({ address, change }) => {
    const actions = change.actions.join();
    const how = requested.includes(`-replace=${address}`) ? "will be replaced, as requested" : words[actions];
    return actions === "no-op" ? [] : [`  # ${address} ${how ?? actions}\n`];
  });
  return lines.sort().join("");
}

/** The state of a call with `ui_certificate_arn = ""` and `metadata_service_enable_api_gateway = false`. */
function withoutUiAndApi(state: RecordedState): RecordedState {
  const resources = state.resources.filter(
    ({ module = "", type }) => !module.includes("metaflow-ui") && !type.startsWith("aws_api_gateway_"),
  );
  expect(state.resources.length - resources.length).toBeGreaterThan(35);
  return { ...state, resources };
}
