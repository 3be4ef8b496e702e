/** What TFLint says of an output whose name is not in snake case. */
export function notSnakeCase(output: string): string {
  return `terraform_naming_convention: output name \`${output}\` must match the following format: snake_case`;
}
