import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { ipv4Network } from "../../lib/aws/networks";
import { amongThemselves, rulesForNetworks } from "../../lib/aws/security-group-rules";
import { listOf } from "../../lib/contract/rules";
import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { countIf, not } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedList } from "../../lib/synth/checked";
import type { ComputationInputs } from "./generated/interface";
import type { ComputationNames } from "./names";

const VOLUME_GIBIBYTES = 150;
const VOLUME_IOPS = 1000;

/** What an instance gets its role by. */
export function instanceProfile(scope: Construct, name: string, role: IamRole): IamInstanceProfile {
  return resource(scope, IamInstanceProfile, "ecs_instance_role", { name, role: role.name });
}

/** What the environment's instances have: their volume and their metadata service. There is none on Fargate. */
export function launchTemplate(
  scope: Construct,
  inputs: Inputs<ComputationInputs>,
  names: ComputationNames,
  profile: IamInstanceProfile,
  isFargate: Operand,
): LaunchTemplate {
  return resource(scope, LaunchTemplate, "cpu", {
    count: countIf(not(isFargate)),
    name: names.launchTemplate,
    iamInstanceProfile: { arn: profile.arn },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: {
          volumeSize: VOLUME_GIBIBYTES,
          deleteOnTermination: "true",
          encrypted: "true",
          iops: VOLUME_IOPS,
          volumeType: "gp3",
        },
      },
    ],
    ebsOptimized: "true",
    metadataOptions: {
      httpEndpoint: inputs.launchTemplateHttpEndpoint,
      httpTokens: inputs.launchTemplateHttpTokens,
      httpPutResponseHopLimit: inputs.launchTemplateHttpPutResponseHopLimit,
    },
    tags: inputs.standardTags,
  });
}

/** Lets jobs reach what they may, and each other. */
export function securityGroup(scope: Construct, inputs: Inputs<ComputationInputs>, name: string): SecurityGroup {
  const egress = checkedList(
    scope,
    "compute_environment_egress_cidr_blocks",
    inputs.computeEnvironmentEgressCidrBlocks,
    listOf(ipv4Network),
  );
  return resource(scope, SecurityGroup, "this", {
    name,
    vpcId: inputs.metaflowVpcId,
    egress: rulesForNetworks(egress),
    ingress: [amongThemselves("internal traffic")],
  });
}
