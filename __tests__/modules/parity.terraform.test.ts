import { fixture, type ParityCase, type ParityResult } from "../support/fixtures";
import { appliedValues, differences, plannedValues, type PlanJson, type StateJson } from "../support/parity";
import { outputNames, publishedFiles } from "../support/published";
import { terraformRoot, type TerraformRoot } from "../support/terraform-root";

/** The account in which the reference was planned and applied. */
const ACCOUNT = "123456789012";

const cases = Object.entries(fixture<Record<string, ParityCase>>("parity/cases.json"));
const expected = (name: string) => fixture<ParityResult>(`parity/expected/${name}.json`);
const ofMode = (mode: ParityCase["mode"]) => cases.filter(([, { mode: its }]) => its === mode);
const title = (names: (readonly [string, unknown])[]) => names.map(([name]) => name);

describe("planned through the published modules", () => {
  const planned = ofMode("plan");
  let plan: PlanJson;

  beforeAll(async () => {
    const calls = planned.map(([name, { module, inputs }]) => [name, { source: `./modules/${module}`, ...inputs }]);
    const outputs = planned.flatMap(([name, { module }]) =>
      outputNames(module).map((output) => [
        `${name}_${output}`,
        { value: `\${module.${name}.${output}}`, sensitive: true },
      ]),
    );
    const root = terraformRoot(
      { module: Object.fromEntries(calls), output: Object.fromEntries(outputs) },
      { account: ACCOUNT, files: publishedFiles() },
    );
    plan = (await root.plan()) as unknown as PlanJson;
  });

  test.each(title(planned))("%s resolves to what the reference does", (name) => {
    const module = planned.find(([its]) => its === name)?.[1].module ?? "";
    expect(differences(expected(name), plannedValues(plan, name, `modules/${module}`))).toEqual([]);
  });
});

describe("applied through the published modules", () => {
  const applied = ofMode("apply");
  const results = new Map<string, { state: StateJson; again: string[]; left: string[] }>();

  beforeAll(async () => {
    await Promise.all(
      applied.map(async ([name, parityCase]) => {
        const root = rootOf(parityCase);
        await root.apply();
        const state = (await root.state()) as StateJson;
        const again = await root.changes();
        await root.destroy();
        results.set(name, { state, again, left: await root.addresses() });
      }),
    );
  });

  test.each(title(applied))("%s comes to be what the reference does", (name) => {
    const { module = "" } = applied.find(([its]) => its === name)?.[1] ?? {};
    const values = appliedValues(results.get(name)?.state as StateJson, `modules/${module}`);
    expect(differences(expected(name), values).filter((difference) => !OWN.test(difference))).toEqual([]);
  });

  test.each(title(applied))("%s: a second plan is empty", (name) => {
    expect(results.get(name)?.again).toEqual([]);
  });

  test.each(title(applied))("%s: destroying it leaves nothing in the state", (name) => {
    expect(results.get(name)?.left).toEqual([]);
  });
});

/**
 * The Lambda's code is the project's own. The reference was recorded with a random provider that made no hash, on an
 * emulated AWS that did not answer a function's logging configuration.
 */
const OWN =
  /db_migrate_lambda\/(source_code_size|output_size|source|logging_config)\b|random_password\.this\/bcrypt_hash|^\/second_plan_touches: missing/;

function rootOf({ module, inputs }: ParityCase): TerraformRoot {
  const { $setup = {}, ...variables } = inputs as { $setup?: Record<string, unknown> };
  const outputs = outputNames(module).map((name) => [name, { value: `\${module.m.${name}}`, sensitive: true }]);
  return terraformRoot(
    { ...$setup, module: { m: { source: `./modules/${module}`, ...variables } }, output: Object.fromEntries(outputs) },
    { account: ACCOUNT, files: publishedFiles() },
  );
}
