/** What TFLint says of an output or a variable whose name is not in snake case. */
export function notSnakeCase(name: string, kind: "output" | "variable" = "output"): string {
  return `terraform_naming_convention: ${kind} name \`${name}\` must match the following format: snake_case`;
}
