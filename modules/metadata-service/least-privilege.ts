import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { Token } from "cdktf";
import { arn, type Place } from "../../lib/aws/location";
import { concat, joinLists, mapped } from "../../lib/hcl/functions";
import type { Operand } from "../../lib/hcl/expression";
import { assumedBy } from "../../lib/aws/policy";

/**
 * The statement by which tasks of this account and region, and no others, may assume a role.
 * Source: "Amazon ECS task IAM role" in the Amazon ECS Developer Guide.
 */
export function assumedByTasksHere(place: Place): DataAwsIamPolicyDocumentStatement {
  return {
    ...assumedBy("ecs-tasks.amazonaws.com"),
    condition: [
      { test: "ArnLike", variable: "aws:SourceArn", values: [arn(place, "ecs", "*")] },
      { test: "StringEquals", variable: "aws:SourceAccount", values: [place.account] },
    ],
  };
}

/** What the migration function's network interfaces are made of. */
export interface FunctionNetwork {
  readonly functionName: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
}

/**
 * How Lambda, but not the function's code, may handle the network interfaces of a function: it creates them in the
 * function's subnets with the function's security group. It deletes them by a resource that stands for everything in
 * the account and region, which Lambda asks for.
 * Source: "Giving Lambda functions access to resources in an Amazon VPC" in the AWS Lambda Developer Guide.
 */
export function networkInterfaceStatements(
  place: Place,
  { functionName, subnetIds, securityGroupId }: FunctionNetwork,
): DataAwsIamPolicyDocumentStatement[] {
  return [
    {
      sid: "CreateNetInts",
      effect: "Allow",
      actions: ["ec2:CreateNetworkInterface"],
      resources: withItems(
        [arn(place, "ec2", "network-interface/*"), arn(place, "ec2", `security-group/${securityGroupId}`)],
        // A subnet that is shared with the account has its owner's account in its ARN.
        subnetIds,
        (id) => arn({ ...place, account: "*" }, "ec2", concat("subnet/", id).string),
      ),
    },
    {
      sid: "DeleteNetInts",
      effect: "Allow",
      actions: ["ec2:DeleteNetworkInterface"],
      resources: [arn(place, "ec2", "*/*")],
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
          values: [arn(place, "lambda", "function:", functionName)],
        },
      ],
    },
  ];
}

/** A list, and behind it what becomes of the items of another one, whose length only Terraform may know. */
function withItems(list: string[], items: string[], value: (item: Operand) => string): string[] {
  if (!Token.isUnresolved(items)) return [...list, ...items.map(value)];
  return joinLists(list, mapped(items, "id", value)).list;
}
