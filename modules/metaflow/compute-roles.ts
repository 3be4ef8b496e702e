import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { arn, type Location } from "../../lib/aws/location";
import { assumedBy, assumedIn } from "../../lib/aws/policy";
import { iamRolePolicy } from "../../lib/aws/role";
import type { Inputs } from "../../lib/contract/inputs";
import { concat } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import type { MetaflowInputs } from "./generated/interface";
import { attachServicePolicy, ownRole } from "./own-role";

/** The role of Batch's instances, by which ECS's agent on them works. */
export class InstanceRole extends Construct {
  public readonly role: IamRole;
  public readonly profile: IamInstanceProfile;
  /** What it may do: AWS's own policy for instances of ECS. */
  public readonly grant: IamRolePolicyAttachment;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>, { partition }: Location) {
    super(scope, id);
    this.role = ownRole(this, inputs, {
      middle: "batch-instance",
      what: "role of Batch's instances",
      description: "Lets ECS's agent on the instances of AWS Batch pull images, start jobs and write their logs.",
      trust: assumedBy("ec2.amazonaws.com"),
    });
    this.grant = attachServicePolicy(this, this.role, partition, "AmazonEC2ContainerServiceforEC2Role");
    this.profile = resource(this, IamInstanceProfile, "this", {
      // As it was given: a plan knows it before the role is there.
      name: this.role.nameInput,
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
    this.role = ownRole(this, inputs, {
      middle: "batch-fargate",
      what: "role of jobs on Fargate",
      description:
        "Lets ECS pull the images of jobs on Fargate and write their logs [METAFLOW_ECS_FARGATE_EXECUTION_ROLE].",
      trust: assumedIn(location.account, "ecs-tasks.amazonaws.com"),
    });
    iamRolePolicy(this, "this", {
      name: "batch_fargate",
      role: this.role.name,
      document: "this",
      statements: [
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
      ],
    });
  }
}
