import type { Construct } from "constructs";
import type { Rule } from "../../lib/contract/contract";
import type { Operand } from "../../lib/hcl/expression";
import { concat, notEqual, ifElse, replace } from "../../lib/hcl/functions";
import { checkedName } from "../../lib/synth/checked";
import type { Inputs } from "../../lib/contract/inputs";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import { ecsName } from "../../lib/aws/ecs";
import { functionName } from "../../lib/aws/lambda";
import { loadBalancerName, targetGroupName } from "../../lib/aws/elb";
import { logGroupName } from "../../lib/aws/logs";
import { roleName } from "../../lib/aws/iam";
import { securityGroupName } from "../../lib/aws/ec2";
import type { MetadataServiceInputs } from "./generated/interface";

/** The names of the metadata service's resources that AWS has rules for, each a local value. */
export type MetadataServiceNames = ReturnType<typeof metadataServiceNames>;

/** Declares the names, each with its check. */
export function metadataServiceNames(scope: Construct, inputs: Inputs<MetadataServiceInputs>) {
  const { resourcePrefix: prefix, resourceSuffix: suffix, loadBalancerNamePrefix } = inputs;

  const name = (id: string, what: string, rule: Rule, value: Operand, origin = AFFIXES) =>
    checkedName(scope, id, value, nameCheck(what, rule, origin));

  // The shortest limits first: they are what a long prefix meets.
  return {
    loadBalancer: name(
      "load_balancer_name",
      "load balancer",
      loadBalancerName,
      ifElse(
        notEqual(loadBalancerNamePrefix, ""),
        concat(loadBalancerNamePrefix, "-nlb"),
        concat(prefix, "nlb", suffix),
      ),
      `load_balancer_name_prefix, or ${AFFIXES} where that is empty`,
    ),
    targetGroup: name(
      "metadata_service_target_group_name",
      "metadata service's target group",
      targetGroupName,
      concat(prefix, "mdtg", suffix),
    ),
    cluster: name(
      "ecs_cluster_name",
      "ECS cluster",
      ecsName,
      // A prefix that ends with a hyphen and a suffix that begins with one meet here.
      replace(concat(prefix, suffix), "--", "-"),
    ),
    databaseTargetGroup: name(
      "db_migrate_target_group_name",
      "migration's target group",
      targetGroupName,
      concat(prefix, "dbtg", suffix),
    ),
    lambda: name(
      "db_migrate_lambda_name",
      "migration's Lambda function",
      functionName,
      concat(prefix, "db_migrate", suffix),
    ),
    lambdaRole: name(
      "lambda_ecs_execute_role_name",
      "Lambda function's role",
      roleName,
      concat(prefix, "lambda_ecs_execute", suffix),
    ),
    logGroup: name("log_group_name", "log group", logGroupName, concat(prefix, "metadata", suffix)),
    securityGroup: name(
      "metadata_service_security_group_name",
      "metadata service's security group",
      securityGroupName,
      concat(prefix, "metadata-service-security-group", suffix),
    ),
    service: name("ecs_service_name", "ECS service", ecsName, concat(prefix, "metadata-service", suffix)),
    task: name("ecs_task_name", "task definition", ecsName, concat(prefix, "service", suffix)),
    taskRole: name("ecs_task_role_name", "task's role", roleName, concat(prefix, "metadata-ecs-task", suffix)),
  };
}
