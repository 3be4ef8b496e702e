import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";
import { resource } from "./addresses";

/** A policy document as a data source, which Terraform shows and compares by its statements. */
export function policy(scope: Construct, id: string, ...statement: DataAwsIamPolicyDocumentStatement[]): string {
  return resource(scope, DataAwsIamPolicyDocument, id, { statement }).json;
}

/** The statement by which a service may take on a role. */
export function assumedBy(service: string): DataAwsIamPolicyDocumentStatement {
  return { effect: "Allow", actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: [service] }] };
}
