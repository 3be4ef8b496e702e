import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { instanceAttribute, resource } from "../../lib/synth/addresses";
import { checkedName } from "../../lib/synth/checked";
import { all, concat, countIf } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import { roleName } from "../../lib/aws/iam";
import { assumedIn, policy } from "../../lib/aws/policy";
import type { MetaflowInputs } from "./generated/interface";
import { arn, type Location } from "../../lib/aws/location";
import type { Network } from "./network";

/** The log of the connections in the deployment's own network. */
export class FlowLogs extends Construct {
  /** @param kmsKeyId - the ARN of the key that encrypts the log */
  public constructor(
    scope: Construct,
    id: string,
    inputs: Inputs<MetaflowInputs>,
    network: Network,
    location: Location,
    kmsKeyId: string | undefined,
  ) {
    super(scope, id);
    const { resourcePrefix: prefix, resourceSuffix: suffix, standardTags: tags } = inputs;
    const count = countIf(all(inputs.flowLogs, network.isOwn));
    const name = concat(prefix, "metadata", suffix, "-network").string;
    const group = resource(this, CloudwatchLogGroup, "this", {
      count,
      name,
      retentionInDays: inputs.logRetentionDays,
      kmsKeyId,
      tags,
    });
    const role = resource(this, IamRole, "this", {
      count,
      name: checkedName(
        this,
        "name",
        concat(prefix, "flow-logs", suffix),
        nameCheck("role of the network's log", roleName, AFFIXES),
      ),
      assumeRolePolicy: policy(this, "assume_role", assumedIn(location.account, "vpc-flow-logs.amazonaws.com")),
      tags,
    });
    const grant = resource(this, IamRolePolicy, "this", {
      count,
      name: "flow_logs",
      role: instanceAttribute(role, 0, "name").string,
      policy: policy(this, "this", {
        sid: "Log",
        effect: "Allow",
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: [arn(location, "logs", "log-group:", name, ":*")],
      }),
    });
    resource(this, FlowLog, "this", {
      count,
      vpcId: network.ownVpcId,
      trafficType: "ALL",
      logDestination: instanceAttribute(group, 0, "arn").string,
      iamRoleArn: instanceAttribute(role, 0, "arn").string,
      tags,
      dependsOn: [grant],
    });
  }
}
