import { terraformRoot } from "./terraform-root";

/**
 * Expects a second plan to be empty, after an apply and after a change, and nothing to be left after a destroy.
 *
 * @param config - the root's configuration, before and after the change
 */
export async function expectEmptySecondPlans(config: (changed: boolean) => Record<string, unknown>): Promise<void> {
  const root = terraformRoot(config(false));
  await root.apply();
  expect(await root.changes()).toEqual([]);
  root.write(config(true));
  await root.apply();
  expect(await root.changes()).toEqual([]);
  await root.destroy();
  expect(await root.addresses()).toEqual([]);
}
