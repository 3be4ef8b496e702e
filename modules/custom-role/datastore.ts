import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";
import { checkedList } from "../../lib/synth/checked";
import { concat, listOfStrings, mapped } from "../../lib/hcl/functions";
import { hcl } from "../../lib/hcl/expression";
import type { Inputs } from "../../lib/contract/inputs";
import type { CustomRoleInputs } from "./generated/interface";
import { folders } from "../../lib/aws/s3";

/** What a Metaflow client does with the datastore: it lists the bucket, and reads and writes objects in its folders. */
export function datastoreStatements(
  scope: Construct,
  inputs: Pick<Inputs<CustomRoleInputs>, "datastoreS3BucketKmsKeyArn" | "s3BucketArn" | "s3Folders">,
): DataAwsIamPolicyDocumentStatement[] {
  const bucket = inputs.s3BucketArn;
  const names = checkedList(scope, "s3_folders", inputs.s3Folders, folders);
  const objects = listOfStrings(mapped(names, "folder", (folder) => concat(bucket, "/", folder, "/*")));
  const region = hcl`split(":", ${inputs.datastoreS3BucketKmsKeyArn})[3]`;

  return [
    // Without a condition on the prefix: with one, S3 would answer 403 instead of 404 for an object that is missing.
    { sid: "List", effect: "Allow", actions: ["s3:ListBucket"], resources: [bucket] },
    {
      sid: "Objects",
      effect: "Allow",
      actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: objects,
    },
    {
      sid: "Key",
      effect: "Allow",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [inputs.datastoreS3BucketKmsKeyArn],
      condition: [{ test: "StringLike", variable: "kms:ViaService", values: [concat("s3.", region, ".*").string] }],
    },
    {
      sid: "DenyPlainTransport",
      effect: "Deny",
      actions: ["s3:*"],
      resources: [bucket, `${bucket}/*`],
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    },
    {
      sid: "DenyPresigned",
      effect: "Deny",
      actions: ["s3:*"],
      resources: [bucket, `${bucket}/*`],
      condition: [{ test: "StringNotEquals", variable: "s3:authType", values: ["REST-HEADER"] }],
    },
  ];
}
