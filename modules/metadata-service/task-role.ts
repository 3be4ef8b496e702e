import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import type { Inputs } from "../../lib/contract/inputs";
import type { Place } from "../../lib/aws/location";
import { assumedBy, denyPresigned, readsDatastore } from "../../lib/aws/policy";
import { iamRole, iamRolePolicy } from "../../lib/aws/role";
import type { MetadataServiceInputs } from "./generated/interface";
import { assumedByTasksHere } from "./least-privilege";
import type { MetadataServiceNames } from "./names";
import type { MetadataServiceOptions } from "./generated/interface";

/**
 * The role that the service's task runs with: it reads the datastore, and never by presigned requests. With
 * `leastPrivilege` it reads nothing, as the service calls no AWS API.
 */
export function taskRole(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  names: MetadataServiceNames,
  location: Place,
  { leastPrivilege = false }: Pick<MetadataServiceOptions, "leastPrivilege">,
): IamRole {
  const role = iamRole(scope, "metadata_svc_ecs_task_role", {
    name: names.taskRole,
    description:
      "This role is passed to AWS ECS' task definition as the `task_role`. This allows the running of the Metaflow " +
      "Metadata Service to have the proper permissions to speak to other AWS resources.",
    trust: leastPrivilege ? assumedByTasksHere(location) : assumedBy("ecs-tasks.amazonaws.com"),
    trustDocument: "metadata_svc_ecs_task_assume_role",
    tags: inputs.standardTags,
  });

  const grant = (id: string, name: string, document: string, statement: DataAwsIamPolicyDocumentStatement) =>
    iamRolePolicy(scope, id, { name, role: role.name, document, statements: [statement] });

  if (!leastPrivilege) {
    const { key, objects } = readsDatastore(inputs.s3BucketArn, inputs.datastoreS3BucketKmsKeyArn);
    grant("grant_s3_kms", "s3_kms", "s3_kms", key);
    grant("grant_custom_s3_batch", "custom_s3", "custom_s3_batch", objects);
  }
  grant("grant_deny_presigned_batch", "deny_presigned", "deny_presigned_batch", denyPresigned);
  return role;
}
