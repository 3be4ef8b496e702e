import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";
import { hcl } from "../hcl/expression";
import { concat, replaceMatches } from "../hcl/functions";
import { resource } from "../synth/addresses";

/** A policy document as a data source, which Terraform shows and compares by its statements. */
export function policy(scope: Construct, id: string, ...statement: DataAwsIamPolicyDocumentStatement[]): string {
  return resource(scope, DataAwsIamPolicyDocument, id, { statement }).json;
}

/** The statement with which services may assume a role. */
export function assumedBy(...services: string[]): DataAwsIamPolicyDocumentStatement {
  return { effect: "Allow", actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: services }] };
}

/** Likewise, only on behalf of one account, for services that send `aws:SourceAccount`. */
export function assumedIn(account: string, ...services: string[]): DataAwsIamPolicyDocumentStatement {
  return {
    ...assumedBy(...services),
    condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [account] }],
  };
}

/**
 * The statement with which the pods of a service account of Kubernetes may assume a role.
 *
 * Source: "Assign IAM roles to Kubernetes service accounts" in the Amazon EKS User Guide.
 *
 * @param oidcProviderArn - the cluster's OIDC provider in IAM
 */
export function assumedByPods(
  oidcProviderArn: string,
  namespace: string,
  serviceAccount: string,
): DataAwsIamPolicyDocumentStatement {
  const issuer = replaceMatches(oidcProviderArn, "^.*:oidc-provider/", "");
  const is = (claim: string, value: string) => ({
    test: "StringEquals",
    variable: concat(issuer, ":", claim).string,
    values: [value],
  });
  return {
    effect: "Allow",
    actions: ["sts:AssumeRoleWithWebIdentity"],
    principals: [{ type: "Federated", identifiers: [oidcProviderArn] }],
    condition: [
      is("aud", "sts.amazonaws.com"),
      is("sub", concat("system:serviceaccount:", namespace, ":", serviceAccount).string),
    ],
  };
}

/** The statement with which a bucket denies requests without TLS. */
export function withTlsOnly(bucketArn: string): DataAwsIamPolicyDocumentStatement {
  return {
    sid: "DenyInsecureTransport",
    effect: "Deny",
    actions: ["s3:*"],
    resources: [bucketArn, `${bucketArn}/*`],
    principals: [{ type: "AWS", identifiers: ["*"] }],
    condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
  };
}

/** The statements with which a service reads the datastore: its key, its objects and their list. */
export function readsDatastore(bucketArn: string, keyArn: string) {
  return {
    key: { effect: "Allow", actions: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], resources: [keyArn] },
    objects: {
      sid: "ObjectAccessMetadataService",
      effect: "Allow",
      actions: ["s3:GetObject", "s3:ListBucket"],
      resources: [`${bucketArn}/*`, bucketArn],
    },
  } satisfies Record<string, DataAwsIamPolicyDocumentStatement>;
}

/**
 * The statements with which somebody reads a secret.
 *
 * @param keyArn - the key that encrypts it; without one, it is AWS's own, which needs no permission
 */
export function readsSecret(secretArn: string, keyArn?: string): DataAwsIamPolicyDocumentStatement[] {
  const read = {
    sid: "Read",
    effect: "Allow",
    actions: ["secretsmanager:GetSecretValue"],
    resources: [secretArn],
  };
  if (keyArn === undefined) return [read];
  const condition = [{ test: "StringEquals", variable: "kms:EncryptionContext:SecretARN", values: [secretArn] }];
  return [read, { sid: "Decrypt", effect: "Allow", actions: ["kms:Decrypt"], resources: [keyArn], condition }];
}

/**
 * The statements with which a role only reads folders of the datastore, S3 decrypting for it.
 *
 * @param objects - the ARNs of the folders' objects
 */
export function onlyReadsDatastore(
  bucketArn: string,
  objects: string[],
  keyArn: string,
): { readonly key: DataAwsIamPolicyDocumentStatement; readonly objects: DataAwsIamPolicyDocumentStatement[] } {
  const region = hcl`split(":", ${keyArn})[3]`;
  return {
    key: {
      sid: "Key",
      effect: "Allow",
      actions: ["kms:Decrypt"],
      resources: [keyArn],
      condition: [{ test: "StringLike", variable: "kms:ViaService", values: [concat("s3.", region, ".*").string] }],
    },
    objects: [
      // Without a condition on the prefix: with one, S3 would answer 403 instead of 404 for an object that is missing.
      { sid: "List", effect: "Allow", actions: ["s3:ListBucket"], resources: [bucketArn] },
      { sid: "Objects", effect: "Allow", actions: ["s3:GetObject"], resources: objects },
    ],
  };
}

/** The statement that denies presigned requests. */
export const denyPresigned: DataAwsIamPolicyDocumentStatement = {
  sid: "DenyPresignedBatch",
  effect: "Deny",
  actions: ["s3:*"],
  resources: ["*"],
  condition: [{ test: "StringNotEquals", variable: "s3:authType", values: ["REST-HEADER"] }],
};
