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
export function stackRoot(options: TerraformRootOptions = {}): TerraformRoot {
  const account = options.account ?? freshAccount();
  const { provider, ...configuration } = stackConfiguration() as { provider: { aws: [object] } };
  const [{ ...aws }] = provider.aws;
  return terraformRoot(
    { ...configuration, provider: { aws: { ...aws, ...emulatedProvider(account) } } },
    { ...options, account },
  );
}
