import { BatchComputeEnvironment } from "@cdktf/provider-aws/lib/batch-compute-environment";
import { BatchJobQueue } from "@cdktf/provider-aws/lib/batch-job-queue";
import { EcsTag } from "@cdktf/provider-aws/lib/ecs-tag";
import type { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import type { Inputs } from "../../lib/contract/inputs";
import { hcl, type Operand } from "../../lib/hcl/expression";
import { countIf, ifElse, notEqual } from "../../lib/hcl/functions";
import { instances, resource } from "../../lib/synth/addresses";
import { maxVcpus } from "./checks";
import type { ComputationInputs } from "./generated/interface";
import type { ComputationNames } from "./names";
import type { BatchRole } from "./roles";

/** What the environment is made of. */
export interface EnvironmentParts {
  readonly names: ComputationNames;
  readonly role: BatchRole;
  readonly profile: IamInstanceProfile;
  readonly template: LaunchTemplate;
  readonly securityGroup: SecurityGroup;
  /** Whether jobs run on Fargate. */
  readonly isFargate: Operand;
}

/**
 * The compute environment. AWS cannot change most of one: a new one is made, under a name that the provider makes up, before
 * the old one goes.
 */
export function computeEnvironment(
  scope: Construct,
  inputs: Inputs<ComputationInputs>,
  { names, role, profile, template, securityGroup, isFargate }: EnvironmentParts,
): BatchComputeEnvironment {
  const onEc2 = (value: Operand) => ifElse(isFargate, null, value);
  const environment = resource(scope, BatchComputeEnvironment, "this", {
    ...namePrefix(BatchComputeEnvironment, names.environmentPrefix),
    serviceRole: role.role.arn,
    type: "MANAGED",
    computeResources: {
      instanceRole: onEc2(profile.arn).string,
      instanceType: onEc2(inputs.computeEnvironmentInstanceTypes).list,
      maxVcpus: maxVcpus(scope, inputs, isFargate),
      minVcpus: onEc2(inputs.computeEnvironmentMinVcpus).number,
      desiredVcpus: onEc2(inputs.computeEnvironmentDesiredVcpus).number,
      allocationStrategy: onEc2("BEST_FIT").string,
      securityGroupIds: [securityGroup.id],
      subnets: [inputs.subnet1Id, inputs.subnet2Id],
      type: ifElse(isFargate, "FARGATE", "EC2").string,
      tags: onEc2(inputs.standardTags).map,
    },
    lifecycle: {
      createBeforeDestroy: true,
      // AWS Batch changes it while jobs come and go.
      ignoreChanges: ["compute_resources[0].desired_vcpus"],
    },
    // Batch needs its permissions until the environment is gone.
    dependsOn: [...role.policies],
  });
  environment.addOverride("compute_resources.dynamic.launch_template", {
    for_each: instances(template),
    content: { launch_template_id: hcl`launch_template.value.id`, version: hcl`launch_template.value.latest_version` },
  });
  return environment;
}

/** The queue that flows send their jobs to. */
export function jobQueue(
  scope: Construct,
  inputs: Inputs<ComputationInputs>,
  name: string,
  environment: BatchComputeEnvironment,
): BatchJobQueue {
  return resource(scope, BatchJobQueue, "this", {
    name,
    state: "ENABLED",
    priority: 1,
    ...environments(BatchComputeEnvironment, environment.arn),
    tags: inputs.standardTags,
  });
}

/** A class of the provider's bindings. */
interface Bindings {
  readonly prototype: object;
}

/** AWS provider 6 has other names for what names an environment, and another argument for the environments of a queue. */
const isOfProvider6 = ({ prototype }: Bindings) => "namePrefix" in prototype;

/** The argument that names an environment, by the bindings that are installed. */
export function namePrefix(bindings: Bindings, prefix: string): { readonly computeEnvironmentNamePrefix?: string } {
  return isOfProvider6(bindings) ? ({ namePrefix: prefix } as object) : { computeEnvironmentNamePrefix: prefix };
}

/** The argument that gives a queue its environment, by the bindings that are installed. */
export function environments(bindings: Bindings, arn: string) {
  return isOfProvider6(bindings)
    ? { computeEnvironmentOrder: [{ order: 1, computeEnvironment: arn }] }
    : { computeEnvironments: [arn] };
}

/** Gives the ECS cluster that AWS Batch makes a name that people read. */
export function clusterName(
  scope: Construct,
  { batchClusterName }: Inputs<ComputationInputs>,
  environment: BatchComputeEnvironment,
): void {
  resource(scope, EcsTag, "batch", {
    count: countIf(notEqual(batchClusterName, "")),
    resourceArn: environment.ecsClusterArn,
    key: "Name",
    value: batchClusterName,
  });
}
