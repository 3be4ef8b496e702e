import { publishedFiles } from "../support/published";
import { unknownArguments } from "./arguments";
import { build, type Build } from "./combination";
import { combinations, oldest, type Combination } from "./combinations";

/** What the oldest versions synthesize, with which the others are compared. */
let expected: Build;

beforeAll(async () => {
  expected = await build(oldest);
});

describe(oldest.name, () => {
  test("the constructs and a caller's app type-check", () => {
    expect(expected.typeErrors).toBe("");
  });

  test("the published modules are those of this checkout", () => {
    const files = Object.entries(publishedFiles()).map(([path, text]) => [path.replace(/^modules\//, ""), text]);
    expect(expected.modules).toEqual(Object.fromEntries(files));
  });
});

describe.each(combinations.map((combination) => [combination.name, combination] as const))("%s", (_, combination) => {
  let built: Build;

  beforeAll(async () => {
    built = await build(combination);
  });

  test("the constructs and a caller's app type-check", () => {
    expect(built.typeErrors).toBe("");
  });

  test("the published modules are the same, byte by byte, but for what AWS provider 6 has renamed", () => {
    expect(withoutRenamed(built)).toEqual(withoutRenamed(expected));
  });

  test("the app's stack is the same, byte by byte, but for what CDKTF writes differently", () => {
    expect(written(built.stack, combination)).toBe(written(expected.stack, oldest));
  });

  test("a caller's app is the same, but for the versions that its provider bindings ask for", () => {
    expect(Object.keys(built.app)).toEqual(Object.keys(expected.app));
    for (const [name, text] of Object.entries(expected.app)) {
      expect(withoutVersions(built.app[name] ?? "", built)).toEqual(withoutVersions(text, expected));
    }
  });

  test("the provider has every argument that is set", () => {
    const texts = [built.stack, ...Object.values(built.app)];
    const mains = ["datastore/main.tf.json", "metadata-service/main.tf.json"].map((name) => built.modules[name] ?? "");
    for (const text of [...texts, ...mains]) expect(unknownArguments(text, built.folder)).toEqual([]);
  });
});

/** The published modules but for one, which is published with the bindings of AWS provider 5 (modules/computation/environment.ts). */
function withoutRenamed({ modules }: Build): Readonly<Record<string, string>> {
  const { "computation/main.tf.json": renamed = "", ...others } = modules;
  expect(renamed).not.toBe("");
  return others;
}

/** A stack without CDKTF's version, of which there is one; the successor also writes `[]` and `{}` in one line. */
function written(stack: string, { packages }: Combination): string {
  const version = (packages.cdktf ?? "").replace(/^npm:cdktn@/, "");
  const [before = "", after = "", ...more] = stack.split(`"version": "${version}"`);
  expect(more).toEqual([]);
  return `${before}"version"${after}`.replace(/\[\s+\]/g, "[]").replace(/\{\s+\}/g, "{}");
}

/** Resources, data sources, local values, variables and outputs; the other blocks name versions. */
function withoutVersions(text: string, { folder }: Build): unknown {
  const configuration = JSON.parse(text.replaceAll(folder, "FOLDER")) as Record<string, unknown>;
  const { resource, data, locals, variable, output } = configuration;
  return { resource, data, locals, variable, output };
}
