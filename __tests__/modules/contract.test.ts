import { moduleFiles } from "../../tools/publish/module-files";
import { publishedModules } from "../../tools/modules";
import { calledModules, fixture, MODULES, requirementsOf, type ReferenceContract } from "../support/fixtures";
import { addresses, type Configuration } from "../support/synth";

/** The files of a published module as one configuration. */
function published(
  name: string,
): Configuration & { terraform?: Record<string, unknown>; module?: object; moved?: object } {
  const module = publishedModules().get(name);
  if (!module) throw new Error(`no module ${name}`);
  const files = [...moduleFiles(module).values()].map((text) => JSON.parse(text) as object);
  return Object.assign({}, ...files) as Configuration;
}

describe.each(MODULES)("%s", (name) => {
  const reference = fixture<ReferenceContract>(`contract/${name}.json`);
  const module = published(name);

  test("has the reference's inputs: names, order, types, defaults and which are required", () => {
    const inputs = Object.entries(module.variable ?? {}).map(([input, { type, default: value }]) => [
      input,
      { type, required: value === undefined, ...(value === undefined ? {} : { default: value }) },
    ]);
    expect(inputs).toEqual(Object.entries(reference.inputs));
  });

  test("has the reference's outputs, the password being sensitive besides", () => {
    const outputs = Object.entries(module.output ?? {}).map(([output, { sensitive = false }]) => [
      output,
      { sensitive },
    ]);
    const expected = Object.entries(reference.outputs).map(([output, { sensitive }]) => [
      output,
      { sensitive: sensitive || output === "database_password" },
    ]);
    expect(outputs).toEqual(expected);
  });

  test("has the reference's resources and data sources at their addresses, with a count where it has one", () => {
    const expected = reference.resources.map((address) => address.replace("[count]", "")).sort();
    expect(addresses(module)).toEqual(expected);
    const counted = Object.entries(module.resource ?? {}).flatMap(([type, elements]) =>
      Object.entries(elements).flatMap(([id, element]) => ("count" in element ? [`${type}.${id}[count]`] : [])),
    );
    expect(counted.sort()).toEqual(reference.resources.filter((address) => address.endsWith("[count]")).sort());
  });

  test("requires what the reference requires, the archive provider where it uses that, and the AWS provider that has its arguments", () => {
    const { terraform, ...providers } = requirementsOf(reference);
    const uses = Object.keys(module.data ?? {}).includes("archive_file");
    expect(module.terraform ?? {}).toEqual({
      ...(terraform ? { required_version: terraform } : {}),
      ...(Object.keys(providers).length > 0
        ? { required_providers: { ...providers, ...(uses ? { archive: { source: "hashicorp/archive" } } : {}) } }
        : {}),
    });
  });

  test("calls the modules that the reference calls", () => {
    const calls = Object.entries(module.module ?? {}).map(([call, { source }]: [string, { source: string }]) => [
      call,
      source,
    ]);
    expect(Object.fromEntries(calls)).toEqual(calledModules(reference));
  });

  test("has the reference's moved blocks", () => {
    expect(module.moved).toEqual(reference.moved);
  });
});

describe.each([...publishedModules().keys()])("the published module %s", (name) => {
  const module = published(name);

  test("describes every input and output in a sentence", () => {
    for (const { description } of Object.values({ ...module.variable, ...module.output }) as {
      description?: string;
    }[]) {
      expect(description).toMatch(/^[A-Z][^{}]*\.$/);
    }
  });

  test("has nothing that only a root module may have, and nothing of CDKTF or of this machine", () => {
    const files = [...moduleFiles(publishedModules().get(name) as never).values()].join("");
    expect(files).not.toContain('"//"');
    expect(files).not.toContain(process.cwd());
    expect(module).not.toHaveProperty("provider");
    expect(module.terraform ?? {}).not.toHaveProperty("backend");
  });

  test("is the same on every build", () => {
    const build = () => [...moduleFiles(publishedModules().get(name) as never)];
    expect(build()).toEqual(build());
  });
});

/** What came to Terraform's language after 0.13. */
const TOO_NEW =
  /\b(alltrue|anytrue|one|sensitive|nonsensitive|startswith|endswith|strcontains|timecmp|plantimestamp|sum|textdecodebase64)\(/;

const OLD = MODULES.filter((name) => publishedModules().get(name)?.requirements.terraform === ">= 0.13");

test.each(OLD)("%s uses only what Terraform 0.13 reads", (name) => {
  // Where the reference has moved blocks, it asks for a newer Terraform itself.
  const { moved, ...module } = published(name);
  void moved;
  for (const [input, variable] of Object.entries(module.variable ?? {})) {
    expect(Object.keys(variable)).toEqual(expect.not.arrayContaining(["sensitive", "nullable", "ephemeral"]));
    for (const { condition, error_message } of (variable.validation ?? []) as Record<string, string>[]) {
      expect(condition?.match(/var\.\w+/g)?.every((reference) => reference === `var.${input}`)).toBe(true);
      expect(error_message).toMatch(/^[A-Z][^$%]*\.$/);
    }
  }
  expect(JSON.stringify(module)).not.toMatch(TOO_NEW);
  expect(JSON.stringify(module)).not.toMatch(/"(precondition|postcondition|replace_triggered_by|moved|import|check)"/);
});
