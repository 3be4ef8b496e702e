import { bool, contract, string, stringMap } from "../../lib/contract/contract";
import { jobQueueArn } from "../../lib/aws/batch";
import { partition } from "../../lib/aws/iam";
import { keyResource } from "../../lib/aws/kms";
import { bucketResource } from "../../lib/aws/s3";
import { tags } from "../../lib/aws/tags";

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
});
