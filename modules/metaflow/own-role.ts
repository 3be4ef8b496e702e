import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { roleName } from "../../lib/aws/iam";
import { iamRole, servicePolicyArn } from "../../lib/aws/role";
import type { Inputs } from "../../lib/contract/inputs";
import { resource } from "../../lib/synth/addresses";
import { affixedName } from "../../lib/synth/checked";
import type { MetaflowInputs } from "./generated/interface";

/** A role of the deployment. */
export interface OwnRole {
  readonly count?: number;
  /** What its name has between prefix and suffix. */
  readonly middle: string;
  /** What it is, for messages. */
  readonly what: string;
  readonly description?: string;
  /** Who takes it on. */
  readonly trust: DataAwsIamPolicyDocumentStatement;
}

/** The role of a construct that has no other. */
export function ownRole(scope: Construct, inputs: Inputs<MetaflowInputs>, settings: OwnRole): IamRole {
  const { count, middle, what, description, trust } = settings;
  return iamRole(scope, "this", {
    count,
    name: affixedName(scope, "name", inputs, { middle, what, rule: roleName }),
    description,
    trust,
    trustDocument: "assume_role",
    tags: inputs.standardTags,
  });
}

/** Attaches AWS's own policy for one of its services to the role of a construct. */
export function attachServicePolicy(
  scope: Construct,
  role: IamRole,
  partition: string,
  name: string,
  count?: number,
): IamRolePolicyAttachment {
  return resource(scope, IamRolePolicyAttachment, "this", {
    count,
    role: role.name,
    policyArn: servicePolicyArn(partition, name),
    // A partition that is not known yet would have the policy detached for a while.
    lifecycle: { ignoreChanges: ["policy_arn"] },
  });
}
