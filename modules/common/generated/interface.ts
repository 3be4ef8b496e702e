// Generated from contract.ts by `npm run generate`; change the contract instead.

/** The outputs of the module. */
export interface CommonOutputs {
  /** The container image that the metadata service runs unless another one is given. */
  readonly defaultMetadataServiceContainerImage: string;

  /** The container image that serves Metaflow's web interface unless another one is given. */
  readonly defaultUiStaticContainerImage: string;
}
