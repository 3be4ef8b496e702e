/** A provider as a Terraform module requires it. */
export interface RequiredProvider {
  /** Its address in a registry, such as `hashicorp/aws`. */
  readonly source: string;
  /** A version constraint; absent for any version. */
  readonly version?: string;
}

/** The versions of Terraform and of providers that a configuration works with. */
export interface Requirements {
  /** A version constraint; absent for any version. */
  readonly terraform?: string;
  /** By their local names, such as `aws`. */
  readonly providers: Readonly<Record<string, RequiredProvider>>;
}

/** Requirements as the `terraform` block has them. */
export function terraformBlock({ terraform, providers }: Requirements): Record<string, unknown> {
  return {
    ...(terraform === undefined ? {} : { required_version: terraform }),
    ...(Object.keys(providers).length > 0 ? { required_providers: providers } : {}),
  };
}
