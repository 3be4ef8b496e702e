import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chosen, readCases } from "../../../tools/parity/cases";
import { compare } from "../../../tools/parity/record";
import { planned } from "../../../tools/parity/resolve";
import { publish } from "../../../tools/publish/publish";
import { emulatedAws } from "../../support/emulated-aws";
import { project } from "../../support/app-folder";

const fixtures = join(project, "__tests__", "fixtures", "parity");
const CASE = "datastore-names";
const folder = mkdtempSync(join(tmpdir(), "metaflow-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("the published modules are checked as the command does it, and a difference is told by its attribute", async () => {
  publish(folder);
  const cases = chosen("case", readCases(join(fixtures, "cases.json")), [CASE]);
  const { endpoint, ...tools } = emulatedAws();
  const modules = { folder, isReference: false };
  const of = async (given: typeof cases) => (await planned(given, modules, tools, endpoint))[CASE];
  const result = await of(cases);
  expect(result && compare(join(fixtures, "expected"), CASE, result)).toEqual([]);

  const { [CASE]: one } = cases;
  const changed = { ...cases, [CASE]: { ...one, inputs: { ...one?.inputs, db_instance_type: "db.t4g.large" } } };
  const other = await of(changed as typeof cases);
  expect(other && compare(join(fixtures, "expected"), CASE, other)).toEqual([
    expect.stringMatching(/^\/resources\/aws_db_instance\.this\[0\]\/instance_class: "db\.t4g\.large" instead of "/),
  ]);
});

test("a module that Terraform refuses is told in Terraform's words", async () => {
  writeFileSync(join(folder, "common", "broken.tf"), "resource {}");
  const { endpoint, ...tools } = emulatedAws();
  const cases = { broken: { module: "common", mode: "plan", inputs: {} } } as const;
  await expect(planned(cases, { folder, isReference: false }, tools, endpoint)).rejects.toThrow(
    /^terraform init -no-color ended with 1:\n[^]*broken\.tf/,
  );
});
