import { contract } from "../../lib/contract/contract";

/** The inputs and outputs of the module `common`. */
export const commonContract = contract({
  construct: "Common",
  description: "The default container images",
  inputs: {},
  outputs: {
    defaultMetadataServiceContainerImage: {
      description: "The default container image of the metadata service",
    },
    defaultUiStaticContainerImage: {
      description: "The default container image of Metaflow's web interface",
    },
  },
});
