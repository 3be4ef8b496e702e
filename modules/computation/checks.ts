import type { Construct } from "constructs";
import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { all, any, atMost } from "../../lib/hcl/functions";
import { checkedValue } from "../../lib/synth/checked";
import type { ComputationInputs } from "./generated/interface";

/**
 * The most vCPUs of the environment, once the three numbers are in the order that AWS Batch demands of EC2. On Fargate there
 * is only this one. Source: "ComputeResource" in the AWS Batch API Reference.
 */
export function maxVcpus(scope: Construct, inputs: Inputs<ComputationInputs>, isFargate: Operand): number {
  const [min, desired] = [inputs.computeEnvironmentMinVcpus, inputs.computeEnvironmentDesiredVcpus];
  const max = inputs.computeEnvironmentMaxVcpus;
  return checkedValue(scope, "compute_environment_max_vcpus", max, {
    condition: any(isFargate, all(atMost(min, desired), atMost(desired, max))),
    message: [
      "compute_environment_min_vcpus = ",
      min,
      ", compute_environment_desired_vcpus = ",
      desired,
      " and compute_environment_max_vcpus = ",
      max,
      ": none may be greater than the next.",
    ],
  });
}
