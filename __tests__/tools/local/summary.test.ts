import { summary, type ShownOutput } from "../../../tools/local/summary";

const emulator = { endpoint: "http://127.0.0.1:7766" };
const output = (value: unknown, sensitive = false): ShownOutput => ({ value, sensitive });
const lines = (outputs: Readonly<Record<string, ShownOutput>>, profile = {}) =>
  summary("Up.", { outputs, profile, emulator }).split("\n");

test("keys stand in a table, and what is too long for a line below its key, unbroken", () => {
  const arn = `arn:aws:logs:us-west-2:123456789012:log-group:${"name".repeat(10)}:*`;
  const shown = lines({ METAFLOW_A: output("s3"), METAFLOW_LONG_KEY: output(arn), metaflow_other: output("x") });
  expect(shown.slice(3, 7)).toEqual(["  METAFLOW_A         s3", "  METAFLOW_LONG_KEY", `    ${arn}`, ""]);
});

test.each([[null], [""]])("a key with the value %j is not shown", (value) => {
  expect(lines({ METAFLOW_A: output(value) }).join()).not.toContain("METAFLOW_A");
});

test("a profile's value takes the place of an output's", () => {
  expect(lines({ METAFLOW_A: output("far") }, { METAFLOW_A: "near" })).toContain("  METAFLOW_A  near");
});

test("a secret is not shown, but how to see it", () => {
  const shown = lines({ METAFLOW_KEY: output("secret", true) });
  expect(shown.join()).not.toContain("secret,");
  expect(shown).toEqual(
    expect.arrayContaining(["  METAFLOW_KEY  (sensitive)", "  terraform -chdir=.local/stack output -raw METAFLOW_KEY"]),
  );
});

test.each<[key: string, commands: readonly string[]]>([
  ["METAFLOW_BATCH_JOB_QUEUE", ["  python examples/flows/hello.py run --with batch"]],
  [
    "METAFLOW_SFN_IAM_ROLE",
    ["create", "trigger"].map((one) => `  python examples/flows/hello.py step-functions ${one}`),
  ],
])("commands are those for which there is something: %s", (key, commands) => {
  expect(lines({}, { [key]: "x" })).toEqual(expect.arrayContaining([...commands]));
  for (const command of commands) expect(lines({})).not.toContain(command);
});

test("the migration is a command where the function is there", () => {
  const arn = "arn:aws:lambda:us-west-2:123456789012:function:metaflow-db_migrate-prod";
  expect(lines({ migration_function_arn: output(arn) })).toContain(
    "  aws lambda invoke --function-name metaflow-db_migrate-prod /dev/stdout",
  );
  expect(lines({}).join()).not.toContain("lambda");
});

test.each([
  ["METAFLOW_UI_URL", "  The web interface does not run here: nothing answers at METAFLOW_UI_URL."],
  ["notebook_url", "  The notebook does not run here."],
])("what does not run is said, where it is deployed: %s", (name, line) => {
  expect(lines({ [name]: output("https://metaflow.example.com") })).toContain(line);
  expect(lines({})).not.toContain(line);
});
