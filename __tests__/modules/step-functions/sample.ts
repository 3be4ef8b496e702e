import type { StepFunctionsInputs } from "../../../modules/step-functions";
import type { ModuleSample } from "../../support/module-sample";

/** AWS Step Functions, active. */
export const STEP_FUNCTIONS: StepFunctionsInputs = {
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  standardTags: { application: "metaflow" },
  active: true,
  batchJobQueueArn: "arn:aws:batch:us-west-2:123456789012:job-queue/q",
  s3BucketArn: "arn:aws:s3:::acme-metaflow",
  s3BucketKmsArn: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555",
};

/** The sample of the module. */
export const moduleSample: ModuleSample = {
  props: STEP_FUNCTIONS,
  values: {
    batchJobQueueArn: "arn:aws:batch:us-west-2:123456789012:job-queue/metaflow",
    s3BucketKmsArn: "arn:aws:kms:us-west-2:123456789012:key/1",
  },
};
