import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { concat } from "../hcl/functions";
import { resource } from "../synth/addresses";
import { policy } from "./policy";

/** A role, and who takes it on. */
export interface RoleSettings {
  readonly count?: number;
  readonly name: string;
  readonly description?: string;
  /** The statement of its trust policy. */
  readonly trust: DataAwsIamPolicyDocumentStatement;
  /** The id of the trust policy's document. */
  readonly trustDocument: string;
  readonly tags?: Record<string, string>;
}

/** A role with its trust policy. */
export function iamRole(scope: Construct, id: string, settings: RoleSettings): IamRole {
  const { count, name, description, trust, trustDocument, tags } = settings;
  const assumeRolePolicy = policy(scope, trustDocument, trust);
  return resource(scope, IamRole, id, { count, name, description, assumeRolePolicy, tags });
}

/** A policy of a role. */
export interface RolePolicySettings {
  readonly count?: number;
  readonly name: string;
  /** The role's name. */
  readonly role: string;
  /** The id of the policy's document. */
  readonly document: string;
  readonly statements: readonly DataAwsIamPolicyDocumentStatement[];
}

/** What a role may do, in a policy of its own. */
export function iamRolePolicy(scope: Construct, id: string, settings: RolePolicySettings): IamRolePolicy {
  const { count, name, role, document, statements } = settings;
  return resource(scope, IamRolePolicy, id, { count, name, role, policy: policy(scope, document, ...statements) });
}

/** The ARN of AWS's own policy for roles of one of its services. */
export function servicePolicyArn(partition: string, name: string): string {
  return concat("arn:", partition, ":iam::aws:policy/service-role/", name).string;
}
