import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { joinStack } from "../../lib/aws/join-stack";
import { attributeOrEmpty, resource } from "../../lib/synth/addresses";
import { checkedList, checkedMap, checkedName, checksAsPreconditions } from "../../lib/synth/checked";
import type { Expression } from "../../lib/hcl/expression";
import { all, concat, countIf, notEmpty } from "../../lib/hcl/functions";
import { readInputs } from "../../lib/contract/inputs";
import { readOptions } from "../../lib/contract/options";
import { setRoles } from "../../lib/aws/roles";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import { principalArns, roleArns, roleName } from "../../lib/aws/iam";
import { iamRolePolicy } from "../../lib/aws/role";
import { tags } from "../../lib/aws/tags";
import { batchStatements } from "./batch";
import { customRoleContract } from "./contract";
import { datastoreStatements } from "./datastore";
import type { CustomRoleInputs, CustomRoleOptions, CustomRoleOutputs } from "./generated/interface";
import { notebookStatements } from "./notebook";
import { stepFunctionsStatements } from "./step-functions";
import { jobQueueArns } from "../../lib/aws/batch";
import type { ConstructProps } from "../../lib/synth/providers";

export type * from "./generated/interface";

/** The props of {@link CustomRole}. */
export interface CustomRoleProps extends CustomRoleInputs, CustomRoleOptions, ConstructProps {}

/** The role of a Metaflow user, who may do what Metaflow's client does and nothing else. */
export class CustomRole extends Construct implements CustomRoleOutputs {
  public readonly metaflowUserRoleArn: string;
  public readonly metaflowUserRoleName: string;

  /** The role, which has a count: one where `userRolePrincipals` has any. */
  public readonly role: IamRole;

  public constructor(scope: Construct, id: string, given: CustomRoleProps) {
    super(scope, id);
    joinStack(this, given);
    const props = readOptions(this, customRoleContract.options, given);
    const inputs = readInputs<CustomRoleInputs>(this, customRoleContract, props);
    const checks = checksAsPreconditions(this);
    const hasRole = notEmpty(inputs.userRolePrincipals);
    const principals = checkedList(this, "user_role_principals", inputs.userRolePrincipals, principalArns);
    // It is there whether there is a role or not, and so is what it checks.
    const trust = resource(this, DataAwsIamPolicyDocument, "assume_role", {
      statement: [
        { effect: "Allow", actions: ["sts:AssumeRole"], principals: [{ type: "AWS", identifiers: principals }] },
      ],
      lifecycle: { precondition: checks },
    });
    const role = resource(this, IamRole, "this", {
      count: countIf(hasRole),
      name: checkedName(
        this,
        "metaflow_user_role_name",
        concat(inputs.resourcePrefix, "metaflow_user", inputs.resourceSuffix),
        nameCheck("Metaflow user's role", roleName, AFFIXES),
      ),
      description:
        "What a Metaflow user may do: use the datastore and, where they are set, AWS Batch and AWS Step Functions.",
      assumeRolePolicy: trust.json,
      maxSessionDuration: inputs.maxSessionDuration,
      tags: checkedMap(this, "standard_tags", inputs.standardTags, tags),
    });

    this.role = role;

    const grant = (name: string, condition: Expression, ...statements: DataAwsIamPolicyDocumentStatement[]) => {
      const count = countIf(condition);
      // A policy that is known not to be needs no document.
      if (count === 0) return;
      iamRolePolicy(this, name, { count, name, role: role.name, document: name, statements });
    };
    grant("datastore", hasRole, ...datastoreStatements(this, inputs));

    const queues = checkedList(this, "batch_job_queue_arns", inputs.batchJobQueueArns, jobQueueArns);
    grant("batch", all(hasRole, notEmpty(inputs.batchJobQueueArns)), ...batchStatements(queues));

    grant("pass_job_role", all(hasRole, notEmpty(inputs.batchJobRoleArns)), {
      sid: "PassJobRole",
      effect: "Allow",
      actions: ["iam:PassRole"],
      resources: checkedList(this, "batch_job_role_arns", inputs.batchJobRoleArns, roleArns),
    });

    const stateMachineRoles = checkedList(this, "step_functions_role_arns", inputs.stepFunctionsRoleArns, roleArns);
    grant(
      "step_functions",
      all(hasRole, notEmpty(inputs.stepFunctionsRoleArns)),
      ...stepFunctionsStatements(inputs, stateMachineRoles),
    );

    if (props.notebookInstanceArns !== undefined) {
      grant("notebook", hasRole, ...notebookStatements(props.notebookInstanceArns));
    }

    this.metaflowUserRoleArn = attributeOrEmpty(role, "arn");
    this.metaflowUserRoleName = attributeOrEmpty(role, "name");
    setRoles(this, props);
  }
}
