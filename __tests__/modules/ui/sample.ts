import type { UiInputs } from "../../../modules/ui";
import type { ModuleSample } from "../../support/module-sample";

/** What a web interface cannot do without. */
export const UI: UiInputs = {
  METAFLOW_DATASTORE_SYSROOT_S3: "s3://metaflow-s3-dev/metaflow",
  certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555",
  databasePassword: "s3cret",
  databaseUsername: "metaflow",
  datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1",
  fargateExecutionRoleArn: "arn:aws:iam::123456789012:role/execution",
  metadataServiceSecurityGroupId: "sg-0a1b2c3d4e5f60718",
  metaflowVpcId: "vpc-0a1b2c3d4e5f60718",
  rdsMasterInstanceEndpoint: "db.example.com:5432",
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  s3BucketArn: "arn:aws:s3:::metaflow-s3-dev",
  standardTags: {},
  subnet1Id: "subnet-0a1b2c3d4e5f60718",
  subnet2Id: "subnet-0a1b2c3d4e5f60719",
};

/** The sample of the module. */
export const moduleSample: ModuleSample = {
  props: UI,
  values: {
    certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1",
  },
};
