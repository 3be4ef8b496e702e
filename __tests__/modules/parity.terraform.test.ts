import type { PlanJson, StateJson } from "../../tools/parity/values";
import { applyingRoot, parityCases, planDifferences, planningRoot, stateDifferences } from "../support/parity-cases";

describe("planned through the published modules", () => {
  const root = planningRoot();
  let plan: PlanJson;

  beforeAll(async () => {
    plan = (await root.plan()) as unknown as PlanJson;
  });

  test.each(parityCases("plan"))("%s resolves to what the reference does", (name) => {
    expect(planDifferences(name, plan, root.folder)).toEqual([]);
  });
});

describe("applied through the published modules", () => {
  const applied = parityCases("apply");
  const results = new Map<string, { found: string[]; again: string[]; left: string[] }>();

  beforeAll(async () => {
    // The UI's cluster has the name of the metadata service's, and all cases are of one account.
    const isLater = (name: string) => name.startsWith("ui-");
    await Promise.all(applied.filter((name) => !isLater(name)).map(apply));
    await Promise.all(applied.filter(isLater).map(apply));
  });

  async function apply(name: string): Promise<void> {
    const root = applyingRoot(name);
    await root.apply();
    const found = stateDifferences(name, (await root.state()) as StateJson, root.folder);
    const again = await root.changes();
    await root.destroy();
    results.set(name, { found, again, left: await root.addresses() });
  }

  test.each(applied)("%s comes to be what the reference does", (name) => {
    expect(results.get(name)?.found).toEqual([]);
  });

  test.each(applied)("%s: a second plan is empty", (name) => {
    expect(results.get(name)?.again).toEqual([]);
  });

  test.each(applied)("%s: destroying it leaves nothing in the state", (name) => {
    expect(results.get(name)?.left).toEqual([]);
  });
});
