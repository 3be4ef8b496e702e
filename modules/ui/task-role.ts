import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import type { Place } from "../../lib/aws/location";
import { assumedBy, denyPresigned, onlyReadsDatastore, readsDatastore } from "../../lib/aws/policy";
import { iamRole, iamRolePolicy } from "../../lib/aws/role";
import type { Inputs } from "../../lib/contract/inputs";
import { concat, replace } from "../../lib/hcl/functions";
import { assumedByTasksHere } from "../metadata-service/least-privilege";
import type { UiInputs, UiOptions } from "./generated/interface";

/** The role of both tasks: the backend reads artifacts and cards from the datastore, never by presigned requests. */
export function taskRole(
  scope: Construct,
  inputs: Inputs<UiInputs>,
  name: string,
  place: Place,
  { leastPrivilege = false }: UiOptions,
): IamRole {
  const role = iamRole(scope, "metadata_ui_ecs_task_role", {
    name,
    description:
      "This role is passed to AWS ECS' task definition as the `task_role`. This allows the running of the Metaflow " +
      "Metadata Service to have the proper permissions to speak to other AWS resources.",
    trust: leastPrivilege ? assumedByTasksHere(place) : assumedBy("ecs-tasks.amazonaws.com"),
    trustDocument: "metadata_svc_ecs_task_assume_role",
    tags: inputs.standardTags,
  });
  const grant = (id: string, name: string, document: string, ...statements: DataAwsIamPolicyDocumentStatement[]) =>
    iamRolePolicy(scope, id, { name, role: role.name, document, statements });
  const { key, objects } = leastPrivilege ? readsSysroot(inputs) : readsAll(inputs);
  grant("grant_s3_kms", "s3_kms", "s3_kms", key);
  grant("grant_custom_s3_batch", "custom_s3", "custom_s3_batch", ...objects);
  grant("grant_deny_presigned_batch", "deny_presigned", "deny_presigned_batch", denyPresigned);
  return role;
}

/** As in the Terraform module: the bucket's objects, and its key for more than reading. */
function readsAll({ s3BucketArn, datastoreS3BucketKmsKeyArn }: Inputs<UiInputs>) {
  const { key, objects } = readsDatastore(s3BucketArn, datastoreS3BucketKmsKeyArn);
  return { key, objects: [objects] };
}

/** The objects below the datastore's URL alone. */
function readsSysroot(inputs: Inputs<UiInputs>) {
  const folder = replace(inputs.METAFLOW_DATASTORE_SYSROOT_S3, "s3://", "");
  const objects = concat("arn:", inputs.iamPartition, ":s3:::", folder, "/*").string;
  return onlyReadsDatastore(inputs.s3BucketArn, [objects], inputs.datastoreS3BucketKmsKeyArn);
}
