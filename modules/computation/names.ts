import type { Construct } from "constructs";
import { batchName } from "../../lib/aws/batch";
import { launchTemplateName, securityGroupName } from "../../lib/aws/ec2";
import { roleName } from "../../lib/aws/iam";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import type { Rule } from "../../lib/contract/contract";
import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { concat, replace } from "../../lib/hcl/functions";
import { checkedName } from "../../lib/synth/checked";
import type { ComputationInputs } from "./generated/interface";

/** Declares the names of the module's resources, each a local value with its check. */
export function computationNames(scope: Construct, inputs: Inputs<ComputationInputs>) {
  const { resourcePrefix: prefix, resourceSuffix: suffix } = inputs;
  const name = (id: string, what: string, rule: Rule, value: Operand) =>
    checkedName(scope, id, value, nameCheck(what, rule, AFFIXES));
  const role = (id: string, what: string, middle: string) => name(id, what, roleName, concat(prefix, middle, suffix));
  return {
    executionRole: role("ecs_execution_role_name", "execution role", "ecs-execution-role"),
    batchRole: role("batch_execution_role_name", "role of AWS Batch", "batch-execution-role"),
    instanceRole: role("ecs_instance_role_name", "role of the instances", "ecs-iam-role"),
    environmentPrefix: name(
      "compute_env_prefix_name",
      "compute environment, before what makes it unique",
      batchName,
      concat(prefix, "cpu", suffix),
    ),
    // A prefix that ends with a hyphen and a suffix that begins with one meet here.
    queue: name("batch_queue_name", "job queue", batchName, replace(concat(prefix, suffix), "--", "-")),
    launchTemplate: name(
      "launch_template_name",
      "launch template",
      launchTemplateName,
      concat(prefix, "batch-launch-tmpl-cpu-100gb", suffix),
    ),
    securityGroup: name(
      "batch_security_group_name",
      "compute environment's security group",
      securityGroupName,
      concat(prefix, "batch-compute-environment-security-group", suffix),
    ),
  };
}

/** The names of the module's resources. */
export type ComputationNames = ReturnType<typeof computationNames>;
