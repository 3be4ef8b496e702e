import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import type { Location } from "../../lib/aws/location";
import { assumedIn } from "../../lib/aws/policy";
import type { Inputs } from "../../lib/contract/inputs";
import { concat, countIf } from "../../lib/hcl/functions";
import type { Datastore } from "../datastore";
import type { MetaflowInputs } from "./generated/interface";
import { ownRole } from "./own-role";
import { StepGrants } from "./step-grants";

/** What the steps of flows use. */
export interface JobRoleParts {
  readonly location: Location;
  readonly datastore: Pick<Datastore, "datastoreS3BucketKmsKeyArn" | "s3BucketArn">;
  /** The table of AWS Step Functions' state, which has a count. */
  readonly tableArn: string;
}

/** The role that the steps of flows run with in AWS Batch (METAFLOW_ECS_S3_ACCESS_IAM_ROLE). */
export class JobRole extends Construct {
  public readonly role: IamRole;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, parts: JobRoleParts) {
    super(scope, id);
    const { datastore, location, tableArn } = parts;
    this.role = ownRole(this, inputs, {
      middle: "batch-job",
      what: "role of jobs",
      description: "What the steps of flows may do in AWS Batch [METAFLOW_ECS_S3_ACCESS_IAM_ROLE].",
      trust: assumedIn(location.account, "ecs-tasks.amazonaws.com"),
    });
    const grants = new StepGrants(this, this.role);
    grants.grantDatastore(datastore);
    const table: DataAwsIamPolicyDocumentStatement = {
      sid: "Items",
      effect: "Allow",
      actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      resources: [tableArn],
    };
    const tableKey: DataAwsIamPolicyDocumentStatement = {
      sid: "TableKey",
      effect: "Allow",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [datastore.datastoreS3BucketKmsKeyArn],
      condition: [
        {
          test: "StringLike",
          variable: "kms:ViaService",
          values: [concat("dynamodb.", location.region, ".*").string],
        },
      ],
    };
    grants.grant("step_functions", [table, tableKey], countIf(inputs.enableStepFunctions));
    grants.grantSecrets(inputs);
    grants.attach(inputs);
  }
}
