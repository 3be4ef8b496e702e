import type { Operand, Expression } from "../hcl/expression";

/** What a value must be beyond its type: one condition for literals at synth and for variables at plan. */
export interface Rule {
  /** What is allowed, as the end of "must be …": it stands in error messages and in the documentation. */
  readonly allowed: string;
  /** Whether a value is allowed. */
  readonly test: (value: Operand) => Expression;
}

/** The Terraform types that inputs have. */
export type InputType = "string" | "number" | "bool" | "list(string)" | "map(string)";

/** One input of a module: its variable, prop, check and documentation are derived from it. */
export interface Input {
  readonly type: InputType;
  /** A sentence without its full stop; `{name}` stands for an input's name in the language of the reader. */
  readonly description: string;
  /** Absent where the input is required. */
  readonly default?: string | number | boolean | null | readonly string[] | Readonly<Record<string, string>>;
  /** Whether a module takes null as "not set" although the input is required or its default another value. */
  readonly nullable?: boolean;
  /** Whether the value is kept out of messages. */
  readonly sensitive?: boolean;
  /** Whether the variable is declared without a type: Terraform takes any value, and makes a string of it where it is used. */
  readonly typeless?: boolean;
  readonly rule?: Rule;
}

/** One output of a module. */
export interface Output {
  /** A sentence without its full stop. */
  readonly description: string;
  readonly sensitive?: boolean;
}

/** A Terraform module's inputs and outputs, by their names in TypeScript. */
export interface Contract<InputName extends string = string, OutputName extends string = string> {
  /** The name of the construct's class. */
  readonly construct: string;
  /** What the module is, in a sentence without its full stop. */
  readonly description: string;
  readonly inputs: Readonly<Record<InputName, Input>>;
  readonly outputs: Readonly<Record<OutputName, Output>>;
}

type Described<Default> = Omit<Input, "type" | "default"> & { readonly default?: Default };

/** A string input. */
export const string = (input: Described<string | null>): Input => ({ type: "string", ...input });

/** A number input. */
export const number = (input: Described<number>): Input => ({ type: "number", ...input });

/** A boolean input. */
export const bool = (input: Described<boolean | null>): Input => ({ type: "bool", ...input });

/** A list of strings. */
export const stringList = (input: Described<readonly string[]>): Input => ({ type: "list(string)", ...input });

/** A map of strings. */
export const stringMap = (input: Described<Readonly<Record<string, string>>>): Input => ({
  type: "map(string)",
  ...input,
});

/** The type that an input's variable is declared with. */
export function terraformType({ type, typeless = false }: Input): string {
  return typeless ? "any" : type;
}

/** A contract, its names kept as literal types. */
export function contract<InputName extends string, OutputName extends string>(
  definition: Contract<InputName, OutputName>,
): Contract<InputName, OutputName> {
  return definition;
}

/** Whether callers must give an input. */
export function isRequired(input: Input): boolean {
  return input.default === undefined;
}

/** Whether null is a value of an input, as callers of a module give it. */
export function isNullable(input: Input): boolean {
  return input.nullable === true || input.default === null;
}

/** The Terraform name of an input or output: `subnet1Id` is `subnet1_id`; `METAFLOW_…` names stand for themselves. */
export function terraformName(name: string): string {
  return /^[A-Z]/.test(name) ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A description for readers of Terraform or of TypeScript: each `{name}` in it as they write it. */
export function describe(description: string, language: "terraform" | "typescript"): string {
  return description.replace(/\{(\w+)\}/g, (_, name: string) =>
    language === "terraform" ? terraformName(name) : name,
  );
}
