import {
  describe,
  isRequired,
  isRequiredOption,
  type Contract,
  type Input,
  type InputType,
  type Option,
  type Options,
  type Output,
} from "../../lib/contract/contract";

/**
 * The TypeScript source of a contract's interfaces: `<Construct>Inputs`, `<Construct>Outputs`, `<Construct>Options`, and the
 * types that the options name.
 *
 * Generated rather than mapped types, because an editor shows the doc comments of an interface's properties only.
 *
 * @param elsewhere - other modules' contracts by the modules' names, whose types the options may name
 */
export function interfaceSource(contract: Contract, elsewhere: ReadonlyMap<string, Contract> = new Map()): string {
  const inputs = Object.entries<Input>(contract.inputs);
  const shared = sharedTypes(contract.options ?? {}, elsewhere);
  const known = [...elsewhere.values()].flatMap((other) => [...namedTypes(other.options ?? {}).keys()]);
  const options = optionsSource(contract, new Set(known));
  const body = [
    "// Generated from contract.ts by `npm run generate`; change the contract instead.",
    ...[...shared].map(
      ([module, types]) => `import type { ${types.join(", ")} } from "../../${module}/generated/interface";`,
    ),
    "",
  ];
  if (inputs.length > 0) {
    body.push(
      `/** The inputs of the module, which are the variables of the published module. */`,
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
    ...options,
  );
  return withImports(body);
}

/**
 * The TypeScript source of the options of a contract that has another one's inputs and outputs.
 *
 * @param base - the other contract, whose options the contract may have in one of its own
 */
export function optionsFile(contract: Contract, base: Contract): string {
  const known = new Set([`${base.construct}Options`, ...namedTypes(base.options ?? {}).keys()]);
  const types = optionTypes(contract.options ?? {}).filter((name) => known.has(name));
  return withImports([
    "// Generated from stack-contract.ts by `npm run generate`; change the contract instead.",
    `import type { ${types.join(", ")} } from "./interface";`,
    "",
    ...optionsSource(contract, known),
  ]);
}

/** The types that options name and that other modules have already, by the module. */
function sharedTypes(options: Options, elsewhere: ReadonlyMap<string, Contract>): Map<string, string[]> {
  const own = optionTypes(options);
  const found = [...elsewhere].map(([module, { options: others = {} }]): [string, string[]] => {
    const theirs = namedTypes(others);
    return [module, own.filter((name) => theirs.has(name)).sort()];
  });
  return new Map(found.filter(([, types]) => types.length > 0));
}

/** The lines of a file, with an import of the types of CDKTF that they use. */
function withImports([first = "", ...lines]: readonly string[]): string {
  const used = ["IResolvable", "ITerraformDependable"].filter((type) => lines.some((line) => line.includes(type)));
  const imports = used.length > 0 ? [`import type { ${used.join(", ")} } from "cdktf";`] : [];
  return [first, ...imports, ...lines].join("\n");
}

/** The names of the types that options have themselves. */
function optionTypes(options: Options): string[] {
  return Object.values(options).flatMap((option) => ("name" in option ? [option.name] : []));
}

function optionsSource({ construct, options = {} }: Contract, known: ReadonlySet<string> = new Set()): string[] {
  if (Object.keys(options).length === 0) return [];
  const about = "What the construct does beyond the inputs of the Terraform module";
  const types = [...namedTypes(options)].filter(([name]) => !known.has(name)).map(([, type]) => type);
  return [...types, interfaceText(`${construct}Options`, about, options)];
}

/** The types that options name, by their names. */
function namedTypes(options: Options): Map<string, string> {
  return new Map(
    Object.values(options).flatMap((option) => {
      if (option.kind === "choice") {
        const lines = [
          `${option.description}.`,
          "",
          ...Object.entries(option.words).map(([word, text]) => `- \`${word}\`: ${text}.`),
        ];
        const words = Object.keys(option.words).map((word) => JSON.stringify(word));
        return [[option.name, `${comment(lines, "")}export type ${option.name} = ${words.join(" | ")};\n`] as const];
      }
      if (option.kind !== "object" && option.kind !== "object map") return [];
      return [
        ...namedTypes(option.fields),
        [option.name, interfaceText(option.name, option.about, option.fields)] as const,
      ];
    }),
  );
}

function interfaceText(name: string, about: string, options: Options): string {
  const members = separated(Object.entries(options).map(([member, option]) => optionProperty(member, option)));
  return [`${comment([sentence(about)], "")}export interface ${name} {`, ...members, "}", ""].join("\n");
}

function optionProperty(name: string, option: Option): string {
  const lines = [sentence(option.description)];
  if (option.kind === "value" && option.rule) lines.push("", `Must be ${option.rule.allowed}.`);
  if (option.kind === "object map") lines.push("", `Each name must be ${option.key.allowed}.`);
  if (option.source !== undefined) lines.push("", `Source: ${option.source}.`);
  if (option.kind === "value" && option.sensitive) lines.push("", "Sensitive.");
  if (option.default !== undefined) lines.push("", `@default ${JSON.stringify(option.default)}`);
  else if (typeof option.unset === "string") lines.push("", `@default - ${option.unset}`);
  else if (option.unset !== undefined) lines.push("", `@default ${String(option.unset)}`);
  return `${comment(lines)}  readonly ${name}${isRequiredOption(option) ? "" : "?"}: ${optionType(option)};`;
}

function optionType(option: Option): string {
  if (option.kind === "dependencies") return "ITerraformDependable[]";
  if (option.kind === "object map") return `Readonly<Record<string, ${option.name}>>`;
  if (option.kind !== "value") return option.name;
  return option.type === "bool" && option.literal ? "boolean" : TYPES[option.type];
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
  return `${outputComment(output)}  readonly ${name}${output.optional ? "?" : ""}: string;`;
}

/** The doc comment of an output. */
export function outputComment(output: Output): string {
  return comment([sentence(output.description), ...(output.sensitive ? ["", "Sensitive."] : [])]);
}

/** A description as a doc comment has it, where `<…>` would be taken for HTML unless it is marked as code. */
function sentence(description: string): string {
  return `${describe(description, "typescript").replace(/[^\s(]*<[\w-]+>[^\s,;:)]*/g, "`$&`")}.`;
}

function comment(lines: readonly string[], indent = "  "): string {
  const wrapped = lines.flatMap((line) => wrap(line, 115));
  if (wrapped.length === 1) return `${indent}/** ${wrapped[0]} */\n`;
  return [`${indent}/**`, ...wrapped.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`, ""].join("\n");
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
