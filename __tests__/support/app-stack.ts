import { RootConstruct } from "constructs";
import { MetaflowStack, type MetaflowStackProps } from "../../modules/metaflow/stack";
import { terraformRoot, type TerraformRoot, type TerraformRootOptions } from "./terraform-root";

/** The deployable stack's configuration. */
export function stackConfiguration(props: MetaflowStackProps = {}): Record<string, unknown> {
  return new MetaflowStack(new RootConstruct(), "metaflow", props).toTerraform() as Record<string, unknown>;
}

/** The deployable stack as a Terraform root in the emulated AWS. */
export function stackRoot(options: TerraformRootOptions = {}): TerraformRoot {
  const { provider, ...configuration } = stackConfiguration();
  void provider;
  return terraformRoot(configuration, options);
}
