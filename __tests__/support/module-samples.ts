import { ofModules } from "./module-folders";
import type { ModuleSample } from "./module-sample";

/** The samples of the modules, by the modules' names. */
export const SAMPLES: ReadonlyMap<string, ModuleSample> = ofModules<ModuleSample>("sample", "moduleSample");

/** Values of inputs that several modules have, where not every value of the type would do. */
export const SHARED_VALUES: Readonly<Record<string, unknown>> = {
  maintenanceWindow: "Mon:00:00-Mon:03:00",
  caCertIdentifier: "rds-ca-rsa2048-g1",
  datastoreS3BucketKmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/1",
  dbEngineVersion: "17",
  dbInstanceType: "db.t4g.small",
  dbMigrateLambdaRuntime: "python3.13",
  ecsClusterSettings: { containerInsights: "enabled" },
  fargateExecutionRoleArn: "arn:aws:iam::123456789012:role/execution",
  iamPartition: "aws-cn",
  metadataServiceSecurityGroupId: "sg-0a1b2c3d4e5f60718",
  metaflowVpcId: "vpc-0a1b2c3d4e5f60718",
  s3BucketArn: "arn:aws:s3:::bucket",
  subnet1Id: "subnet-0a1b2c3d4e5f60718",
  subnet2Id: "subnet-0a1b2c3d4e5f60719",
  accessListCidrBlocks: ["198.51.100.0/24"],
  vpcCidrBlocks: ["10.20.0.0/16"],
  computeEnvironmentEgressCidrBlocks: ["10.20.0.0/16"],
  launchTemplateHttpEndpoint: "disabled",
  launchTemplateHttpTokens: "required",
  uiAllowList: ["10.20.0.0/16"],
};
