import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { joinStack } from "../../lib/aws/join-stack";
import { setRoles } from "../../lib/aws/roles";
import { assumedBy, assumedIn } from "../../lib/aws/policy";
import { tags } from "../../lib/aws/tags";
import { readInputs } from "../../lib/contract/inputs";
import { readOptions } from "../../lib/contract/options";
import { ifElse } from "../../lib/hcl/functions";
import { attributeOrEmpty, resource } from "../../lib/synth/addresses";
import { checkedMap } from "../../lib/synth/checked";
import type { ConstructProps } from "../../lib/synth/providers";
import { stepFunctionsContract } from "./contract";
import { executionLog } from "./execution-log";
import type { StepFunctionsInputs, StepFunctionsOptions, StepFunctionsOutputs } from "./generated/interface";
import { leastGrants } from "./least-privilege";
import { stepFunctionsNames } from "./names";
import { eventbridgeRole, grant, stateMachineRole } from "./roles";
import { startStatement, stateMachineArns, stateMachineGrants } from "./statements";
import { stateTable } from "./table";

export type * from "./generated/interface";

/** The props of {@link StepFunctions}. */
export interface StepFunctionsProps extends StepFunctionsInputs, StepFunctionsOptions, ConstructProps {}

/** What `step-functions create` and scheduled flows need: the roles of state machines and of their starts, and a table. */
export class StepFunctions extends Construct implements StepFunctionsOutputs {
  public readonly metaflowEventbridgeRoleArn: string;
  public readonly metaflowStepFunctionsDynamodbPolicy: string;
  public readonly metaflowStepFunctionsDynamodbTableArn: string;
  public readonly metaflowStepFunctionsDynamodbTableName: string;
  public readonly metaflowStepFunctionsRoleArn: string;

  /** The table, which has a count: one where the module is active. */
  public readonly stateTable: DynamodbTable;
  /** The role that state machines run with, which has a count. */
  public readonly stateMachineRole: IamRole;
  /** The role by which Amazon EventBridge starts them, which has a count. */
  public readonly eventbridgeRole: IamRole;

  /** The ARN of the log group of executions; empty without `executionLogs`. */
  public readonly executionLogGroupArn: string;

  public constructor(scope: Construct, id: string, given: StepFunctionsProps) {
    super(scope, id);
    joinStack(this, given);
    const props = readOptions(this, stepFunctionsContract.options, given);
    const read = readInputs<StepFunctionsInputs>(this, stepFunctionsContract, props);
    const inputs = { ...read, standardTags: checkedMap(this, "standard_tags", read.standardTags, tags) };
    const names = stepFunctionsNames(this, inputs);
    const place = {
      partition: inputs.iamPartition,
      region: resource(this, DataAwsRegion, "current", {}).id,
      account: resource(this, DataAwsCallerIdentity, "current", {}).accountId,
    };

    const trust = (service: string) => (props.leastPrivilege ? assumedIn(place.account, service) : assumedBy(service));

    this.stateTable = stateTable(this, inputs, names.table, props);
    this.metaflowStepFunctionsDynamodbTableArn = attributeOrEmpty(this.stateTable, "arn");
    this.metaflowStepFunctionsDynamodbTableName = attributeOrEmpty(this.stateTable, "name");

    const tableArn = this.metaflowStepFunctionsDynamodbTableArn;
    const grants = props.leastPrivilege
      ? leastGrants(this, inputs, place, tableArn, props)
      : stateMachineGrants(this, inputs, place, tableArn);
    this.stateMachineRole = stateMachineRole(this, inputs, names.role, trust("states.amazonaws.com"));
    grant(this, inputs, this.stateMachineRole, grants);
    this.metaflowStepFunctionsRoleArn = attributeOrEmpty(this.stateMachineRole, "arn");
    const { document } = grants.step_functions_dynamodb ?? { document: "" };
    this.metaflowStepFunctionsDynamodbPolicy = ifElse(inputs.active, document, "").string;

    const start = startStatement(stateMachineArns(place, props), props.leastPrivilege ? "Start" : undefined);
    this.eventbridgeRole = eventbridgeRole(this, inputs, names.eventbridgeRole, start, trust("events.amazonaws.com"));
    this.metaflowEventbridgeRoleArn = attributeOrEmpty(this.eventbridgeRole, "arn");
    this.executionLogGroupArn = executionLog(this, inputs, props);
    setRoles(this, props);
  }
}
