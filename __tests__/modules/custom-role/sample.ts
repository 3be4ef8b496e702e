import type { CustomRoleInputs } from "../../../modules/custom-role";
import type { ModuleSample } from "../../support/module-sample";

/** A user's role with AWS Batch. */
export const CUSTOM_ROLE: CustomRoleInputs = {
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  standardTags: { application: "metaflow" },
  batchJobQueueArns: ["arn:aws:batch:us-west-2:123456789012:job-queue/q"],
  datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555",
  s3BucketArn: "arn:aws:s3:::acme-metaflow",
  userRolePrincipals: ["arn:aws:iam::123456789012:user/ada"],
};

/** The sample of the module. */
export const moduleSample: ModuleSample = {
  props: CUSTOM_ROLE,
  values: {
    batchJobQueueArns: ["arn:aws:batch:us-west-2:123456789012:job-queue/metaflow"],
    batchJobRoleArns: ["arn:aws:iam::123456789012:role/jobs"],
    stateMachinePrefix: "metaflow",
    stepFunctionsRoleArns: ["arn:aws:iam::123456789012:role/states"],
    maxSessionDuration: 7200,
    s3Folders: ["metaflow"],
    userRolePrincipals: ["arn:aws:iam::123456789012:root"],
  },
};
