import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import { assumedBy, denyPresigned, readsDatastore } from "../../lib/aws/policy";
import { iamRole, iamRolePolicy } from "../../lib/aws/role";
import type { Inputs } from "../../lib/contract/inputs";
import type { UiInputs } from "./generated/interface";

/** The role of both tasks: the backend reads artifacts and cards from the datastore, never by presigned requests. */
export function taskRole(scope: Construct, inputs: Inputs<UiInputs>, name: string): IamRole {
  const role = iamRole(scope, "metadata_ui_ecs_task_role", {
    name,
    description:
      "This role is passed to AWS ECS' task definition as the `task_role`. This allows the running of the Metaflow " +
      "Metadata Service to have the proper permissions to speak to other AWS resources.",
    trust: assumedBy("ecs-tasks.amazonaws.com"),
    trustDocument: "metadata_svc_ecs_task_assume_role",
    tags: inputs.standardTags,
  });
  const grant = (id: string, name: string, document: string, statement: DataAwsIamPolicyDocumentStatement) =>
    iamRolePolicy(scope, id, { name, role: role.name, document, statements: [statement] });
  const { key, objects } = readsDatastore(inputs.s3BucketArn, inputs.datastoreS3BucketKmsKeyArn);
  grant("grant_s3_kms", "s3_kms", "s3_kms", key);
  grant("grant_custom_s3_batch", "custom_s3", "custom_s3_batch", objects);
  grant("grant_deny_presigned_batch", "deny_presigned", "deny_presigned_batch", denyPresigned);
  return role;
}
