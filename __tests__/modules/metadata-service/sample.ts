import type { MetadataServiceInputs } from "../../../modules/metadata-service";
import type { ModuleSample } from "../../support/module-sample";
import { TRICKY } from "../../support/tricky";

/** What a metadata service cannot do without, and some settings. */
export const METADATA_SERVICE: MetadataServiceInputs = {
  resourcePrefix: "metaflow-",
  resourceSuffix: "-dev",
  accessListCidrBlocks: ["198.51.100.0/24"],
  databasePassword: TRICKY,
  databaseUsername: 'meta"flow',
  datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1",
  fargateExecutionRoleArn: "arn:aws:iam::123456789012:role/execution",
  metadataServiceCpu: 1024,
  metadataServiceMemory: 2048,
  metaflowVpcId: "vpc-1",
  rdsMasterInstanceEndpoint: "db.example.com:5432",
  s3BucketArn: "arn:aws:s3:::metaflow",
  standardTags: { note: "größer = @ 5" },
  subnet1Id: "subnet-1",
  subnet2Id: "subnet-2",
  vpcCidrBlocks: ["10.20.0.0/16", "10.21.0.0/16"],
  withPublicIp: true,
};

/** The sample of the module. */
export const moduleSample: ModuleSample = {
  props: METADATA_SERVICE,
};
