import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { without } from "../../lib/synth/without";
import { countIf, merge, replaceMatches } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { policy, withTlsOnly } from "../../lib/aws/policy";
import type { DatastoreInputs } from "./generated/interface";
import type { BucketAccessLog, DatastoreOptions, Versioning } from "./generated/interface";

/** The bucket of artifacts and data, which the construct makes or which is there. */
export interface ArtifactBucket {
  readonly bucket: S3Bucket;
  readonly key: KmsKey;
  readonly name: string;
  readonly arn: string;
  readonly keyArn: string;
}

/** A bucket that is there: nothing of it is made or changed. */
export function existingBucket(
  scope: Construct,
  { existingBucketArn: arn = "", bucketKmsKeyArn: keyArn = "" }: DatastoreOptions,
): ArtifactBucket {
  const why = "the bucket is that of existingBucketArn";
  return {
    bucket: without(scope, S3Bucket, "this", why),
    key: without(scope, KmsKey, "s3", why),
    name: replaceMatches(arn, "^.*:::", "").string,
    arn,
    keyArn,
  };
}

/** Where Metaflow keeps artifacts and data: a bucket encrypted with a key of its own, closed to the public. */
export function artifactBucket(
  scope: Construct,
  inputs: Inputs<DatastoreInputs>,
  name: string,
  options: DatastoreOptions,
): ArtifactBucket {
  const key =
    options.bucketKmsKeyArn === undefined
      ? resource(scope, KmsKey, "s3", {
          description: "This key is used to encrypt and decrypt the S3 bucket used to store blobs.",
          enableKeyRotation: options.keyRotation,
          policy: options.keyPolicy,
          tags: inputs.standardTags,
        })
      : without(scope, KmsKey, "s3", "the bucket's key is that of bucketKmsKeyArn");
  const keyArn = options.bucketKmsKeyArn ?? key.arn;

  const bucket = resource(scope, S3Bucket, "this", {
    bucket: name,
    acl: "private",
    forceDestroy: inputs.forceDestroyS3Bucket,
    serverSideEncryptionConfiguration: {
      rule: {
        applyServerSideEncryptionByDefault: { kmsMasterKeyId: keyArn, sseAlgorithm: "aws:kms" },
        bucketKeyEnabled: inputs.bucketKeyEnabled,
      },
    },
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
    lifecycle: options.keepBucketName ? { ignoreChanges: ["bucket"] } : undefined,
  });

  resource(scope, S3BucketPublicAccessBlock, "this", {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });

  if (options.versioning) keepVersions(scope, bucket, options.versioning);
  if (options.accessLog) logRequests(scope, bucket, options.accessLog);
  if (options.bucketEvents !== undefined) {
    resource(scope, S3BucketNotification, "this", {
      count: countIf(options.bucketEvents),
      bucket: bucket.id,
      eventbridge: true,
    });
  }
  if (options.requireTls) {
    resource(scope, S3BucketPolicy, "this", {
      bucket: bucket.id,
      policy: policy(scope, "s3", withTlsOnly(bucket.arn)),
    });
  }
  return { bucket, key, name: bucket.bucket, arn: bucket.arn, keyArn };
}

/** What was deleted or overwritten can be had back for some time. */
function keepVersions(scope: Construct, bucket: S3Bucket, { enabled, noncurrentVersionDays }: Versioning): void {
  const count = countIf(enabled);
  const versioning = resource(scope, S3BucketVersioningA, "this", {
    count,
    bucket: bucket.id,
    versioningConfiguration: { status: "Enabled" },
  });
  resource(scope, S3BucketLifecycleConfiguration, "this", {
    count,
    bucket: bucket.id,
    rule: [
      {
        id: "noncurrent-versions",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrentVersionExpiration: [{ noncurrentDays: noncurrentVersionDays }],
        expiration: [{ expiredObjectDeleteMarker: true }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: DAYS_FOR_AN_UPLOAD }],
      },
    ],
    // A rule for versions needs the versions.
    dependsOn: [versioning],
  });
}

const DAYS_FOR_AN_UPLOAD = 7;

function logRequests(scope: Construct, bucket: S3Bucket, log: BucketAccessLog): void {
  resource(scope, S3BucketLoggingA, "this", {
    count: countIf(log.enabled),
    bucket: bucket.id,
    targetBucket: log.bucket,
    targetPrefix: log.prefix,
  });
}
