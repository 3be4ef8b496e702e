import { rootContract } from "../../modules/root/contract";
import { terraformName, type Input } from "../../lib/contract/contract";
import { CALL, gone, has, managed, RootTakeover, STAYS } from "../support/root-takeover";
import type { Plan } from "../support/terraform-root";

// docs/migrate-from-root.md, with the state that the reference's root module left.

const takeover = new RootTakeover("docs/migrate-from-root.md", "parity/takeover/reference-root");

describe("the state of the reference's root module, taken over by the app", () => {
  let plan: Plan;
  let before: readonly string[] = [];
  const changes = () => managed(plan);

  beforeAll(async () => {
    const root = await takeover.taken();
    before = (await root.addresses()).filter((address) => !address.includes(".data."));
    plan = await root.plan("-refresh=false");
  });

  test("nothing goes and nothing is replaced but what the guide says", () => {
    expect(gone(plan)).toBe(takeover.expected("Plan"));
  });

  test.each(STAYS)("%s stays, with its %s", (address, attribute) => {
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
    const [leaving, others] = [true, false].map((wanted) =>
      policies.filter((each) => (has(each, "delete") && !has(each, "create")) === wanted),
    );
    const staying = new Set(others?.map(({ change }) => key(change.after ?? change.before)));
    expect(leaving?.map(({ change }) => key(change.before)).filter((each) => staying.has(each))).toEqual([]);
    expect(leaving?.length).toBeGreaterThan(5);
  });
});

test.each([
  ["enable_step_functions", "aws_dynamodb_table.step_functions_step_functions_state_table[0]"],
  ["enable_custom_batch_container_registry", "aws_ecr_repository.batch_image[0]"],
])("what %s = false would destroy is refused", async (name, address) => {
  const root = await takeover.taken({}, { [name]: false });
  await root.init();
  const { stderr } = await root.run(["plan", "-no-color", "-refresh=false"], [1]);
  expect(stderr.replaceAll(/\s+/g, " ")).toContain(`Resource ${address} has lifecycle.prevent_destroy set`);
});

test("the guide's settings that are not of a place have the root module's defaults", () => {
  const ofPlace = /^(aws_region|resource_|s3_bucket_name|standard_tags|subnet|vpc_)/;
  const defaults = Object.fromEntries(
    Object.entries<Input>(rootContract.inputs).map(([name, input]) => [terraformName(name), input.default]),
  );
  const named = Object.entries(takeover.settings).filter(
    ([name]) => !ofPlace.test(name) && defaults[name] !== undefined,
  );
  expect(named.length).toBeGreaterThan(2);
  expect(Object.fromEntries(named)).toEqual(Object.fromEntries(named.map(([name]) => [name, defaults[name]])));
});
