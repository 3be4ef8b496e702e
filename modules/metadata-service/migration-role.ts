import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { local } from "../../lib/synth/addresses";
import { concat } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { assumedBy } from "../../lib/aws/policy";
import { iamRole, iamRolePolicy } from "../../lib/aws/role";
import type { MetadataServiceInputs } from "./generated/interface";
import { networkInterfaceStatements } from "./least-privilege";
import type { MigrationParts } from "./migration-parts";

/** The role of the migration function, and the policies that the function needs until it is gone. */
export interface MigrationRole {
  readonly role: IamRole;
  readonly policies: readonly IamRolePolicy[];
}

/** The role of the migration function: it writes its log, and makes the network interfaces that lead it into the VPC. */
export function migrationRole(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  parts: MigrationParts,
  ownLogGroup: CloudwatchLogGroup | undefined,
): MigrationRole {
  const { names, location, options } = parts;
  const role = iamRole(scope, "lambda_ecs_execute_role", {
    name: names.lambdaRole,
    trust: assumedBy("lambda.amazonaws.com"),
    trustDocument: "lambda_ecs_execute_role",
    tags: inputs.standardTags,
  });
  const logs = local(
    scope,
    "cloudwatch_logs_arn_prefix",
    concat("arn:", inputs.iamPartition, ":logs:", location.region, ":", location.account),
  ).asString;

  const logGroup = `${logs}:log-group:${ownLogGroup?.name ?? `/aws/lambda/${names.lambda}`}:*`;
  const createLogGroup = {
    sid: "CreateLogGroup",
    effect: "Allow",
    actions: ["logs:CreateLogGroup"],
    resources: [options.leastPrivilege ? logGroup : `${logs}:*`],
  };
  const logging = iamRolePolicy(scope, "grant_lambda_ecs_cloudwatch", {
    name: "cloudwatch",
    role: role.name,
    document: "lambda_ecs_task_execute_policy_cloudwatch",
    statements: [
      // A log group of the deployment's own is there before the function is.
      ...(options.leastPrivilege && ownLogGroup ? [] : [createLogGroup]),
      {
        sid: "LogEvents",
        effect: "Allow",
        actions: ["logs:PutLogEvents", "logs:CreateLogStream"],
        resources: [logGroup],
      },
    ],
  });
  const networkInterfaces = {
    sid: "NetInts",
    effect: "Allow",
    actions: ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"],
    resources: ["*"],
  };
  const network = {
    functionName: names.lambda,
    subnetIds: options.taskSubnetIds ?? [inputs.subnet1Id, inputs.subnet2Id],
    securityGroupId: parts.securityGroup.id,
  };
  const networking = iamRolePolicy(scope, "grant_lambda_ecs_vpc", {
    name: "ecs_task_execute",
    role: role.name,
    document: "lambda_ecs_task_execute_policy_vpc",
    statements: options.leastPrivilege ? networkInterfaceStatements(location, network) : [networkInterfaces],
  });
  return { role, policies: [logging, networking] };
}
