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
  /** Whether only a construct with a certain option has it: its prop may be undefined, and a published module, which has no options, is without. */
  readonly optional?: boolean;
}

/** What every option says. Without `default` and `unset` it is required, which only a field of an object can be. */
interface OptionText {
  /** A sentence without its full stop. */
  readonly description: string;
  /** Where AWS documents it, in words. */
  readonly source?: string;
  /** What the code takes where it is not set. */
  readonly default?: string | number | boolean;
  /** What happens where it is not set, if nothing is taken: a value that AWS or the image has, or words. */
  readonly unset?: string | number | boolean;
}

/** An option that is one value. */
export interface ValueOption extends OptionText {
  readonly kind: "value";
  readonly type: InputType;
  readonly rule?: Rule;
  readonly sensitive?: boolean;
  /** Whether a token will not do, as the value decides what is declared. */
  readonly literal?: boolean;
}

/** An option that is one of some words. */
export interface ChoiceOption extends OptionText {
  readonly kind: "choice";
  /** The name of its type. */
  readonly name: string;
  /** What each word means, in sentences without the last full stop. */
  readonly words: Readonly<Record<string, string>>;
}

/** An option that is an object of options. */
export interface ObjectOption extends OptionText {
  readonly kind: "object";
  /** The name of its interface. */
  readonly name: string;
  /** What the interface is, in a sentence without its full stop. */
  readonly about: string;
  readonly fields: Options;
}

/** An option that is a map of objects, each under a name of the caller's. */
export interface ObjectMapOption extends OptionText {
  readonly kind: "object map";
  /** The name of the interface of one object. */
  readonly name: string;
  /** What the interface is, in a sentence without its full stop. */
  readonly about: string;
  /** What the names must be. */
  readonly key: Rule;
  readonly fields: Options;
}

/** What has to exist before: a list of resources, data sources or module calls. */
export interface DependenciesOption extends OptionText {
  readonly kind: "dependencies";
}

/** A setting of a construct in TypeScript only: its prop, type, check and documentation are derived from it. */
export type Option = ValueOption | ChoiceOption | ObjectOption | ObjectMapOption | DependenciesOption;

/** Options by their names. */
export type Options<Name extends string = string> = Readonly<Record<Name, Option>>;

/** A Terraform module's inputs and outputs, and its construct's options, by their names in TypeScript. */
export interface Contract<
  InputName extends string = string,
  OutputName extends string = string,
  Own extends Options = Options,
> {
  /** The name of the construct's class. */
  readonly construct: string;
  /** What the module is, in a sentence without its full stop. */
  readonly description: string;
  readonly inputs: Readonly<Record<InputName, Input>>;
  readonly outputs: Readonly<Record<OutputName, Output>>;
  /** What the construct does beyond the inputs; absent where there is nothing. */
  readonly options?: Own;
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

type Entry<Kind extends Option> = Omit<Kind, "kind" | "type" | "literal">;

/** A boolean option, which may be a token. */
export const boolOption = <Own extends Entry<ValueOption>>(option: Own) =>
  ({ kind: "value", type: "bool", ...option }) as const;

/** A boolean option that must be known at synth, as it decides what is declared. */
export const switchOption = <Own extends Entry<ValueOption>>(option: Own) =>
  ({ kind: "value", type: "bool", literal: true, ...option }) as const;

/** A number option. */
export const numberOption = <Own extends Entry<ValueOption>>(option: Own) =>
  ({ kind: "value", type: "number", ...option }) as const;

/** A string option. */
export const stringOption = <Own extends Entry<ValueOption>>(option: Own) =>
  ({ kind: "value", type: "string", ...option }) as const;

/** An option that is a list of strings. */
export const listOption = <Own extends Entry<ValueOption>>(option: Own) =>
  ({ kind: "value", type: "list(string)", ...option }) as const;

/** An option that is a map of strings. */
export const mapOption = <Own extends Entry<ValueOption>>(option: Own) =>
  ({ kind: "value", type: "map(string)", ...option }) as const;

/** An option that is one of some words and must be known at synth. */
export const choiceOption = <Own extends Entry<ChoiceOption>>(option: Own) => ({ kind: "choice", ...option }) as const;

/** An option that is an object. */
export const objectOption = <Own extends Entry<ObjectOption>>(option: Own) => ({ kind: "object", ...option }) as const;

/** An option that is a map of objects, whose other members are refused. */
export const objectMapOption = <Own extends Entry<ObjectMapOption>>(option: Own) =>
  ({ kind: "object map", ...option }) as const;

/** An option that is a list of what has to exist before. */
export const dependenciesOption = <Own extends Entry<DependenciesOption>>(option: Own) =>
  ({ kind: "dependencies", ...option }) as const;

/** A contract, its names kept as literal types. */
export function contract<
  InputName extends string,
  OutputName extends string,
  Own extends Options = Readonly<Record<never, Option>>,
>(definition: Contract<InputName, OutputName, Own>): Contract<InputName, OutputName, Own> & { readonly options: Own } {
  return { ...definition, options: definition.options ?? ({} as Own) };
}

/** Whether callers must give an input. */
export function isRequired(input: Input): boolean {
  return input.default === undefined;
}

/** Whether an object must have an option. */
export function isRequiredOption(option: Option): boolean {
  return option.default === undefined && option.unset === undefined;
}

/** Whether null is a value of an input, as callers of a module give it. */
export function isNullable(input: Input): boolean {
  return input.nullable === true || input.default === null;
}

/** The Terraform name of an input or output: `subnet1Id` is `subnet1_id`; `METAFLOW_…` names stand for themselves. */
export function terraformName(name: string): string {
  let known = TERRAFORM_NAMES.get(name);
  if (known === undefined) {
    known = /^[A-Z]/.test(name) ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    TERRAFORM_NAMES.set(name, known);
  }
  return known;
}

/** The names of contracts, of which there are not many. */
const TERRAFORM_NAMES = new Map<string, string>();

/** A description for readers of Terraform or of TypeScript: each `{name}` in it as they write it. */
export function describe(description: string, language: "terraform" | "typescript"): string {
  return description.replace(/\{(\w+)\}/g, (_, name: string) =>
    language === "terraform" ? terraformName(name) : name,
  );
}
