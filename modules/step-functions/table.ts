import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import type { Construct } from "constructs";
import type { Inputs } from "../../lib/contract/inputs";
import { countIf } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import type { StepFunctionsInputs, StepFunctionsOptions } from "./generated/interface";

/** The table in which a flow's jobs pass on what a later step needs (a foreach's cardinality). */
export function stateTable(
  scope: Construct,
  inputs: Inputs<StepFunctionsInputs>,
  name: string,
  options: StepFunctionsOptions,
): DynamodbTable {
  return resource(scope, DynamodbTable, "step_functions_state_table", {
    count: countIf(inputs.active),
    name,
    billingMode: "PAY_PER_REQUEST",
    hashKey: "pathspec",
    serverSideEncryption: { enabled: true, kmsKeyArn: options.tableKeyArn },
    pointInTimeRecovery: { enabled: options.tableRecovery ?? false },
    attribute: [{ name: "pathspec", type: "S" }],
    ttl: { attributeName: "ttl", enabled: true },
    tags: inputs.standardTags,
  });
}
