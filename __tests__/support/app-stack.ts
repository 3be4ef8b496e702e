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

/** The deployable stack with a backend, where it has one, that the emulated AWS serves. */
export function emulatedStack(props: MetaflowStackProps = {}): Record<string, unknown> {
  const { terraform, ...configuration } = stackConfiguration(props) as { terraform: { backend?: { s3: object } } };
  const backend = terraform.backend && { s3: { ...terraform.backend.s3, use_path_style: true } };
  return { ...configuration, terraform: { ...terraform, ...(backend && { backend }) } };
}
