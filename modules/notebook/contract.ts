import {
  bool,
  contract,
  dependenciesOption,
  number,
  string,
  stringMap,
  stringOption,
} from "../../lib/contract/contract";
import { emptyOr, pattern, wholeNumber } from "../../lib/contract/rules";
import { subnetId, vpcId } from "../../lib/aws/ec2";
import { partition } from "../../lib/aws/iam";
import { roleOptions } from "../../lib/aws/role-options";
import { keyArn } from "../../lib/aws/kms";
import { bucketArn } from "../../lib/aws/s3";
import { notebookInstanceType, notebookPlatform, notebookVolumeSize } from "../../lib/aws/sagemaker";
import { tags } from "../../lib/aws/tags";
import { additionalConfiguration } from "./configuration";

/** What is in a shell's single quotes must have none. */
const requirement = pattern(
  "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?((==|~=|>=)[0-9][A-Za-z0-9.*+!-]*)?$",
  "a requirement of pip, such as metaflow or metaflow==2.19.39",
);

/** The inputs and outputs of the module `notebook`. */
export const notebookContract = contract({
  construct: "Notebook",
  description: "A SageMaker notebook instance for looking at flows, runs and artifacts",
  inputs: {
    METAFLOW_DATASTORE_SYSROOT_S3: string({ description: "The datastore's S3 URL, such as s3://bucket/metaflow" }),
    METAFLOW_DATATOOLS_S3ROOT: string({ description: "The S3 URL of data of flows, such as s3://bucket/data" }),
    METAFLOW_SERVICE_INTERNAL_URL: string({
      description: "The URL of the metadata service within the VPC, which the notebook calls without an API key",
    }),
    datastoreS3BucketKmsKeyArn: string({
      description: "The ARN of the KMS key that encrypts the datastore's bucket",
      rule: keyArn,
    }),
    directInternetAccess: bool({
      description:
        "Whether the notebook reaches the internet by way of SageMaker; if false, it reaches what its subnet has a route to",
      default: false,
    }),
    extraConfiguration: stringMap({
      description:
        "Further keys of Metaflow's configuration, such as METAFLOW_UI_URL; no secrets, as the script has them in clear text",
      default: {},
      rule: additionalConfiguration,
    }),
    iamPartition: string({
      description: "The AWS partition: aws, aws-us-gov for GovCloud, aws-cn for China",
      default: "aws",
      rule: partition,
    }),
    idleMinutes: number({
      description: "After how many minutes without a running cell or a request the notebook stops; 0 for never",
      default: 60,
      rule: wholeNumber(0, 10080),
    }),
    instanceType: string({
      description: "The notebook's instance type",
      default: "ml.t3.medium",
      rule: notebookInstanceType,
    }),
    keyRotation: bool({
      description: "Whether KMS rotates the key material of the module's own key each year",
      default: true,
    }),
    kmsKeyArn: string({
      description: "The ARN of the KMS key that encrypts the notebook's volume; empty for a key of the module's own",
      default: "",
      rule: emptyOr(keyArn),
    }),
    metaflowPackage: string({
      description:
        "What pip installs from PyPI where {METAFLOW_DATATOOLS_S3ROOT}/notebook/ has no wheels; a notebook without a way to PyPI " +
        "needs the wheels",
      default: "metaflow==2.19.39",
      rule: requirement,
    }),
    metaflowVpcId: string({ description: "The id of the VPC that the notebook is in", rule: vpcId }),
    platformIdentifier: string({
      description:
        "The notebook's operating system and JupyterLab; notebook-al2023-v1 needs a version of the AWS provider that knows it",
      default: "notebook-al2-v3",
      rule: notebookPlatform,
    }),
    resourcePrefix: string({ description: "What the names of the resources begin with" }),
    resourceSuffix: string({ description: "What the names of the resources end with" }),
    s3BucketArn: string({ description: "The ARN of the datastore's bucket", rule: bucketArn }),
    standardTags: stringMap({ description: "Tags of every resource that takes tags", rule: tags }),
    subnetId: string({ description: "The id of the subnet that the notebook is in", rule: subnetId }),
    volumeSize: number({
      description: "The notebook's volume in GiB, which keeps ~/SageMaker while the notebook is stopped",
      default: 20,
      rule: notebookVolumeSize,
    }),
  },
  outputs: {
    notebookInstanceName: { description: "The name of the notebook instance" },
    notebookRoleArn: { description: "The ARN of the notebook's role, to which policies can be attached" },
    notebookSecurityGroupId: { description: "The id of the notebook's security group" },
    notebookUrl: {
      description:
        "The URL of JupyterLab, for a browser that is signed in to the AWS console (`aws sagemaker create-presigned-notebook-instance-url` makes one for others)",
    },
  },
  options: {
    keyPolicy: stringOption({
      description: "The policy of the module's own key, in JSON",
      unset: "KMS's default: the account's policies decide",
    }),
    startsAfter: dependenciesOption({
      description: "What must exist before the notebook starts, such as VPC endpoints",
      unset: "nothing beyond what the notebook refers to",
    }),
    ...roleOptions,
  },
});
