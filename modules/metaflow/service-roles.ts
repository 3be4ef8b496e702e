import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { instanceAttribute, resource } from "../../lib/synth/addresses";
import { checkedName } from "../../lib/synth/checked";
import { all, concat, countIf, notEqual } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import { roleName } from "../../lib/aws/iam";
import { assumedBy, assumedIn, policy } from "../../lib/aws/policy";
import type { MetaflowInputs } from "./generated/interface";
import type { Location } from "../../lib/aws/location";

/** The role by which RDS writes the database's metrics to CloudWatch Logs. */
export class MonitoringRole extends Construct {
  public readonly arn: string;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, location: Location) {
    super(scope, id);
    const hasRole = notEqual(inputs.monitoringInterval, 0);
    this.arn = managedRole(this, inputs, location, {
      count: countIf(hasRole),
      name: "rds-monitoring",
      what: "role of RDS's monitoring",
      trust: assumedIn(location.account, "monitoring.rds.amazonaws.com"),
      managedPolicy: "AmazonRDSEnhancedMonitoringRole",
    }).arn;
  }
}

/** API Gateway's role for CloudWatch Logs: a setting that an account has once a region. */
export class ApiGatewayAccountRole extends Construct {
  /** The setting, without which a stage with logs is refused. */
  public readonly account: ApiGatewayAccount;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, location: Location) {
    super(scope, id);
    const count = countIf(all(inputs.apiAccessLogs, inputs.apiGatewayAccountRole));
    const { arn, attachment } = managedRole(this, inputs, location, {
      count,
      name: "api-logs",
      what: "role of API Gateway's logs",
      trust: assumedBy("apigateway.amazonaws.com"),
      managedPolicy: "AmazonAPIGatewayPushToCloudWatchLogs",
    });
    this.account = resource(this, ApiGatewayAccount, "this", {
      count,
      cloudwatchRoleArn: arn,
      dependsOn: [attachment],
    });
  }
}

interface ManagedRole {
  readonly count: number;
  /** What its name has between prefix and suffix. */
  readonly name: string;
  /** What it is, for messages. */
  readonly what: string;
  /** Who takes it on. */
  readonly trust: DataAwsIamPolicyDocumentStatement;
  /** The name of AWS's own policy for that service. */
  readonly managedPolicy: string;
}

/** A role for one of AWS's services, with AWS's own policy for it. */
function managedRole(scope: Construct, inputs: Inputs<MetaflowInputs>, { partition }: Location, wanted: ManagedRole) {
  const { count } = wanted;
  const role = resource(scope, IamRole, "this", {
    count,
    name: checkedName(
      scope,
      "name",
      concat(inputs.resourcePrefix, wanted.name, inputs.resourceSuffix),
      nameCheck(wanted.what, roleName, AFFIXES),
    ),
    assumeRolePolicy: policy(scope, "assume_role", wanted.trust),
    tags: inputs.standardTags,
  });
  const attachment = resource(scope, IamRolePolicyAttachment, "this", {
    count,
    role: instanceAttribute(role, 0, "name").string,
    policyArn: concat("arn:", partition, ":iam::aws:policy/service-role/", wanted.managedPolicy).string,
    // A partition that is not known yet would have the policy detached for a while.
    lifecycle: { ignoreChanges: ["policy_arn"] },
  });
  return { arn: instanceAttribute(role, 0, "arn").string, attachment };
}
