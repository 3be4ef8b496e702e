import { RootConstruct } from "constructs";
import { MetaflowStack, type MetaflowStackProps } from "../../modules/metaflow/stack";
import { terraformRoot, type TerraformRoot, type TerraformRootOptions } from "./terraform-root";

/** The deployable stack's configuration. */
export function stackConfiguration(props: MetaflowStackProps = {}): Record<string, unknown> {
  return new MetaflowStack(new RootConstruct(), "metaflow", props).toTerraform() as Record<string, unknown>;
}

/** The deployable stack as a Terraform root in the emulated AWS. */
export function stackRoot(options: TerraformRootOptions = {}, props: MetaflowStackProps = {}): TerraformRoot {
  return terraformRoot(emulatedStack(props), options);
}

/** The deployable stack without its provider, in whose place a root puts that of the emulated AWS. */
export function emulatedStack(props: MetaflowStackProps = {}): Record<string, unknown> {
  const { provider, ...configuration } = stackConfiguration(props);
  void provider;
  return configuration;
}
