import type { Construct } from "constructs";
import { securityGroupName } from "../../lib/aws/ec2";
import { ecsName } from "../../lib/aws/ecs";
import { loadBalancerName, targetGroupName } from "../../lib/aws/elb";
import { roleName } from "../../lib/aws/iam";
import { logGroupName } from "../../lib/aws/logs";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import type { Rule } from "../../lib/contract/contract";
import type { Inputs } from "../../lib/contract/inputs";
import { Expression, type Operand } from "../../lib/hcl/expression";
import { concat, ifElse, notEqual, replace } from "../../lib/hcl/functions";
import { checkedName } from "../../lib/synth/checked";
import type { UiInputs, UiOptions } from "./generated/interface";

/** A target group's name is cut to this length. */
const TARGET_GROUP_LENGTH = 32;

/** Declares the names of the module's resources, each a local value with its check. */
export function uiNames(scope: Construct, inputs: Inputs<UiInputs>, { clusterName }: UiOptions) {
  const { resourcePrefix: prefix, resourceSuffix: suffix, loadBalancerNamePrefix } = inputs;
  const name = (id: string, what: string, rule: Rule, value: Operand, origin = AFFIXES) =>
    checkedName(scope, id, value, nameCheck(what, rule, origin));
  const between = (middle: string) => concat(prefix, middle, suffix);
  return {
    loadBalancer: name(
      "load_balancer_name",
      "load balancer",
      loadBalancerName,
      ifElse(notEqual(loadBalancerNamePrefix, ""), concat(loadBalancerNamePrefix, "-alb"), between("alb")),
      `load_balancer_name_prefix, or ${AFFIXES} where that is empty`,
    ),
    backendTargetGroup: name(
      "ui_backend_target_group_name",
      "backend's target group",
      targetGroupName,
      cut(between("ui-backend")),
    ),
    staticTargetGroup: name(
      "ui_static_target_group_name",
      "frontend's target group",
      targetGroupName,
      cut(between("ui-static")),
    ),
    // A prefix that ends with a hyphen and a suffix that begins with one meet here.
    cluster:
      clusterName ?? name("ecs_cluster_name", "ECS cluster", ecsName, replace(concat(prefix, suffix), "--", "-")),
    backend: name("ui_backend_name", "backend's service", ecsName, between("ui_backend")),
    static: name("ui_static_name", "frontend's service", ecsName, between("ui_static")),
    logGroup: name("log_group_name", "log group", logGroupName, between("ui")),
    taskRole: name("ecs_task_role_name", "tasks' role", roleName, between("ui-ecs-task")),
    tasksGroup: name(
      "ui_backend_security_group_name",
      "tasks' security group",
      securityGroupName,
      between("ui-backend-sg"),
    ),
    balancerGroup: name(
      "alb_security_group_name",
      "load balancer's security group",
      securityGroupName,
      between("alb-sg"),
    ),
  };
}

/** The names of the module's resources. */
export type UiNames = ReturnType<typeof uiNames>;

function cut(name: Operand): Expression {
  return new Expression([`format("%.${String(TARGET_GROUP_LENGTH)}s", `, ")"], [name], (known) =>
    [...String(known)].slice(0, TARGET_GROUP_LENGTH).join(""),
  );
}
