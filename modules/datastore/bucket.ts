import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import type { Construct } from "constructs";
import { resource } from "../../lib/addresses";
import { merge } from "../../lib/functions";
import type { Inputs } from "../../lib/inputs";
import type { DatastoreInputs } from "./interface";
import type { DatastoreNames } from "./names";

/** Where Metaflow keeps artifacts and data: a bucket encrypted with a key of its own, closed to the public. */
export function artifactBucket(scope: Construct, inputs: Inputs<DatastoreInputs>, names: DatastoreNames) {
  const key = resource(scope, KmsKey, "s3", {
    description: "This key is used to encrypt and decrypt the S3 bucket used to store blobs.",
    tags: inputs.standardTags,
  });

  const bucket = resource(scope, S3Bucket, "this", {
    bucket: names.bucket,
    acl: "private",
    forceDestroy: inputs.forceDestroyS3Bucket,
    serverSideEncryptionConfiguration: {
      rule: {
        applyServerSideEncryptionByDefault: { kmsMasterKeyId: key.arn, sseAlgorithm: "aws:kms" },
        bucketKeyEnabled: inputs.bucketKeyEnabled,
      },
    },
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });

  resource(scope, S3BucketPublicAccessBlock, "this", {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });

  return { bucket, key };
}
