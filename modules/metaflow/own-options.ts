import { listOption, stringOption, type Option } from "../../lib/contract/contract";
import { securityGroupIds, subnetIds } from "../../lib/aws/ec2";
import { rolePath } from "../../lib/aws/iam";
import { keyArn } from "../../lib/aws/kms";
import { bucketArn } from "../../lib/aws/s3";
import { databaseSizes, existingDatabase } from "../datastore/own-options";
import { serviceSizes } from "../metadata-service/own-options";

/** What an organization brings of its own, and where and how large the deployment's parts are (docs/bring-your-own.md). */
export const ownOptions = {
  kmsKeyArn: stringOption({
    description:
      "The ARN of a KMS key that encrypts what the deployment makes: the bucket, the database and its secret, the table, the logs. No key " +
      "is made then. Its policy must leave it to the account's IAM policies and, with `encryptLogs`, let CloudWatch Logs use it",
    rule: keyArn,
    unset: "keys of the deployment's own",
  }),
  existingBucketArn: stringOption({
    description:
      "The ARN of a bucket that is there already: no bucket is made, and nothing of this one is changed. Its encryption, versions, access " +
      "log, events and policy are its owner's",
    rule: bucketArn,
    unset: "the deployment makes the bucket",
  }),
  bucketKmsKeyArn: stringOption({
    description:
      "The ARN of the KMS key that encrypts `existingBucketArn`; the table of AWS Step Functions has it, too",
    rule: keyArn,
    unset: "`kmsKeyArn`",
  }),
  existingDatabase: {
    ...existingDatabase,
    unset: "the deployment makes the database",
  },
  ...databaseSizes,
  databaseSubnetIds: listOption({
    description: "The subnets of the database in the VPC of `vpcId`, two at least, in two zones at least",
    rule: subnetIds,
    unset: "`subnet1Id` and `subnet2Id`",
  }),
  jobSecurityGroupIds: listOption({
    description:
      "Further security groups of jobs, on instances and on Fargate, such as one that a database of yours admits; in the VPC of the jobs",
    rule: securityGroupIds,
    unset: "the deployment's own group alone",
  }),
  jobSubnetIds: listOption({
    description: "The subnets of the jobs of flows in the VPC of `vpcId`, two at least",
    rule: subnetIds,
    unset: "`subnet1Id` and `subnet2Id`",
  }),
  rolePath: stringOption({
    description: "The path of all roles and instance profiles. A change of it replaces them",
    rule: rolePath,
    unset: "/",
  }),
  ...serviceSizes,
  restApiVpcEndpointIds: {
    ...serviceSizes.restApiVpcEndpointIds,
    unset: "a VPC endpoint of the deployment's own, where `restApi` is private",
  },
} as const satisfies Readonly<Record<string, Option>>;
