import type { PlanJson, StateJson } from "../support/parity";
import { applyingRoot, parityCases, planDifferences, planningRoot, stateDifferences } from "../support/parity-cases";

describe("planned through the published modules", () => {
  let plan: PlanJson;

  beforeAll(async () => {
    plan = (await planningRoot().plan()) as unknown as PlanJson;
  });

  test.each(parityCases("plan"))("%s resolves to what the reference does", (name) => {
    expect(planDifferences(name, plan)).toEqual([]);
  });
});

describe("applied through the published modules", () => {
  const applied = parityCases("apply");
  const results = new Map<string, { state: StateJson; again: string[]; left: string[] }>();

  beforeAll(async () => {
    await Promise.all(
      applied.map(async (name) => {
        const root = applyingRoot(name);
        await root.apply();
        const state = (await root.state()) as StateJson;
        const again = await root.changes();
        await root.destroy();
        results.set(name, { state, again, left: await root.addresses() });
      }),
    );
  });

  test.each(applied)("%s comes to be what the reference does", (name) => {
    expect(stateDifferences(name, results.get(name)?.state as StateJson)).toEqual([]);
  });

  test.each(applied)("%s: a second plan is empty", (name) => {
    expect(results.get(name)?.again).toEqual([]);
  });

  test.each(applied)("%s: destroying it leaves nothing in the state", (name) => {
    expect(results.get(name)?.left).toEqual([]);
  });
});
