import type { NotebookInputs } from "../../../modules/notebook";
import type { ModuleSample } from "../../support/module-sample";

/** What a notebook cannot do without. */
export const NOTEBOOK: NotebookInputs = {
  METAFLOW_DATASTORE_SYSROOT_S3: "s3://acme/metaflow",
  METAFLOW_DATATOOLS_S3ROOT: "s3://acme/data",
  METAFLOW_SERVICE_INTERNAL_URL: "http://nlb.example.com/",
  datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555",
  metaflowVpcId: "vpc-0a1b2c3d4e5f60718",
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  s3BucketArn: "arn:aws:s3:::acme",
  standardTags: {},
  subnetId: "subnet-0a1b2c3d4e5f60718",
};

/** The sample of the module. */
export const moduleSample: ModuleSample = {
  props: NOTEBOOK,
  values: {
    extraConfiguration: { METAFLOW_UI_URL: "https://metaflow.example.com" },
    instanceType: "ml.m5.large",
    kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1",
    platformIdentifier: "notebook-al2023-v1",
    subnetId: "subnet-0a1b2c3d4e5f60718",
    volumeSize: 50,
  },
};
