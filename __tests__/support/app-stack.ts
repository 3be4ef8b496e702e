import { RootConstruct } from "constructs";
import { emulatedProvider } from "../../lib/local/environment";
import { MetaflowStack, type MetaflowStackProps } from "../../modules/metaflow/stack";
import { freshAccount } from "./emulated-aws";
import { terraformRoot, type TerraformRoot, type TerraformRootOptions } from "./terraform-root";

/** The deployable stack's configuration. */
export function stackConfiguration(props: MetaflowStackProps = {}): Record<string, unknown> {
  return new MetaflowStack(new RootConstruct(), "metaflow", props).toTerraform() as Record<string, unknown>;
}

/** The deployable stack as a Terraform root in the emulated AWS. */
export function stackRoot(options: TerraformRootOptions = {}, props: MetaflowStackProps = {}): TerraformRoot {
  const account = options.account ?? freshAccount();
  return terraformRoot(emulatedStack(account, props), { ...options, account });
}

/** The deployable stack's configuration for an account of the emulated AWS. */
export function emulatedStack(account: string, props: MetaflowStackProps = {}): Record<string, unknown> {
  const { provider, terraform, ...configuration } = stackConfiguration(props) as {
    provider: { aws: [object] };
    terraform: { backend?: { s3: object } };
  };
  const [aws] = provider.aws;
  const backend = terraform.backend && { s3: { ...terraform.backend.s3, use_path_style: true } };
  return {
    ...configuration,
    terraform: { ...terraform, ...(backend && { backend }) },
    provider: { aws: { ...aws, ...emulatedProvider(account) } },
  };
}
