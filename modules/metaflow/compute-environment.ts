import { BatchComputeEnvironment } from "@cdktf/provider-aws/lib/batch-compute-environment";
import { BatchJobQueue } from "@cdktf/provider-aws/lib/batch-job-queue";
import type { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { batchName } from "../../lib/aws/batch";
import { AFFIXES, nameCheck } from "../../lib/contract/checks";
import type { Inputs } from "../../lib/contract/inputs";
import type { Operand } from "../../lib/hcl/expression";
import { concat, equal, ifElse, merge } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedName } from "../../lib/synth/checked";
import type { MetaflowInputs } from "./generated/interface";

/** What every environment of a deployment has. */
export interface ComputePlace {
  readonly inputs: Inputs<MetaflowInputs>;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: string[];
  readonly instanceProfile: IamInstanceProfile;
  /** Whether instances get public addresses. */
  readonly withPublicIp: Operand;
  /** What instances need until the environment is gone. */
  readonly dependsOn: ITerraformDependable[];
}

/** The instances of an environment. */
export interface InstanceSettings {
  /** EC2 for on demand, SPOT for spot. */
  readonly type: Operand;
  readonly instanceTypes: string[];
  readonly minVcpus: number;
  readonly maxVcpus: number;
  readonly volumeGibibytes: number;
}

/** What an environment is called: its name in the configuration, and what the names in AWS have of it. */
export interface EnvironmentNames {
  readonly id: string;
  readonly label: string;
}

/** A compute environment, which makes its name itself: AWS cannot change most of one, and the next is made before it goes. */
export function instanceEnvironment(
  scope: Construct,
  names: EnvironmentNames,
  place: ComputePlace,
  settings: InstanceSettings,
): BatchComputeEnvironment {
  const template = launchTemplate(scope, names, place, settings.volumeGibibytes);
  return environment(scope, names, place, {
    type: ifElse(equal(settings.type, "SPOT"), "SPOT", "EC2").string,
    allocationStrategy: ifElse(equal(settings.type, "SPOT"), "SPOT_PRICE_CAPACITY_OPTIMIZED", "BEST_FIT_PROGRESSIVE")
      .string,
    instanceRole: place.instanceProfile.arn,
    instanceType: settings.instanceTypes,
    // AWS Batch takes the second for instance types with GPUs and the first for all others, of x86 and of Graviton.
    ec2Configuration: [{ imageType: "ECS_AL2023" }, { imageType: "ECS_AL2023_NVIDIA" }],
    launchTemplate: {
      launchTemplateId: template.id,
      version: template.interpolationForAttribute("latest_version").toString(),
    },
    minVcpus: settings.minVcpus,
    maxVcpus: settings.maxVcpus,
  });
}

/** A compute environment on Fargate. */
export function fargateEnvironment(
  scope: Construct,
  names: EnvironmentNames,
  place: ComputePlace,
  type: "FARGATE" | "FARGATE_SPOT",
  maxVcpus: number,
): BatchComputeEnvironment {
  return environment(scope, names, place, { type, maxVcpus, securityGroupIds: place.securityGroupIds });
}

/** A queue that sends jobs to the first of its environments that has room for them. */
export function jobQueue(
  scope: Construct,
  { id, label }: EnvironmentNames,
  { inputs }: ComputePlace,
  environments: readonly BatchComputeEnvironment[],
): BatchJobQueue {
  const name = concat(inputs.resourcePrefix, label, inputs.resourceSuffix);
  return resource(scope, BatchJobQueue, id, {
    name: checkedName(scope, `${id}_queue_name`, name, nameCheck("job queue", batchName, AFFIXES)),
    state: "ENABLED",
    priority: 1,
    computeEnvironmentOrder: environments.map(({ arn }, index) => ({ order: index + 1, computeEnvironment: arn })),
    tags: inputs.standardTags,
    // One that was taken over keeps its name, which cannot change: callers know the queue by it.
    lifecycle: { ignoreChanges: ["name"] },
  });
}

type ComputeResources = NonNullable<ConstructorParameters<typeof BatchComputeEnvironment>[2]["computeResources"]>;

function environment(
  scope: Construct,
  { id, label }: EnvironmentNames,
  { inputs, subnetIds, dependsOn }: ComputePlace,
  resources: Omit<ComputeResources, "subnets">,
): BatchComputeEnvironment {
  // Without a role of the deployment's own, AWS Batch has its service-linked one, by which it can change an environment in place.
  return resource(scope, BatchComputeEnvironment, id, {
    type: "MANAGED",
    computeResources: { ...resources, subnets: [...subnetIds] },
    tags: merge(inputs.standardTags, { Name: concat(inputs.resourcePrefix, label, inputs.resourceSuffix) }).map,
    lifecycle: {
      createBeforeDestroy: true,
      // AWS Batch changes it while jobs come and go.
      ignoreChanges: ["compute_resources[0].desired_vcpus"],
    },
    dependsOn,
  });
}

/** What instances have: their volume, their metadata service and their address. */
function launchTemplate(
  scope: Construct,
  { id, label }: EnvironmentNames,
  { inputs, securityGroupIds, withPublicIp }: ComputePlace,
  volumeSize: number,
): LaunchTemplate {
  const name = concat(inputs.resourcePrefix, label, inputs.resourceSuffix);
  const tags = merge(inputs.standardTags, { Name: name }).map;
  return resource(scope, LaunchTemplate, id, {
    namePrefix: concat(name, "-").string,
    description: "Instances of Metaflow's compute environment.",
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeSize, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    // Jobs have a role of their own from ECS: one hop keeps the instance's from them.
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: ifElse(withPublicIp, "true", "false").string,
        deleteOnTermination: "true",
        securityGroups: securityGroupIds,
      },
    ],
    tags,
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    updateDefaultVersion: true,
    lifecycle: { createBeforeDestroy: true },
  });
}
