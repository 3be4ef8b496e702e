import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { policyArn } from "../../lib/aws/iam";
import { iamRolePolicy } from "../../lib/aws/role";
import { secretArn } from "../../lib/aws/secrets-manager";
import type { Inputs } from "../../lib/contract/inputs";
import { listOf } from "../../lib/contract/rules";
import { evaluate, hcl } from "../../lib/hcl/expression";
import { countIf, length, notEmpty } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedList } from "../../lib/synth/checked";
import { datastoreStatements } from "../custom-role/datastore";
import type { Datastore } from "../datastore";
import type { MetaflowInputs } from "./generated/interface";

/** What the steps of flows may do wherever they run: the grants of a role of the construct `scope`. */
export class StepGrants {
  public constructor(
    private readonly scope: Construct,
    private readonly role: IamRole,
  ) {}

  /** Lets them do some more. */
  public grant(name: string, statements: DataAwsIamPolicyDocumentStatement[], count?: number): void {
    if (count === 0) return;
    iamRolePolicy(this.scope, name, { count, name, role: this.role.name, document: name, statements });
  }

  /** Lets them read and write the datastore. */
  public grantDatastore(datastore: Pick<Datastore, "datastoreS3BucketKmsKeyArn" | "s3BucketArn">): void {
    const statements = datastoreStatements(this.scope, {
      s3BucketArn: datastore.s3BucketArn,
      s3Folders: ["metaflow", "data"],
      datastoreS3BucketKmsKeyArn: datastore.datastoreS3BucketKmsKeyArn,
    });
    this.grant("datastore", statements);
  }

  /** Lets them read the secrets that flows name by `@secrets`. */
  public grantSecrets({ jobSecretArns }: Inputs<MetaflowInputs>): void {
    const resources = checkedList(this.scope, "job_secret_arns", jobSecretArns, listOf(secretArn));
    this.grant(
      "secrets",
      [{ sid: "Secrets", effect: "Allow", actions: ["secretsmanager:GetSecretValue"], resources }],
      countIf(notEmpty(jobSecretArns)),
    );
  }

  /** Attaches the caller's own policies. */
  public attach({ jobRolePolicyArns }: Inputs<MetaflowInputs>): void {
    const policies = checkedList(this.scope, "job_role_policy_arns", jobRolePolicyArns, listOf(policyArn));
    if (evaluate(length(policies)) === 0) return;
    const attachment = resource(this.scope, IamRolePolicyAttachment, "this", {
      role: this.role.name,
      policyArn: hcl`each.value`.string,
    });
    attachment.addOverride("for_each", hcl`toset(${policies})`);
  }
}
