import { externalId, roleArn, sessionName } from "../../lib/aws/iam";
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
        profile: stringOption({
          description: "The AWS profile that reaches the bucket",
          unset: "the credentials of the environment, as for the deployment",
        }),
        assumeRole: objectOption({
          name: "StateBackendRole",
          about: "The role by which Terraform reaches a stack's state",
          description: "The role that Terraform assumes to reach the bucket, such as one of another account",
          unset: "none",
          fields: {
            roleArn: stringOption({ description: "The role's ARN", rule: roleArn }),
            externalId: stringOption({
              description: "The external id that the role's trust policy asks for",
              rule: externalId,
              unset: "none",
            }),
            sessionName: stringOption({
              description: "The name of the session, for CloudTrail",
              rule: sessionName,
              unset: "one that Terraform makes",
            }),
          },
        }),
      },
    }),
    options: objectOption({
      name: "MetaflowOptions",
      about: "What a deployment does beyond its inputs; false turns an option off",
      description: "What the deployment does beyond its settings",
      unset: "each option has its own default",
      fields: metaflowContract.options,
    }),
  },
});
