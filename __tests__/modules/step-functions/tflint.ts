/** What TFLint finds in the module, as in the reference. */
export const moduleFindings: readonly string[] = [
  'terraform_required_providers: Missing version constraint for provider "aws" in `required_providers`',
];
