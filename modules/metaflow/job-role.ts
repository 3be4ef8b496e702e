import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { policyArn } from "../../lib/aws/iam";
import type { Location } from "../../lib/aws/location";
import { assumedIn } from "../../lib/aws/policy";
import { iamRolePolicy } from "../../lib/aws/role";
import { secretArn } from "../../lib/aws/secrets-manager";
import type { Inputs } from "../../lib/contract/inputs";
import { listOf } from "../../lib/contract/rules";
import { evaluate, hcl } from "../../lib/hcl/expression";
import { concat, countIf, length, notEmpty } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedList } from "../../lib/synth/checked";
import { datastoreStatements } from "../custom-role/datastore";
import type { MetaflowInputs } from "./generated/interface";
import { ownRole } from "./own-role";

/** What the steps of flows use. */
export interface JobRoleParts {
  readonly location: Location;
  readonly s3BucketArn: string;
  readonly bucketKeyArn: string;
  /** The table of AWS Step Functions' state, which has a count. */
  readonly tableArn: string;
}

/** The role that the steps of flows run with in AWS Batch (METAFLOW_ECS_S3_ACCESS_IAM_ROLE). */
export class JobRole extends Construct {
  public readonly role: IamRole;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, parts: JobRoleParts) {
    super(scope, id);
    this.role = ownRole(this, inputs, {
      middle: "batch-job",
      what: "role of jobs",
      description: "What the steps of flows may do in AWS Batch [METAFLOW_ECS_S3_ACCESS_IAM_ROLE].",
      trust: assumedIn(parts.location.account, "ecs-tasks.amazonaws.com"),
    });
    const datastore = datastoreStatements(this, {
      s3BucketArn: parts.s3BucketArn,
      s3Folders: ["metaflow", "data"],
      datastoreS3BucketKmsKeyArn: parts.bucketKeyArn,
    });
    this.grant("datastore", datastore);
    const table: DataAwsIamPolicyDocumentStatement = {
      sid: "Items",
      effect: "Allow",
      actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      resources: [parts.tableArn],
    };
    const tableKey: DataAwsIamPolicyDocumentStatement = {
      sid: "TableKey",
      effect: "Allow",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [parts.bucketKeyArn],
      condition: [
        {
          test: "StringLike",
          variable: "kms:ViaService",
          values: [concat("dynamodb.", parts.location.region, ".*").string],
        },
      ],
    };
    this.grant("step_functions", [table, tableKey], countIf(inputs.enableStepFunctions));
    this.grantSecrets(inputs);
    this.attach(inputs);
  }

  private grant(name: string, statements: DataAwsIamPolicyDocumentStatement[], count?: number): void {
    if (count === 0) return;
    iamRolePolicy(this, name, { count, name, role: this.role.name, document: name, statements });
  }

  /** Lets jobs read the secrets that flows name by `@secrets`. */
  private grantSecrets({ jobSecretArns }: Inputs<MetaflowInputs>): void {
    const resources = checkedList(this, "job_secret_arns", jobSecretArns, listOf(secretArn));
    this.grant(
      "secrets",
      [{ sid: "Secrets", effect: "Allow", actions: ["secretsmanager:GetSecretValue"], resources }],
      countIf(notEmpty(jobSecretArns)),
    );
  }

  /** Attaches the caller's own policies. */
  private attach({ jobRolePolicyArns }: Inputs<MetaflowInputs>): void {
    const policies = checkedList(this, "job_role_policy_arns", jobRolePolicyArns, listOf(policyArn));
    if (evaluate(length(policies)) === 0) return;
    const attachment = resource(this, IamRolePolicyAttachment, "this", {
      role: this.role.name,
      policyArn: hcl`each.value`.string,
    });
    attachment.addOverride("for_each", hcl`toset(${policies})`);
  }
}
