import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { roleName } from "../../lib/aws/iam";
import { arn, type Location } from "../../lib/aws/location";
import { assumedBy, assumedIn, policy } from "../../lib/aws/policy";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import type { Inputs } from "../../lib/contract/inputs";
import { concat } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedName } from "../../lib/synth/checked";
import type { MetaflowInputs } from "./generated/interface";

/** The role of Batch's instances, by which ECS's agent on them works. */
export class InstanceRole extends Construct {
  public readonly role: IamRole;
  public readonly profile: IamInstanceProfile;
  /** What it may do: AWS's own policy for instances of ECS. */
  public readonly grant: IamRolePolicyAttachment;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, { partition }: Location) {
    super(scope, id);
    const name = ownName(this, inputs, "batch-instance", "role of Batch's instances");
    this.role = resource(this, IamRole, "this", {
      name,
      description: "Lets ECS's agent on the instances of AWS Batch pull images, start jobs and write their logs.",
      assumeRolePolicy: policy(this, "assume_role", assumedBy("ec2.amazonaws.com")),
      tags: inputs.standardTags,
    });
    this.grant = resource(this, IamRolePolicyAttachment, "this", {
      role: this.role.name,
      policyArn: concat("arn:", partition, ":iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role").string,
      // A partition that is not known yet would have the policy detached for a while.
      lifecycle: { ignoreChanges: ["policy_arn"] },
    });
    this.profile = resource(this, IamInstanceProfile, "this", {
      name,
      role: this.role.name,
      tags: inputs.standardTags,
    });
  }
}

/** The role by which ECS pulls the images of jobs on Fargate and writes their logs. */
export class FargateRole extends Construct {
  public readonly role: IamRole;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, location: Location) {
    super(scope, id);
    this.role = resource(this, IamRole, "this", {
      name: ownName(this, inputs, "batch-fargate", "role of jobs on Fargate"),
      description:
        "Lets ECS pull the images of jobs on Fargate and write their logs [METAFLOW_ECS_FARGATE_EXECUTION_ROLE].",
      assumeRolePolicy: policy(this, "assume_role", assumedIn(location.account, "ecs-tasks.amazonaws.com")),
      tags: inputs.standardTags,
    });
    resource(this, IamRolePolicy, "this", {
      name: "batch_fargate",
      role: this.role.name,
      policy: policy(
        this,
        "this",
        { sid: "Login", effect: "Allow", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
        {
          sid: "Pull",
          effect: "Allow",
          actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          // Which images jobs have is for the authors of flows to say; those of other accounts have policies of their own.
          resources: [concat("arn:", location.partition, ":ecr:*:*:repository/*").string],
        },
        {
          sid: "Log",
          effect: "Allow",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [arn(location, "logs", "log-group:/aws/batch/job:log-stream:*")],
        },
      ),
    });
  }
}

function ownName(scope: Construct, inputs: Inputs<MetaflowInputs>, middle: string, what: string): string {
  const name = concat(inputs.resourcePrefix, middle, inputs.resourceSuffix);
  return checkedName(scope, "name", name, nameCheck(what, roleName, AFFIXES));
}
