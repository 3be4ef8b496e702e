import type { Requirements } from "../../lib/synth/requirements";

/** The providers of a deployment of Metaflow, in the versions that it works with. */
export const metaflowProviders: Requirements["providers"] = {
  aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
  random: { source: "hashicorp/random", version: ">= 3.6.0, < 4.0.0" },
};
