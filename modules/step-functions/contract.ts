import {
  bool,
  boolOption,
  contract,
  listOption,
  numberOption,
  objectOption,
  string,
  stringMap,
  stringOption,
  switchOption,
} from "../../lib/contract/contract";
import { jobQueueArn, jobQueueArns } from "../../lib/aws/batch";
import { partition } from "../../lib/aws/iam";
import { keyResource } from "../../lib/aws/kms";
import { logRetention } from "../../lib/aws/logs";
import { bucketResource } from "../../lib/aws/s3";
import { stateMachinePrefix } from "../../lib/aws/states";
import { tags } from "../../lib/aws/tags";
import { roleOptions } from "../../lib/aws/role-options";

/** The inputs and outputs of the module `step-functions`. */
export const stepFunctionsContract = contract({
  construct: "StepFunctions",
  description: "The roles and the table with which flows run on AWS Step Functions",
  inputs: {
    active: bool({ description: "Whether the module has any resource", default: false }),
    batchJobQueueArn: string({
      description: "The ARN of the AWS Batch job queue for the steps of a flow",
      rule: jobQueueArn,
    }),
    iamPartition: string({
      description: "The AWS partition: aws, aws-us-gov for GovCloud, aws-cn for China",
      default: "aws",
      rule: partition,
    }),
    resourcePrefix: string({ description: "What the names of the resources begin with" }),
    resourceSuffix: string({ description: "What the names of the resources end with" }),
    s3BucketArn: string({ description: "The ARN of the datastore's bucket", rule: bucketResource }),
    s3BucketKmsArn: string({
      description: "The ARN of the KMS key that encrypts the datastore's bucket",
      rule: keyResource,
    }),
    standardTags: stringMap({ description: "Tags of every resource that takes tags", nullable: true, rule: tags }),
  },
  outputs: {
    metaflowEventbridgeRoleArn: {
      description:
        "The ARN of the role with which Amazon EventBridge starts scheduled flows " +
        "(METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE); empty where the module is not active",
    },
    metaflowStepFunctionsDynamodbPolicy: {
      description:
        "The policy, as JSON, that lets the jobs of a flow use the table; empty where the module is not active",
    },
    metaflowStepFunctionsDynamodbTableArn: {
      description: "The ARN of the table; empty where the module is not active",
    },
    metaflowStepFunctionsDynamodbTableName: {
      description:
        "The name of the table in which flows keep the state of their executions (METAFLOW_SFN_DYNAMO_DB_TABLE); empty " +
        "where the module is not active",
    },
    metaflowStepFunctionsRoleArn: {
      description: "The ARN of the state machines' role (METAFLOW_SFN_IAM_ROLE); empty where the module is not active",
    },
  },
  options: {
    ...roleOptions,
    executionLogs: objectOption({
      name: "ExecutionLogs",
      about: "The log group of executions",
      description:
        "A log group for the executions of flows that `step-functions create --log-execution-history` deploys " +
        "(METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN)",
      unset: "none",
      fields: {
        enabled: boolOption({ description: "Whether there is one" }),
        retentionDays: numberOption({
          description:
            "How long the log is kept, in days, one of the numbers that CloudWatch Logs has; 0 for no expiry",
          rule: logRetention,
        }),
        kmsKeyArn: stringOption({
          description: "The ARN of the KMS key that encrypts it",
          unset: "CloudWatch Logs' own encryption",
        }),
      },
    }),
    furtherJobQueueArns: listOption({
      description: "The ARNs of further job queues that the steps of a flow are sent to; used with `leastPrivilege`",
      rule: jobQueueArns,
      unset: "none",
    }),
    leastPrivilege: switchOption({
      description:
        "Whether the roles may do only what flows need: the state machines of `stateMachinePrefix`, Metaflow's own job " +
        "definitions, and the trust of this account alone. It adds what the module lacks: jobs may be tagged, and a " +
        "distributed map may start its executions and encrypt their results",
      unset: false,
    }),
    stateMachinePrefix: stringOption({
      description:
        "What the names of the state machines begin with, before an underscore (METAFLOW_SFN_STATE_MACHINE_PREFIX); " +
        "used with `leastPrivilege`",
      rule: stateMachinePrefix,
      unset: "every state machine of the account and region",
    }),
    tableRecovery: boolOption({
      description: "Whether the table can be restored to any second of the last 35 days (point-in-time recovery)",
      unset: false,
    }),
    tableKeyArn: stringOption({
      description:
        "The ARN of the KMS key that encrypts the table, which the users of the table need to be able to use",
      unset: "DynamoDB's key in the account, `alias/aws/dynamodb`",
    }),
  },
});
