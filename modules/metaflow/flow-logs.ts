import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { instanceAttribute, resource } from "../../lib/synth/addresses";
import { all, concat, countIf } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { logGroup } from "../../lib/aws/log-group";
import { assumedIn } from "../../lib/aws/policy";
import { iamRolePolicy } from "../../lib/aws/role";
import type { MetaflowInputs } from "./generated/interface";
import { arn, type Location } from "../../lib/aws/location";
import type { Network } from "./network";
import { ownRole } from "./own-role";

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
    const group = logGroup(
      this,
      "this",
      { count, name, tags },
      { retentionDays: inputs.logRetentionDays, kmsKeyArn: kmsKeyId },
    );
    const role = ownRole(this, inputs, {
      count,
      middle: "flow-logs",
      what: "role of the network's log",
      trust: assumedIn(location.account, "vpc-flow-logs.amazonaws.com"),
    });
    const grant = iamRolePolicy(this, "this", {
      count,
      name: "flow_logs",
      role: role.name,
      document: "this",
      statements: [
        {
          sid: "Log",
          effect: "Allow",
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [arn(location, "logs", "log-group:", name, ":*")],
        },
      ],
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
