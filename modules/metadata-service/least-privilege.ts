import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { concat } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { assumedBy } from "../../lib/aws/policy";
import type { Location } from "./api-policy";
import type { MetadataServiceInputs } from "./generated/interface";

/**
 * The statement by which tasks of this account and region, and no others, may assume a role.
 * Source: "Amazon ECS task IAM role" in the Amazon ECS Developer Guide.
 */
export function assumedByTasksHere(
  { iamPartition }: Pick<Inputs<MetadataServiceInputs>, "iamPartition">,
  { region, account }: Location,
): DataAwsIamPolicyDocumentStatement {
  const tasks = concat("arn:", iamPartition, ":ecs:", region, ":", account, ":*").string;
  return {
    ...assumedBy("ecs-tasks.amazonaws.com"),
    condition: [
      { test: "ArnLike", variable: "aws:SourceArn", values: [tasks] },
      { test: "StringEquals", variable: "aws:SourceAccount", values: [account] },
    ],
  };
}

/** What the migration function's network interfaces are made of. */
export interface FunctionNetwork {
  readonly functionName: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

/**
 * How Lambda, but not the function's code, may handle the network interfaces of a function: it creates them in the
 * function's subnets with the function's security group. It deletes them by a resource that stands for everything in
 * the account and region, which Lambda asks for.
 * Source: "Giving Lambda functions access to resources in an Amazon VPC" in the AWS Lambda Developer Guide.
 */
export function networkInterfaceStatements(
  { iamPartition }: Inputs<MetadataServiceInputs>,
  { region, account }: Location,
  { functionName, subnetIds, securityGroupId }: FunctionNetwork,
): DataAwsIamPolicyDocumentStatement[] {
  const arn = (owner: string, resource: string) =>
    concat("arn:", iamPartition, ":ec2:", region, ":", owner, ":", resource).string;
  return [
    {
      sid: "CreateNetInts",
      effect: "Allow",
      actions: ["ec2:CreateNetworkInterface"],
      resources: [
        arn(account, "network-interface/*"),
        arn(account, `security-group/${securityGroupId}`),
        // A subnet that is shared with the account has its owner's account in its ARN.
        ...subnetIds.map((id) => arn("*", `subnet/${id}`)),
      ],
    },
    {
      sid: "DeleteNetInts",
      effect: "Allow",
      actions: ["ec2:DeleteNetworkInterface"],
      resources: [arn(account, "*/*")],
    },
    { sid: "DescribeNetInts", effect: "Allow", actions: ["ec2:DescribeNetworkInterfaces"], resources: ["*"] },
    {
      sid: "DenyFunctionCode",
      effect: "Deny",
      actions: ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces"],
      resources: ["*"],
      condition: [
        {
          test: "ArnEquals",
          variable: "lambda:SourceFunctionArn",
          values: [concat("arn:", iamPartition, ":lambda:", region, ":", account, ":function:", functionName).string],
        },
      ],
    },
  ];
}
