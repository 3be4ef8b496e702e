import { readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformName } from "../../lib/contract/contract";
import { Metaflow } from "../../modules/metaflow";
import { stackContract } from "../../modules/metaflow/stack-contract";
import { modules } from "../../tools/modules";
import { project } from "../support/app-folder";
import { fixture, MODULES, type ReferenceContract } from "../support/fixtures";
import { snippets } from "../support/snippets";
import { synthesized } from "../support/synth";

// docs/peers.md and the README's table: they name nothing that there is not, leave nothing out that is recorded, and agree.

interface Recorded {
  readonly upstream: {
    readonly inputs: Readonly<Record<string, readonly string[]>>;
    readonly examples: readonly string[];
  };
  readonly "cdk-metaflow": {
    readonly constructs: readonly string[];
    readonly parameters: readonly string[];
    readonly properties: readonly string[];
  };
}

const recorded = fixture<Recorded>("peers/names.json");
const template = fixture<{ parameters: string[]; outputs: string[] }>("cloudformation/names.json");
const references = MODULES.map((name) => [name, fixture<ReferenceContract>(`contract/${name}.json`)] as const);

/** The rows of the first table below a heading, without its head. */
function rows(page: string, heading: string): string[][] {
  const text = readFileSync(join(project, page), "utf8");
  const section = text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const COLUMNS = ["here", "reference", "upstream", "CloudFormation", "cdk-metaflow"] as const;
type Column = (typeof COLUMNS)[number];

const features = rows("docs/peers.md", "Features").map(([feature = "", ...cells]) => ({ feature, cells }));
const named = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

const optionNames = Object.entries(stackContract.options.options.fields).flatMap(([name, option]) => [
  name,
  ...("fields" in option ? Object.keys(option.fields) : []),
]);

/** What may be named in a column. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  here: [
    ...[...Object.keys(stackContract.inputs), ...Object.keys(stackContract.outputs)].map(terraformName),
    ...optionNames,
    ...[...modules().values()].map(({ contract }) => contract.construct),
  ],
  reference: references.flatMap(([, { inputs, outputs }]) => [...Object.keys(inputs), ...Object.keys(outputs)]),
  upstream: [...Object.values(recorded.upstream.inputs).flat(), ...recorded.upstream.examples],
  CloudFormation: [...template.parameters, ...template.outputs],
  "cdk-metaflow": [...recorded["cdk-metaflow"].constructs, ...recorded["cdk-metaflow"].properties],
};

/** Names of a column that there are not. */
function unknownNames(column: Column, cell: string): string[] {
  return named(cell).filter((name) => !NAMES[column].includes(name));
}

/** What a cell says first. */
const word = (cell: string) => /^(Yes|No)(?=$|: )/.exec(cell)?.[1];

describe("docs/peers.md", () => {
  test("has a row for each feature, with a cell for each of the five", () => {
    expect(features.length).toBeGreaterThan(20);
    expect(features.filter(({ cells }) => cells.length !== COLUMNS.length)).toEqual([]);
    expect(new Set(features.map(({ feature }) => feature)).size).toBe(features.length);
  });

  test.each(
    features.flatMap(({ feature, cells }) =>
      COLUMNS.map((column, index) => [feature, column, cells[index] ?? ""] as const),
    ),
  )("%s, %s: says yes or no, and names what there is: %s", (_, column, cell) => {
    expect(word(cell)).toBeDefined();
    expect(unknownNames(column, cell)).toEqual([]);
  });

  test.each<[Column, string]>([
    ["here", "Yes: `dashbord`"],
    ["reference", "Yes: `enable_key_rotation`"],
    ["upstream", "Yes: `batch_cluster_name`"],
    ["CloudFormation", "Yes: `EnableNotebook`"],
    ["cdk-metaflow", "Yes: `MetaflowUi`"],
  ])("a name in the column %s that there is not is found: %s", (column, cell) => {
    expect(unknownNames(column, cell)).toHaveLength(1);
  });

  test("says what stands here for what is not there", () => {
    const without = features.filter(({ cells }) => word(cells[0] ?? "") === "No");
    expect(without.filter(({ cells }) => (cells[0] ?? "").length < 20)).toEqual([]);
  });

  const cellsOf = (column: Column) => features.map(({ cells }) => cells[COLUMNS.indexOf(column)] ?? "");

  test("names each input that upstream has and the reference has not", () => {
    const further = references.flatMap(([name, { inputs }]) =>
      (recorded.upstream.inputs[name] ?? []).filter((input) => !(input in inputs)),
    );
    // The root's name for what is an input of the module datastore in the reference.
    expect(further).toContain("force_destroy_s3_bucket");
    const all = cellsOf("upstream").flatMap(named);
    expect(further.filter((input) => !all.includes(input))).toEqual([]);
  });

  test("names each construct of cdk-metaflow but its roles", () => {
    const all = cellsOf("cdk-metaflow").flatMap(named);
    const others = recorded["cdk-metaflow"].constructs.filter((name) => !name.endsWith("Role") && name !== "Metaflow");
    expect(others.filter((name) => !all.includes(name))).toEqual([]);
  });

  test("has the numbers of the reference's inputs, outputs and addresses, which the modules here have", () => {
    const counts = references.map(([name, { inputs, outputs, resources }]) => [
      `\`${name}\``,
      ...[Object.keys(inputs), Object.keys(outputs), resources].map(({ length }) => String(length)),
    ]);
    expect(rows("docs/peers.md", "The contract of the reference")).toEqual(counts);
    const own = new Map([...modules().values()].map(({ name, contract }) => [name, contract]));
    for (const [name, { inputs, outputs }] of references) {
      const contract = own.get(name);
      expect(
        Object.keys(contract?.inputs ?? {})
          .map(terraformName)
          .sort(),
      ).toEqual(Object.keys(inputs).sort());
      expect(
        Object.keys(contract?.outputs ?? {})
          .map(terraformName)
          .sort(),
      ).toEqual(Object.keys(outputs).sort());
    }
  });

  test("each key that cdk-metaflow has in Systems Manager is one here, by the option", () => {
    let names: string[] = [];
    synthesized((stack) => {
      names = Object.keys(new Metaflow(stack, "metaflow", { parameterPath: "/metaflow" }).parameters ?? {});
    });
    const keys = recorded["cdk-metaflow"].parameters.map((name) =>
      name.replaceAll("-", "_").replace("SYSROOT_S3", "S3"),
    );
    const found = (key: string) =>
      names.some((name) => name.replace("SYSROOT_S3", "S3").replace("S3ROOT", "S3") === key);
    expect(keys.length).toBe(11);
    expect(keys.filter((key) => !found(key))).toEqual([]);
  });

  test("what stands for it by an override is as the page has it", () => {
    const [override = {}] = snippets("docs/peers.md").map((code) =>
      synthesized((stack) => {
        const run = new Function("Metaflow", "stack", code.replace(/^import .*$/gm, "")) as (
          ...parts: readonly unknown[]
        ) => void;
        run(Metaflow, stack);
      }),
    );
    const environments = Object.values(override.resource?.aws_batch_compute_environment ?? {});
    expect(environments).toContainEqual(
      expect.objectContaining({
        compute_resources: expect.objectContaining({
          allocation_strategy: "BEST_FIT",
          ec2_configuration: [
            { image_type: "ECS_AL2023", image_id_override: "ami-0a1b2c3d4e5f60718" },
            { image_type: "ECS_AL2023_NVIDIA" },
          ],
        }) as unknown,
      }),
    );
  });
});

describe("the README's table", () => {
  const table = rows("README.md", "Beside the others");
  const words = new Map(features.map(({ feature, cells }) => [feature, cells.map(word)]));

  test("has each feature once", () => {
    const all = table.flatMap(([group = ""]) => group.split(", "));
    expect([...all].sort()).toEqual([...words.keys()].sort());
  });

  test.each(table)("%s: says what docs/peers.md says", (group, ...cells) => {
    for (const feature of group.split(", "))
      expect([feature, ...cells]).toEqual([feature, ...(words.get(feature) ?? [])]);
  });
});
