import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { resource } from "../../lib/addresses";
import { checkedName } from "../../lib/checks";
import { concat } from "../../lib/functions";
import type { Inputs } from "../../lib/inputs";
import { AFFIXES, nameCheck, roleName } from "../../lib/names";
import { assumedBy, policy } from "../../lib/policy";
import { allowPull, imageRepository } from "./image-repository";
import type { MetaflowInputs } from "./interface";

/** Where a deployment is: what the ARNs of its resources are made of. */
export interface Location {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The role by which ECS pulls the service's image, where that is in ECR, and writes its log. */
export class ExecutionRole extends Construct {
  public readonly arn: string;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, location: Location) {
    super(scope, id);
    const { resourcePrefix: prefix, resourceSuffix: suffix } = inputs;
    const role = resource(this, IamRole, "this", {
      name: checkedName(
        this,
        "name",
        concat(prefix, "ecs-execution", suffix),
        nameCheck("ECS execution role", roleName, AFFIXES),
      ),
      description: "Lets ECS pull the metadata service's image and write its log.",
      assumeRolePolicy: policy(this, "assume_role", assumedBy("ecs-tasks.amazonaws.com")),
      tags: inputs.standardTags,
    });
    this.arn = role.arn;

    const { partition, region, account } = location;
    const logGroup = concat(
      ...["arn:", partition, ":logs:", region, ":", account, ":log-group:", prefix, "metadata", suffix],
    );
    const document = resource(this, DataAwsIamPolicyDocument, "this", {
      statement: [
        {
          sid: "Log",
          effect: "Allow",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          // What comes before the slash is the task definition's awslogs-stream-prefix.
          resources: [concat(logGroup, ":log-stream:metadata/*").string],
        },
      ],
    });
    allowPull(document, imageRepository(inputs.metadataServiceContainerImage, partition));
    resource(this, IamRolePolicy, "this", { name: "ecs_execution", role: role.name, policy: document.json });
  }
}
