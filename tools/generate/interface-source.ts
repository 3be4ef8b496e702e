import {
  describe,
  isRequired,
  type Contract,
  type Input,
  type InputType,
  type Output,
} from "../../lib/contract/contract";

/**
 * The TypeScript source of a contract's interfaces: `<Construct>Inputs` and `<Construct>Outputs`.
 *
 * Generated rather than mapped types, because an editor shows the doc comments of an interface's properties only.
 */
export function interfaceSource(contract: Contract): string {
  const inputs = Object.entries<Input>(contract.inputs);
  const body = [
    "// Generated from contract.ts by `npm run generate`; change the contract instead.",
    ...(inputs.some(([, input]) => input.type === "bool") ? ['import type { IResolvable } from "cdktf";'] : []),
    "",
  ];
  if (inputs.length > 0) {
    body.push(
      `/** The inputs of the module, which are the variables of its Terraform form. */`,
      `export interface ${contract.construct}Inputs {`,
      ...separated(inputs.map(([name, input]) => inputProperty(name, input))),
      "}",
      "",
    );
  }
  body.push(
    `/** The outputs of the module. */`,
    `export interface ${contract.construct}Outputs {`,
    ...separated(Object.entries<Output>(contract.outputs).map(([name, output]) => outputProperty(name, output))),
    "}",
    "",
  );
  return body.join("\n");
}

const TYPES: Record<InputType, string> = {
  string: "string",
  number: "number",
  bool: "boolean | IResolvable",
  "list(string)": "string[]",
  "map(string)": "Record<string, string>",
};

function inputProperty(name: string, input: Input): string {
  const lines = [sentence(input.description)];
  if (input.rule) lines.push("", `Must be ${input.rule.allowed}.`);
  if (!isRequired(input)) lines.push("", `@default ${JSON.stringify(input.default)}`);
  return `${comment(lines)}  readonly ${name}${isRequired(input) ? "" : "?"}: ${TYPES[input.type]};`;
}

function outputProperty(name: string, output: Output): string {
  return `${outputComment(output)}  readonly ${name}: string;`;
}

/** The doc comment of an output. */
export function outputComment(output: Output): string {
  return comment([sentence(output.description), ...(output.sensitive ? ["", "Sensitive."] : [])]);
}

/** A description as a doc comment has it, where `<…>` would be taken for HTML unless it is marked as code. */
function sentence(description: string): string {
  return `${describe(description, "typescript").replace(/[^\s(]*<[\w-]+>[^\s,;:)]*/g, "`$&`")}.`;
}

function comment(lines: readonly string[]): string {
  const wrapped = lines.flatMap((line) => wrap(line, 115));
  if (wrapped.length === 1) return `  /** ${wrapped[0]} */\n`;
  return ["  /**", ...wrapped.map((line) => `   * ${line}`.trimEnd()), "   */", ""].join("\n");
}

function wrap(line: string, width: number): string[] {
  const rows: string[] = [];
  let row = "";
  for (const word of line.split(" ")) {
    if (row && row.length + 1 + word.length > width) {
      rows.push(row);
      row = "";
    }
    row = row ? `${row} ${word}` : word;
  }
  return [...rows, row];
}

/** Members with an empty line between them. */
export function separated(properties: readonly string[]): string[] {
  return properties.flatMap((property, index) => (index === 0 ? [property] : ["", property]));
}
