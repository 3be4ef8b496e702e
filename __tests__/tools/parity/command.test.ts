import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "../../../tools/parity/arguments";
import { chosen, readCases } from "../../../tools/parity/cases";
import { calledFolders, moduleFolder, outputNames } from "../../../tools/parity/modules";
import { compare, keep, requireRecorded } from "../../../tools/parity/record";
import { project } from "../../support/app-folder";

const folder = mkdtempSync(join(tmpdir(), "metaflow-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(path: string, text: string): string {
  const whole = join(folder, path);
  mkdirSync(join(whole, ".."), { recursive: true });
  writeFileSync(whole, text);
  return whole;
}

describe("the command's arguments", () => {
  file("reference/modules/datastore/main.tf", 'output "b" {\n}\n\noutput "a" {\n}\n');
  file("reference/main.tf", "");

  test("name the modules, and files relative to where npm was called", () => {
    const fixtures = join(project, "__tests__", "fixtures", "parity");
    expect(parse(["record", "--reference", "reference", "one", "two"], folder)).toEqual({
      action: "record",
      modules: { folder: join(folder, "reference", "modules"), isReference: true },
      cases: join(fixtures, "cases.json"),
      expected: join(fixtures, "expected"),
      takeover: join(fixtures, "takeover"),
      names: ["one", "two"],
    });
    expect(parse(["check", "--modules=reference/modules", "--cases", "c/cases.json"], folder)).toMatchObject({
      modules: { folder: join(folder, "reference", "modules"), isReference: false },
      cases: join(folder, "c", "cases.json"),
      expected: join(folder, "c", "expected"),
      takeover: join(folder, "c", "takeover"),
    });
  });

  test.each([
    [[], "The command is missing. Allowed: record, check, record-takeover, check-takeover."],
    [["verify"], 'The command is "verify". Allowed: record, check, record-takeover, check-takeover.'],
    [
      ["check", "--folder", "x"],
      'The option is "--folder". Allowed: --reference, --modules, --cases, --expected, --takeover.',
    ],
    [["check", "--cases"], "--cases is empty. Expected a path."],
    [["check"], "check needs either --reference FOLDER or --modules FOLDER; received neither."],
    [
      ["check", "--reference", "reference", "--modules", "x"],
      "check needs either --reference FOLDER or --modules FOLDER; received --reference and --modules.",
    ],
    [["record", "--modules", "reference"], "record needs --reference FOLDER; received --modules."],
    [
      ["record", "--reference", "nowhere"],
      `--reference ${join(folder, "nowhere")}: there is no folder ${join(folder, "nowhere", "modules")}.`,
    ],
  ])("%j is refused", (args, message) => {
    expect(() => parse(args, folder)).toThrow(new Error(message));
  });
});

describe("cases", () => {
  test.each([
    [{ mode: "plan", inputs: {} }, "module of one is missing. Allowed: the name of a module's folder."],
    [{ module: "m", mode: "destroy", inputs: {} }, 'mode of one is "destroy". Allowed: plan, apply.'],
    [{ module: "m", mode: "plan", inputs: "x" }, 'inputs of one is "x". Allowed: an object of the module\'s inputs.'],
  ])("%j are refused", (one, message) => {
    const cases = file("cases.json", JSON.stringify({ one }));
    expect(() => readCases(cases)).toThrow(new Error(`${cases}: ${message}`));
  });

  test("are refused where there is no such file", () => {
    expect(() => readCases("nowhere.json")).toThrow(/^--cases nowhere\.json: there is no such file/);
  });

  test("are chosen by name", () => {
    expect(chosen("case", { a: 1, b: 2, c: 3 }, [])).toEqual({ a: 1, b: 2, c: 3 });
    expect(chosen("case", { a: 1, b: 2, c: 3 }, ["c", "a"])).toEqual({ a: 1, c: 3 });
    expect(() => chosen("case", { a: 1, b: 2 }, ["a", "d"])).toThrow(new Error("There is no case d. Allowed: a, b."));
  });
});

describe("a folder of modules", () => {
  test("has the root module above it, unless it has one itself", () => {
    const modules = join(folder, "reference", "modules");
    expect(moduleFolder(modules, "datastore")).toBe(join(modules, "datastore"));
    expect(moduleFolder(modules, "root")).toBe(join(folder, "reference"));
    file("ours/root/main.tf.json", "{}");
    expect(moduleFolder(join(folder, "ours"), "root")).toBe(join(folder, "ours", "root"));
    expect(() => moduleFolder(modules, "ui")).toThrow(
      `The module ui is missing: ${join(modules, "ui")} holds no Terraform configuration (*.tf, *.tf.json).`,
    );
  });

  test("tells its outputs, in HCL and in JSON", () => {
    expect(outputNames(join(folder, "reference", "modules", "datastore"))).toEqual(["a", "b"]);
    file("json/outputs.tf.json", JSON.stringify({ output: { z: {}, a: {} } }));
    expect(outputNames(join(folder, "json"))).toEqual(["a", "z"]);
  });

  test("stands under the names of its calls", () => {
    const Modules = [
      { Key: "", Dir: "." },
      { Key: "one", Dir: "../m" },
      { Key: "one.nested", Dir: "../m/n" },
      { Key: "one-more", Dir: "../o" },
    ];
    file("root/.terraform/modules/modules.json", JSON.stringify({ Modules }));
    expect(calledFolders(join(folder, "root"), "one")).toEqual({
      "../m": "${path.module}",
      "../m/n": "${path.module nested}",
    });
  });
});

test("a result is kept, and compared with what was kept", () => {
  const expected = join(folder, "expected");
  const result = { resources: { "aws_x.a": { name: "n" } }, outputs: {} };
  expect(() => {
    requireRecorded(expected, ["one", "two"]);
  }).toThrow(
    `--expected ${expected}: nothing is recorded of one two. Record it: npm run parity -- record --reference FOLDER one two`,
  );
  expect(keep(expected, "one", result)).toBe("recorded");
  expect(readFileSync(join(expected, "one.json"), "utf8")).toMatch(/^\{\n "outputs": \{\},\n[^]*\n\}\n$/);
  requireRecorded(expected, ["one"]);
  expect(compare(expected, "one", result)).toEqual([]);
  file("expected/one.json", readFileSync(join(expected, "one.json"), "utf8").trimEnd());
  expect(keep(expected, "one", result)).toBe("as recorded before");
  const other = { ...result, resources: { "aws_x.a": { name: "m" } } };
  expect(compare(expected, "one", other)).toEqual(['/resources/aws_x.a/name: "m" instead of "n"']);
  expect(compare(expected, "one", other, { n: "m" }).join()).not.toContain("instead of");
  expect(keep(expected, "one", other)).toBe("recorded, other than before");
});
