import { region } from "../../lib/aws/location";
import { contract, string } from "../../lib/contract/contract";
import { metaflowContract } from "./contract";

/** The variables of the stack: those of `Metaflow`, and what its provider needs. */
export const stackContract = contract({
  construct: "MetaflowStack",
  description: "A deployment of Metaflow whose settings are Terraform variables",
  inputs: {
    awsRegion: string({
      description: "The region to deploy to; null for that of AWS_REGION or of the AWS profile",
      default: null,
      rule: region,
    }),
    ...metaflowContract.inputs,
  },
  outputs: metaflowContract.outputs,
});
