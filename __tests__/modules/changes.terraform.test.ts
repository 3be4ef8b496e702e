import { isDeepStrictEqual } from "node:util";
import { metaflowContract } from "../../modules/metaflow/contract";
import { emulatedStack, stackRoot } from "../support/app-stack";
import { OIDC_PROVIDER } from "../support/cluster";
import {
  argument,
  CHANGEABLE,
  CHANGED_TOGETHER,
  INPUT_CHANGES,
  type Change,
  type Effect,
} from "../support/input-changes";

describe("each input of a live deployment", () => {
  const root = stackRoot({ variables: CHANGEABLE });

  beforeAll(async () => {
    await root.apply();
  });

  test("stands in the table", () => {
    expect(INPUT_CHANGES.map(([input]) => input)).toEqual(Object.keys(metaflowContract.inputs));
  });

  test("a second plan is empty", async () => {
    expect(await root.changes()).toEqual([]);
  });

  const planned = new Map<readonly Change[], Promise<Effect>>();

  /** What a plan with other values of inputs does. */
  async function effectOf(changes: readonly Change[]): Promise<Effect> {
    const replaced = root.replaced("-refresh=false", ...changes.map(([input, value]) => argument(input, value)));
    return replaced.then(
      (addresses) => ({ replaced: addresses }),
      (error: unknown) => ({ refused: String(error).replaceAll(/\s+/g, " ") }),
    );
  }

  test.each(INPUT_CHANGES)("%s: %j", async (input, value, effect) => {
    const group = CHANGED_TOGETHER.find((changes) => changes.some(([name]) => name === input));
    if (group && !planned.has(group)) planned.set(group, effectOf(group));
    const together = group && wordsOf(effect, await planned.get(group));
    const isSeen = isDeepStrictEqual(together, effect);
    expect(isSeen ? together : wordsOf(effect, await effectOf([[input, value, effect]]))).toEqual(effect);
  });

  test("the web interface, a notebook, a dashboard, an event bus, parameters and a cluster come to it, and nothing goes", async () => {
    const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/1";
    const kubernetes = { oidcProviderArn: OIDC_PROVIDER };
    const ui = { certificateArn, ownUserPool: true };
    root.write(
      emulatedStack({
        options: { dashboard: true, eventBus: true, kubernetes, notebook: {}, parameterPath: "/metaflow/prod", ui },
      }),
    );
    const plan = await root.plan("-refresh=false");
    const actions = (plan.resource_changes ?? []).map(({ address, change }) => [address, ...change.actions].join(" "));
    expect(actions).toContain("aws_cloudwatch_dashboard.dashboard_this create");
    expect(actions).toContain("aws_cloudwatch_event_bus.event_bus_this create");
    expect(actions).toContain("aws_iam_role.kubernetes_this create");
    expect(actions).toContain("aws_ssm_parameter.parameters_service_auth_key[0] create");
    expect(actions).toContain("aws_lb.ui_this create");
    expect(actions).toContain("aws_sagemaker_notebook_instance.notebook_this create");
    expect(actions.filter((action) => action.includes("delete"))).toEqual([]);
    root.write(emulatedStack());
  });

  test("no change replaces the database, the bucket or a key", () => {
    const replaced = INPUT_CHANGES.flatMap(([, , effect]) => ("replaced" in effect ? effect.replaced : []));
    expect(replaced.filter((address) => /^aws_(db|rds|s3|kms)_/.test(address))).toEqual([]);
  });
});

/** An effect; of a refusal, the expected words alone where it has them. */
function wordsOf(expected: Effect, seen: Effect | undefined): Effect | undefined {
  const hasWords = "refused" in expected && seen && "refused" in seen && seen.refused.includes(expected.refused);
  return hasWords ? expected : seen;
}
