import { describe, terraformName, type Contract, type Input } from "../../lib/contract/contract";
import type { Configuration } from "../../lib/synth/stack";

/**
 * A module's requirements, providers, modules, resources, inputs and outputs as terraform-docs writes them, so that its
 * tables look like any module's.
 *
 * @param module - the module's blocks, read from its files
 */
export function moduleTables(module: Configuration): string {
  const sections = [
    section("Requirements", ["Name", "Version"], requirements(module)),
    section("Providers", ["Name", "Version"], providers(module)),
    section("Modules", ["Name", "Source", "Version"], calls(module)),
    section(
      "Resources",
      ["Name", "Type"],
      [...elements(module.resource, "resources"), ...elements(module.data, "data-sources")],
    ),
    section("Inputs", ["Name", "Description", "Type", "Default", "Required"], inputs(module)),
    section("Outputs", ["Name", "Description"], outputs(module)),
  ];
  return sections.join("\n").trimEnd();
}

/** A table of a contract's inputs, for readers who want to know what there is to set. */
export function settingsTable(contract: Contract): string {
  const rows = Object.entries<Input>(contract.inputs).map(([name, input]) => [
    code(terraformName(name)),
    prose(`${describe(input.description, "terraform")}.`),
    code(JSON.stringify(input.default)),
  ]);
  return table(["Variable", "Meaning", "Default"], rows);
}

/** A text with another text between its markers, `<!-- BEGIN_… -->` and `<!-- END_… -->`. */
export function between(text: string, name: string, inner: string): string {
  const [begin, end] = [`<!-- BEGIN_${name} -->`, `<!-- END_${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The text has no ${begin} and ${end}.`);
  return `${text.slice(0, from + begin.length)}\n${inner}\n${text.slice(to)}`;
}

interface Provider {
  readonly source: string;
  readonly version?: string;
}

interface Variable {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
}

type Row = readonly string[];

function requirements({ terraform = {} }: Configuration): Row[] {
  const version = terraform.required_version as string | undefined;
  return [
    ...(version === undefined ? [] : [[anchor("requirement", "terraform"), text(version)]]),
    ...Object.entries(requiredProviders(terraform)).map(([name, provider]) => [
      anchor("requirement", name),
      text(provider.version ?? "n/a"),
    ]),
  ];
}

function providers({ terraform = {}, resource = {}, data = {} }: Configuration): Row[] {
  const used = new Set([...Object.keys(resource), ...Object.keys(data)].map((type) => type.split("_")[0]));
  return Object.entries(requiredProviders(terraform))
    .filter(([name]) => used.has(name))
    .map(([name, { version = "n/a" }]) => [anchor("provider", name), text(version)]);
}

function requiredProviders(terraform: Record<string, unknown>): Record<string, Provider> {
  return (terraform.required_providers ?? {}) as Record<string, Provider>;
}

function calls({ module = {} }: Configuration): Row[] {
  return sorted<{ source: string }>(module).map(([name, { source }]) => [anchor("module", name), source, "n/a"]);
}

function elements(blocks: Record<string, unknown> = {}, kind: "resources" | "data-sources"): Row[] {
  return sorted<object>(blocks).flatMap(([type, named]) => {
    const [provider = "", ...words] = type.split("_");
    const page = `https://registry.terraform.io/providers/hashicorp/${provider}/latest/docs/${kind}/${words.join("_")}`;
    return sorted<object>(named).map(([name]) => [
      `[${type}.${name}](${page})`,
      kind === "resources" ? "resource" : "data source",
    ]);
  });
}

function inputs({ variable = {} }: Configuration): Row[] {
  return sorted<Variable>(variable).map(([name, input]) => [
    anchor("input", name),
    prose(input.description),
    code(input.type),
    "default" in input ? code(JSON.stringify(input.default)) : "n/a",
    "default" in input ? "no" : "yes",
  ]);
}

function outputs({ output = {} }: Configuration): Row[] {
  return sorted<{ description: string }>(output).map(([name, { description }]) => [
    anchor("output", name),
    text(description),
  ]);
}

function sorted<Block>(blocks: object): [string, Block][] {
  return (Object.entries(blocks) as [string, Block][]).sort(([a], [b]) => (a < b ? -1 : 1));
}

function section(title: string, columns: Row, rows: readonly Row[]): string {
  const body = rows.length === 0 ? `No ${title.toLowerCase()}.` : table(columns, rows);
  return `## ${title}\n\n${body}\n`;
}

function table(columns: Row, rows: readonly Row[]): string {
  const rule = columns.map((column) =>
    column === "Required" ? `:${"-".repeat(column.length)}:` : "-".repeat(column.length + 2),
  );
  return [`| ${columns.join(" | ")} |`, `|${rule.join("|")}|`, ...rows.map((row) => `| ${row.join(" | ")} |`)].join(
    "\n",
  );
}

function anchor(kind: string, name: string): string {
  return `<a name="${kind}_${name}"></a> [${text(name)}](#${kind}\\_${text(name)})`;
}

function code(value: string): string {
  return `\`${value}\``;
}

function text(value: string): string {
  return value
    .replace(/[_*|\\]/g, "\\$&")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function prose(value: string): string {
  return text(value).replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
