import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readContext } from "../../../tools/app/cdktf-json";

const folder = mkdtempSync(join(tmpdir(), "metaflow-test-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string, environment: NodeJS.ProcessEnv = {}) {
  writeFileSync(join(folder, "cdktf.json"), text);
  return readContext(environment, folder);
}

function refusal(text: string, environment: NodeJS.ProcessEnv = {}): string {
  try {
    read(text, environment);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

const KEYS =
  "language, app, output, codeMakerOutput, projectId, sendCrashReports, terraformProviders, terraformModules, context";
const CONTEXT = "backend, environments, movedFrom, options, variables";

test.each([
  ['{\n  "app": "x",\n  "context": {},\n}', /^cdktf\.json is no JSON \(line 4, column 1\): [^\n]+\.$/],
  ["", /^cdktf\.json is no JSON: Unexpected end of JSON input\.$/],
  ["[]", "cdktf.json must be a JSON object."],
  ['{ "context": 1 }', "cdktf.json: context must be an object."],
  ['{ "contxt": {} }', `cdktf.json has no key contxt (did you mean context?); it has ${KEYS}.`],
  [
    '{ "contxt": {}, "colour": 1 }',
    `cdktf.json has no key contxt (did you mean context?).\ncdktf.json has no key colour; it has ${KEYS}.`,
  ],
  [
    '{ "context": { "backnd": {} } }',
    `context in cdktf.json has no key backnd (did you mean backend?); it has ${CONTEXT}.`,
  ],
])("%s is refused", (text, message) => {
  expect(refusal(text)).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
});

test("there must be a file", () => {
  expect(() => readContext({}, join(folder, "nowhere"))).toThrow("There is no file cdktf.json.");
});

describe("the context that is passed on", () => {
  const passed = (text: string) => ({ CDKTF_CONTEXT_JSON: text });

  test("goes over that of the file", () => {
    const context = { variables: { a: 1 }, options: { b: 1 } };
    expect(read(JSON.stringify({ context }), passed('{"options":{}}'))).toEqual({ variables: { a: 1 }, options: {} });
  });

  test("is checked like it", () => {
    expect(refusal("{}", passed('{"option":{}}'))).toBe(
      `context in cdktf.json has no key option (did you mean options?); it has ${CONTEXT}.`,
    );
    expect(refusal("{}", passed("{"))).toMatch(/^CDKTF_CONTEXT_JSON is no JSON/);
  });

  test("may have keys of CDKTF's own", () => {
    const own = { cdktfRelativeModules: [], "@cdktf/disable_stack_trace_in_metadata": true };
    expect(read("{}", passed(JSON.stringify(own)))).toEqual(own);
  });
});
