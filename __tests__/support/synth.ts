import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { RootConstruct, type Construct } from "constructs";

/** A Terraform configuration in JSON, by kind, type and name. */
export interface Configuration {
  readonly variable?: Record<string, Record<string, unknown>>;
  readonly output?: Record<string, { readonly value: unknown; readonly sensitive?: boolean }>;
  readonly locals?: Record<string, unknown>;
  readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
  readonly data?: Record<string, Record<string, Record<string, unknown>>>;
}

/** What a stack synthesizes to. */
export function synthesized(build: (stack: TerraformStack) => void): Configuration {
  const stack = new TerraformStack(new RootConstruct(), "stack");
  build(stack);
  return stack.toTerraform() as Configuration;
}

/** How a value stands in a stack's JSON; it may refer to a variable, `var.v`. */
export function rendered(value: (variable: TerraformVariable, stack: Construct) => unknown): unknown {
  const { output } = synthesized((stack) => {
    const variable = new TerraformVariable(stack, "v", {});
    new TerraformOutput(stack, "out", { value: value(variable, stack) });
  });
  return output?.out?.value;
}

/** The addresses of a configuration's resources and data sources, in order. */
export function addresses({ resource = {}, data = {} }: Configuration): string[] {
  const of = (blocks: Record<string, object>, kind: string) =>
    Object.entries(blocks).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${kind}${type}.${name}`));
  return [...of(resource, ""), ...of(data, "data.")].sort();
}
