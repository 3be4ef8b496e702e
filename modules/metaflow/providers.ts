import type { Requirements } from "../../lib/synth/requirements";

/** The providers of a deployment of Metaflow, in the versions that it works with. */
export const metaflowProviders: Requirements["providers"] = {
  aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
  random: { source: "hashicorp/random", version: ">= 3.6.0, < 4.0.0" },
};

/** Likewise, for a state that comes from the Terraform modules, in which the archive provider has a data source. */
export const takeoverProviders: Requirements["providers"] = {
  ...metaflowProviders,
  archive: { source: "hashicorp/archive", version: ">= 2.4.0, < 3.0.0" },
};
