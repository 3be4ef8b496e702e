import { fixture, type ParityCase, type ParityResult } from "./fixtures";
import { appliedValues, differences, plannedValues, type PlanJson, type StateJson } from "./parity";
import { outputNames, publishedFiles } from "./published";
import { terraformRoot, type TerraformRoot, type TerraformRootOptions } from "./terraform-root";

/** The account in which the reference was planned and applied. */
const ACCOUNT = "123456789012";

const cases = fixture<Record<string, ParityCase>>("parity/cases.json");
const expected = (name: string) => fixture<ParityResult>(`parity/expected/${name}.json`);
const moduleOf = (name: string) => cases[name]?.module ?? "";

/** The names of the cases that the reference was planned or applied with. */
export function parityCases(mode: ParityCase["mode"]): string[] {
  return Object.keys(cases).filter((name) => cases[name]?.mode === mode);
}

/** A root that calls the published modules once for each case that is planned. */
export function planningRoot(options: TerraformRootOptions = {}): TerraformRoot {
  const planned = parityCases("plan");
  const calls = planned.map((name) => [name, { source: `./modules/${moduleOf(name)}`, ...cases[name]?.inputs }]);
  const outputs = planned.flatMap((name) =>
    outputNames(moduleOf(name)).map((output) => [
      `${name}_${output}`,
      { value: `\${module.${name}.${output}}`, sensitive: true },
    ]),
  );
  return terraformRoot(
    { module: Object.fromEntries(calls), output: Object.fromEntries(outputs) },
    { account: ACCOUNT, files: publishedFiles(), ...options },
  );
}

/** Where the plan of {@link planningRoot} differs from what the reference resolved to. */
export function planDifferences(name: string, plan: PlanJson): string[] {
  return differences(expected(name), plannedValues(plan, name, `modules/${moduleOf(name)}`));
}

/** A root that calls a published module with a case that is applied. */
export function applyingRoot(name: string, options: TerraformRootOptions = {}): TerraformRoot {
  const { $setup = {}, ...variables } = cases[name]?.inputs as { $setup?: Record<string, unknown> };
  const module = moduleOf(name);
  const outputs = outputNames(module).map((each) => [each, { value: `\${module.m.${each}}`, sensitive: true }]);
  return terraformRoot(
    { ...$setup, module: { m: { source: `./modules/${module}`, ...variables } }, output: Object.fromEntries(outputs) },
    { account: ACCOUNT, files: publishedFiles(), ...options },
  );
}

/** Where the state of {@link applyingRoot} differs from what the reference came to be. */
export function stateDifferences(name: string, state: StateJson): string[] {
  const values = appliedValues(state, `modules/${moduleOf(name)}`);
  const found = differences(expected(name), values);
  return found.filter((difference) => !OWN.test(difference) && !SECOND.test(difference));
}

/**
 * The Lambda's code is the project's own. The reference was recorded with a random provider that made no hash, on an
 * emulated AWS that did not answer a function's logging configuration.
 */
const OWN =
  /db_migrate_lambda\/(source_code_size|output_size|source|logging_config)\b|random_password\.this\/bcrypt_hash|^\/second_plan_touches: missing/;

/** The reference's key and roles happened to be created in one second, and so at dates of one name. */
const SECOND = /\/(create|created|last_updated)_date: "<[^>]+_date>" instead of "<[^>]+_date>"$/;
