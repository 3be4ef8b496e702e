import { contract, listOption, number, string, stringMap, stringList } from "../../lib/contract/contract";
import { tags } from "../../lib/aws/tags";
import { bucketArn, folders } from "../../lib/aws/s3";
import { jobQueueArns } from "../../lib/aws/batch";
import { keyArn } from "../../lib/aws/kms";
import { stateMachinePrefix } from "../../lib/aws/states";
import { notebookArn } from "../../lib/aws/sagemaker";
import { emptyOr, listOf } from "../../lib/contract/rules";
import { principalArns, roleArns, sessionDuration } from "../../lib/aws/iam";
import { roleOptions } from "../../lib/aws/role-options";

/** The inputs and outputs of the module `custom-role`. */
export const customRoleContract = contract({
  construct: "CustomRole",
  description: "The role of a Metaflow user, with the permissions that the user needs",
  inputs: {
    batchJobQueueArns: stringList({
      description: "The ARNs of the AWS Batch job queues that flows may use; empty for no AWS Batch",
      default: [],
      rule: jobQueueArns,
    }),
    batchJobRoleArns: stringList({
      description:
        "The ARNs of the roles that AWS Batch jobs may run with (METAFLOW_ECS_S3_ACCESS_IAM_ROLE and, on Fargate, " +
        "METAFLOW_ECS_FARGATE_EXECUTION_ROLE)",
      default: [],
      rule: roleArns,
    }),
    datastoreS3BucketKmsKeyArn: string({
      description: "The ARN of the KMS key that encrypts the datastore's bucket",
      rule: keyArn,
    }),
    maxSessionDuration: number({
      description: "The maximum duration of a session with the role, in seconds",
      default: 3600,
      rule: sessionDuration,
    }),
    resourcePrefix: string({ description: "What the role's name begins with" }),
    resourceSuffix: string({ description: "What the role's name ends with" }),
    s3BucketArn: string({ description: "The ARN of the datastore's bucket", rule: bucketArn }),
    s3Folders: stringList({
      description:
        "The folders of the bucket that the role may use; the defaults are the folders in the outputs of the module " +
        "datastore",
      default: ["metaflow", "data"],
      rule: folders,
    }),
    standardTags: stringMap({ description: "Tags of the role", rule: tags }),
    stateMachinePrefix: string({
      description:
        "What the names of the user's state machines begin with, before an underscore (METAFLOW_SFN_STATE_MACHINE_PREFIX); empty " +
        "for every state machine of the account and region",
      default: "",
      rule: emptyOr(stateMachinePrefix),
    }),
    stepFunctionsRoleArns: stringList({
      description:
        "The ARNs of the roles that state machines run with (METAFLOW_SFN_IAM_ROLE) and by which they are started " +
        "(METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE); empty for no AWS Step Functions",
      default: [],
      rule: roleArns,
    }),
    userRolePrincipals: stringList({
      description: "The ARNs of the principals that may assume the role of a Metaflow user; empty for no such role",
      rule: principalArns,
    }),
  },
  outputs: {
    metaflowUserRoleArn: { description: "The ARN of the role of a Metaflow user; empty where there is none" },
    metaflowUserRoleName: { description: "The name of the role of a Metaflow user; empty where there is none" },
  },
  options: {
    notebookInstanceArns: listOption({
      description: "The ARNs of the SageMaker notebook instances that the user may start, stop and open",
      unset: "none",
      rule: listOf(notebookArn),
    }),
    ...roleOptions,
  },
});
