import type { ComputationInputs } from "../../../modules/computation";
import type { ModuleSample } from "../../support/module-sample";

/** Compute on EC2. */
export const COMPUTATION: ComputationInputs = {
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  standardTags: { application: "metaflow" },
  metaflowVpcId: "vpc-1",
  subnet1Id: "subnet-1",
  subnet2Id: "subnet-2",
  computeEnvironmentDesiredVcpus: 0,
  computeEnvironmentInstanceTypes: ["m5.large"],
  computeEnvironmentMaxVcpus: 16,
  computeEnvironmentMinVcpus: 0,
};

/** The sample of the module. */
export const moduleSample: ModuleSample = {
  props: COMPUTATION,
};
