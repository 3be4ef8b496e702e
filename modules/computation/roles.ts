import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { assumedBy } from "../../lib/aws/policy";
import { iamRole, iamRolePolicy, servicePolicyArn } from "../../lib/aws/role";
import type { Inputs } from "../../lib/contract/inputs";
import { resource } from "../../lib/synth/addresses";
import { batchGrants } from "./batch-statements";
import type { ComputationInputs } from "./generated/interface";

/** The role that AWS Batch works with, and the policies that it works by. */
export interface BatchRole {
  readonly role: IamRole;
  readonly policies: readonly IamRolePolicy[];
}

/** The role by which ECS pulls images and writes logs, of tasks and of jobs on Fargate. */
export function executionRole(scope: Construct, inputs: Inputs<ComputationInputs>, name: string): IamRole {
  const role = iamRole(scope, "ecs_execution_role", {
    name,
    description:
      "This role is passed to our AWS ECS' task definition as the `execution_role`. This allows things like the correct " +
      "image to be pulled and logs to be stored.",
    trust: assumedBy("ec2.amazonaws.com", "ecs.amazonaws.com", "ecs-tasks.amazonaws.com", "batch.amazonaws.com"),
    trustDocument: "ecs_execution_role_assume_role",
    tags: inputs.standardTags,
  });
  iamRolePolicy(scope, "grant_ecs_access", {
    name: "ecs_access",
    role: role.name,
    document: "ecs_task_execution_policy",
    statements: [
      {
        actions: [
          "ecr:GetAuthorizationToken",
          "ecr:BatchCheckLayerAvailability",
          "ecr:GetDownloadUrlForLayer",
          "ecr:BatchGetImage",
          "logs:CreateLogStream",
          "logs:PutLogEvents",
        ],
        resources: ["*"],
      },
    ],
  });
  return role;
}

/** The role of the environment's instances, with AWS's policy for instances of ECS. */
export function instanceRole(scope: Construct, { iamPartition }: Inputs<ComputationInputs>, name: string): IamRole {
  const role = iamRole(scope, "ecs_instance_role", {
    name,
    description:
      "This role is passed to AWS Batch as a `instance_role`. This allows our Metaflow Batch jobs to execute with proper " +
      "permissions.",
    trust: assumedBy("ec2.amazonaws.com"),
    trustDocument: "ecs_instance_role_assume_role",
  });
  resource(scope, IamRolePolicyAttachment, "ecs_instance_role", {
    role: role.name,
    policyArn: servicePolicyArn(iamPartition, "AmazonEC2ContainerServiceforEC2Role"),
  });
  return role;
}

/** The role that AWS Batch works with. */
export function batchRole(scope: Construct, inputs: Inputs<ComputationInputs>, name: string): BatchRole {
  const role = iamRole(scope, "batch_execution_role", {
    name,
    description:
      "This role is passed to AWS Batch as a `service_role`. This allows AWS Batch to make calls to other AWS services on " +
      "our behalf.",
    trust: assumedBy("batch.amazonaws.com"),
    trustDocument: "batch_execution_role_assume_role",
    tags: inputs.standardTags,
  });
  const grant = (name: string, document: string, statements: DataAwsIamPolicyDocumentStatement[]) =>
    iamRolePolicy(scope, `grant_${document}`, { name, role: role.name, document, statements });
  const grants = batchGrants(inputs.iamPartition);
  return {
    role,
    policies: [
      grant("iam_pass_role", "iam_pass_role", grants.passRole),
      grant("custom_access", "custom_access_policy", grants.access),
      grant("iam_custom", "iam_custom_policies", grants.roles),
      grant("ec2_custom", "ec2_custom_policies", grants.tags),
    ],
  };
}
