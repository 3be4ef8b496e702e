import { region } from "../../lib/aws/location";
import { bucketName } from "../../lib/aws/s3";
import { contract, objectOption, stringOption, string } from "../../lib/contract/contract";
import { metaflowContract } from "./contract";

/** The variables and options of the stack: those of `Metaflow`, and what its provider needs. */
export const stackContract = contract({
  construct: "MetaflowStack",
  description: "A deployment of Metaflow whose settings are Terraform variables",
  inputs: {
    awsRegion: string({
      description: "The region to deploy to; null for the region of AWS_REGION or of the AWS profile",
      default: null,
      rule: region,
    }),
    ...metaflowContract.inputs,
  },
  outputs: metaflowContract.outputs,
  options: {
    backend: objectOption({
      name: "StateBackend",
      about: "Where Terraform keeps a stack's state: an S3 bucket, with a lock beside the state",
      description: "Where the state is kept",
      unset: "in a file, `terraform.tfstate`, beside the stack's configuration",
      fields: {
        bucket: stringOption({ description: "The bucket", rule: bucketName }),
        key: stringOption({ description: "The state's key in the bucket" }),
        region: stringOption({ description: "The bucket's region", rule: region }),
        kmsKeyId: stringOption({
          description: "The KMS key that encrypts the state",
          unset: "the bucket's own encryption",
        }),
      },
    }),
    options: objectOption({
      name: "MetaflowOptions",
      about: "What a deployment does beyond its inputs; false turns an option off",
      description: "What the deployment does beyond its settings",
      unset: "all of it",
      fields: metaflowContract.options,
    }),
  },
});
