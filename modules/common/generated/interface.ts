// Generated from contract.ts by `npm run generate`; change the contract instead.

/** The outputs of the module. */
export interface CommonOutputs {
  /** The default container image of the metadata service. */
  readonly defaultMetadataServiceContainerImage: string;

  /** The default container image of Metaflow's web interface. */
  readonly defaultUiStaticContainerImage: string;
}
