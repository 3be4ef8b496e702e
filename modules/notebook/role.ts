import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { arn, type Place } from "../../lib/aws/location";
import { assumedIn, denyPresigned, onlyReadsDatastore } from "../../lib/aws/policy";
import { iamRole, iamRolePolicy } from "../../lib/aws/role";
import type { Inputs } from "../../lib/contract/inputs";
import { concat, lower, replace } from "../../lib/hcl/functions";
import type { NotebookInputs } from "./generated/interface";

/** The notebook's role: it reads the datastore, writes its own logs and stops itself. */
export interface NotebookRole {
  readonly role: IamRole;
  /** What must be there before the notebook starts. */
  readonly grants: readonly IamRolePolicy[];
}

/**
 * Makes the role.
 *
 * @param names - the names of the role and of the notebook instance
 */
export function notebookRole(
  scope: Construct,
  inputs: Inputs<NotebookInputs>,
  names: { readonly role: string; readonly instance: string },
  place: Place,
): NotebookRole {
  const role = iamRole(scope, "this", {
    name: names.role,
    description: "What Metaflow's SageMaker notebook may do: read the datastore, write its logs, stop itself.",
    trust: assumedIn(place.account, "sagemaker.amazonaws.com"),
    trustDocument: "assume_role",
    tags: inputs.standardTags,
  });
  const grant = (name: string, ...statements: DataAwsIamPolicyDocumentStatement[]) =>
    iamRolePolicy(scope, name, { name, role: role.name, document: name, statements });
  const objects = (url: string) =>
    concat("arn:", inputs.iamPartition, ":s3:::", replace(url, "s3://", ""), "/*").string;
  const folders = [objects(inputs.METAFLOW_DATASTORE_SYSROOT_S3), objects(inputs.METAFLOW_DATATOOLS_S3ROOT)];
  const reads = onlyReadsDatastore(inputs.s3BucketArn, folders, inputs.datastoreS3BucketKmsKeyArn);
  const log = "log-group:/aws/sagemaker/NotebookInstances";
  const grants = [
    grant("datastore", ...reads.objects, reads.key, denyPresigned),
    grant(
      "logs",
      // SageMaker has one log group for all notebooks of an account and region.
      {
        sid: "Group",
        effect: "Allow",
        actions: ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
        resources: [arn(place, "logs", log), arn(place, "logs", log, ":*")],
      },
      {
        sid: "Streams",
        effect: "Allow",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [arn(place, "logs", log, ":log-stream:", names.instance, "/*")],
      },
    ),
    grant("stop", {
      sid: "Stop",
      effect: "Allow",
      actions: ["sagemaker:StopNotebookInstance"],
      // SageMaker writes the name in lower case there.
      resources: [arn(place, "sagemaker", "notebook-instance/", lower(names.instance).string)],
    }),
  ];
  return { role, grants };
}
