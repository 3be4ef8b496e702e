import { rootContract } from "../../modules/root/contract";
import { terraformName, type Input } from "../../lib/contract/contract";
import {
  CALL,
  expectEachAccountedFor,
  expectStays,
  gone,
  GUARDED,
  has,
  managed,
  RootTakeover,
  STAYS,
  type Planned,
} from "../support/root-takeover";

// docs/migrate-from-root.md, with the state that the reference's root module left.

const takeover = new RootTakeover("docs/migrate-from-root.md", "parity/takeover/reference-root");

describe("the state of the reference's root module, taken over by the app", () => {
  let planned: Planned;
  const changes = () => managed(planned.plan);

  beforeAll(async () => {
    planned = await takeover.planned();
  });

  test("nothing goes and nothing is replaced but what the guide says", () => {
    expect(gone(planned.plan)).toBe(takeover.expected("Plan"));
  });

  test.each(STAYS)("%s stays, with its %s", (address, attribute) => {
    expectStays(planned.plan, address, attribute);
  });

  test("the web interface's cluster is forgotten: it is the metadata service's, which stays", () => {
    const forgotten = changes().filter((each) => has(each, "forget"));
    expect(forgotten.map(({ address }) => address)).toEqual([`${CALL}.module.metaflow-ui.aws_ecs_cluster.this`]);
    const kept = changes().find(({ address }) => address === "aws_ecs_cluster.metadata_service_this");
    expect(kept?.change.before?.name).toBe(forgotten[0]?.change.before?.name);
    expect(kept?.change.actions).not.toContain("delete");
  });

  test("every resource of the module is moved, destroyed or forgotten", () => {
    expectEachAccountedFor(planned);
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

test.each(GUARDED)("what %s = false would destroy is refused", async (name, address) => {
  await takeover.expectGuarded(name, address);
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
