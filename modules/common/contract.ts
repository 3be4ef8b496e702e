import { contract } from "../../lib/contract/contract";

/** The inputs and outputs of the module `common`. */
export const commonContract = contract({
  construct: "Common",
  description: "The default container images",
  inputs: {},
  outputs: {
    defaultMetadataServiceContainerImage: {
      description: "The container image that the metadata service runs unless another one is given",
    },
    defaultUiStaticContainerImage: {
      description: "The container image that serves Metaflow's web interface unless another one is given",
    },
  },
});
