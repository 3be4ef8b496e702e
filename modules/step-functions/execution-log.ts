import type { Construct } from "constructs";
import { logGroup } from "../../lib/aws/log-group";
import { logGroupName } from "../../lib/aws/logs";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import type { Inputs } from "../../lib/contract/inputs";
import { all, concat, countIf } from "../../lib/hcl/functions";
import { attributeOrEmpty } from "../../lib/synth/addresses";
import { checkedName } from "../../lib/synth/checked";
import type { StepFunctionsInputs, StepFunctionsOptions } from "./generated/interface";

/**
 * The log group of executions. Under `/aws/vendedlogs/`, AWS Step Functions needs no entry of its own in the account's resource policy,
 * whose size is limited.
 *
 * Source: "Using CloudWatch Logs to log execution history" in the AWS Step Functions Developer Guide.
 *
 * @returns its ARN, empty where there is none
 */
export function executionLog(
  scope: Construct,
  inputs: Inputs<StepFunctionsInputs>,
  { executionLogs }: StepFunctionsOptions,
): string {
  if (executionLogs === undefined) return "";
  const name = concat("/aws/vendedlogs/states/", inputs.resourcePrefix, "executions", inputs.resourceSuffix);
  const check = nameCheck("log group of executions", logGroupName, AFFIXES);
  const settings = {
    count: countIf(all(inputs.active, executionLogs.enabled)),
    name: checkedName(scope, "executions_log_group_name", name, check),
    tags: inputs.standardTags,
  };
  const group = logGroup(scope, "executions", settings, executionLogs);
  return attributeOrEmpty(group, "arn");
}
