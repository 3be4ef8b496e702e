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
  const { provider, terraform, ...configuration } = stackConfiguration(props) as {
    provider: { aws: [object] };
    terraform: { backend?: { s3: object } };
  };
  const [aws] = provider.aws;
  const backend = terraform.backend && { s3: { ...terraform.backend.s3, use_path_style: true } };
  return terraformRoot(
    {
      ...configuration,
      terraform: { ...terraform, ...(backend && { backend }) },
      provider: { aws: { ...aws, ...emulatedProvider(account) } },
    },
    { ...options, account },
  );
}
