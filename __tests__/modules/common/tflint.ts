/** What TFLint finds in the module, as in the reference. */
export const moduleFindings: readonly string[] = [
  'terraform_required_version: terraform "required_version" attribute is required',
];
