import { metaflowModule } from "../../modules/metaflow/module";
import { filesOf } from "../../tools/publish/publish";
import { calledModules, fixture, MODULES, requirementsOf, type ReferenceContract } from "../support/fixtures";
import { publishedFiles } from "../support/published";
import { addresses, type Configuration } from "../support/synth";

/** The rows of a table in a README, each cell as a reader sees it. */
function rows(readme: string, title: string): string[][] {
  const section = readme.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(1).map((line) => line.slice(2, -2).split(" | ").map(plain));
}

/** The text of a Markdown cell: without anchors, link targets, backticks and escapes. */
function plain(cell: string): string {
  return cell
    .replace(/<a name="[^"]*"><\/a> /, "")
    .replace(/^\[(.*)\]\(.*\)$/, "$1")
    .replace(/^`(.*)`$/, "$1")
    .replace(/\\([_*|\\])/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
}

const byName = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);

describe.each(MODULES)("the README of %s", (name) => {
  const readme = publishedFiles()[`modules/${name}/README.md`] ?? "";
  const reference = fixture<ReferenceContract>(`contract/${name}.json`);

  test("lists the reference's inputs: names, types, defaults, which are required", () => {
    const listed = rows(readme, "Inputs").map(([input, , type, value, required]) => [input, type, value, required]);
    const expected = Object.entries(reference.inputs).map(([input, { type, required, default: value }]) => [
      ...[input, type, required ? "n/a" : JSON.stringify(value), required ? "yes" : "no"],
    ]);
    expect(listed).toEqual(expected.sort(byName));
  });

  test("lists the reference's outputs", () => {
    expect(rows(readme, "Outputs").map(([output]) => output)).toEqual(Object.keys(reference.outputs).sort());
  });

  test("lists the reference's resources and data sources", () => {
    const listed = rows(readme, "Resources").map(([address, kind]) => (kind === "resource" ? "" : "data.") + address);
    expect(listed.sort()).toEqual(reference.resources.map((address) => address.replace("[count]", "")).sort());
  });

  test("lists the modules that the reference calls", () => {
    const listed = rows(readme, "Modules").map(([call, source]) => [call, source]);
    expect(Object.fromEntries(listed)).toEqual(calledModules(reference));
  });

  test("lists the reference's requirements, the archive provider where it is used, and the AWS provider that has its arguments", () => {
    const { terraform, ...providers } = requirementsOf(reference);
    const archive = reference.resources.some((address) => address.startsWith("data.archive_file")) ? ["archive"] : [];
    const version = (required: unknown) => (required as { version?: string }).version ?? "n/a";
    expect(Object.fromEntries(rows(readme, "Requirements"))).toEqual({
      ...(terraform === undefined ? {} : { terraform }),
      ...Object.fromEntries(archive.map((provider) => [provider, "n/a"])),
      ...Object.fromEntries(Object.entries(providers).map(([provider, required]) => [provider, version(required)])),
    });
  });
});

test("the README of a release lists the root module's inputs, outputs and resources", () => {
  const readme = String(new Map(filesOf(metaflowModule)).get("README.md"));
  const { variable = {}, output = {}, ...blocks } = metaflowModule.configuration() as Configuration;
  const expected = Object.entries(variable).map(([input, { type, default: value }]) => [
    ...[input, type, JSON.stringify(value), "no"],
  ]);
  const listed = rows(readme, "Inputs").map(([input, , type, value, required]) => [input, type, value, required]);
  expect(listed).toEqual(expected.sort(byName));
  expect(rows(readme, "Outputs").map(([name]) => name)).toEqual(Object.keys(output).sort());
  expect(rows(readme, "Resources")).toHaveLength(addresses(blocks).length);
});
