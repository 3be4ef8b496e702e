import type { BatchComputeEnvironment } from "@cdktf/provider-aws/lib/batch-compute-environment";
import type { BatchJobQueue } from "@cdktf/provider-aws/lib/batch-job-queue";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { instanceTypes } from "../../lib/aws/batch";
import { securityGroupName } from "../../lib/aws/ec2";
import { ipv4Network } from "../../lib/aws/networks";
import { amongThemselves, rulesForNetworks } from "../../lib/aws/security-group-rules";
import type { Inputs } from "../../lib/contract/inputs";
import { listOf } from "../../lib/contract/rules";
import { atMost, coalesce, joinLists } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { affixedName, checkedList, checkedValue } from "../../lib/synth/checked";
import { type ComputePlace, fargateEnvironment, instanceEnvironment, jobQueue } from "./compute-environment";
import { checkEnvironments, DEFAULT_MAX_VCPUS, isOnFargate } from "./compute-checks";
import { FargateRole, InstanceRole } from "./compute-roles";
import type { ComputeEnvironment, MetaflowInputs } from "./generated/interface";
import type { Network } from "./network";
import type { Location } from "../../lib/aws/location";

/** The environments and queues beside the first, by their names. */
export type FurtherEnvironments = Readonly<Record<string, ComputeEnvironment>>;

/** Where jobs are, as far as an organization says. */
export interface GivenPlace {
  /** The subnets of jobs. @default - the two of the network */
  readonly subnetIds?: readonly string[];
  /** The security groups of jobs beside the deployment's own. */
  readonly securityGroupIds?: readonly string[];
}

const FIRST = { id: "this", label: "batch" };

/** The resources by which AWS Batch runs the steps of flows. */
export interface ComputeResources {
  /** The queue of flows that name no other (METAFLOW_BATCH_JOB_QUEUE). */
  readonly queue: BatchJobQueue;
  /** Its compute environment. */
  readonly environment: BatchComputeEnvironment;
  /** The further queues, by the names of `computeEnvironments`. */
  readonly furtherQueues: Readonly<Record<string, BatchJobQueue>>;
  /** The security group of instances and of jobs on Fargate. */
  readonly securityGroup: SecurityGroup;
  /** The role of the instances. */
  readonly instanceRole: IamRole;
  /** The role by which ECS starts jobs on Fargate (METAFLOW_ECS_FARGATE_EXECUTION_ROLE), where an environment is on Fargate. */
  readonly fargateRole?: IamRole;
}

/** What runs the steps of flows: AWS Batch's job queues with their compute environments, in the deployment's network. */
export class Compute extends Construct implements ComputeResources {
  public readonly queue: BatchJobQueue;
  public readonly environment: BatchComputeEnvironment;
  public readonly furtherQueues: Readonly<Record<string, BatchJobQueue>>;
  public readonly securityGroup: SecurityGroup;
  public readonly instanceRole: IamRole;
  public readonly fargateRole?: IamRole;

  public constructor(
    scope: Construct,
    id: string,
    inputs: Inputs<MetaflowInputs>,
    further: FurtherEnvironments,
    network: Network,
    location: Location,
    given: GivenPlace,
  ) {
    super(scope, id);
    checkEnvironments(this, further);
    this.securityGroup = securityGroup(this, inputs, network);
    const instances = new InstanceRole(this, "instance_role", inputs, location);
    this.instanceRole = instances.role;
    const place: ComputePlace = {
      inputs,
      subnetIds: given.subnetIds ?? [network.subnet1Id, network.subnet2Id],
      securityGroupIds: joinLists([this.securityGroup.id], given.securityGroupIds ?? []).list,
      instanceProfile: instances.profile,
      withPublicIp: coalesce(inputs.withPublicIp, network.isOwn),
      dependsOn: [instances.grant, network.internet],
    };
    const types = checkedList(
      this,
      "compute_environment_instance_types",
      inputs.computeEnvironmentInstanceTypes,
      instanceTypes,
    );
    this.environment = instanceEnvironment(this, FIRST, place, {
      type: inputs.computeEnvironmentType,
      instanceTypes: types,
      minVcpus: inputs.computeEnvironmentMinVcpus,
      maxVcpus: maxVcpus(this, inputs),
      volumeGibibytes: inputs.computeEnvironmentVolumeSize,
    });
    this.queue = jobQueue(this, FIRST, place, [this.environment]);
    if (Object.values(further).some(isOnFargate)) {
      this.fargateRole = new FargateRole(this, "fargate_role", inputs, location).role;
    }
    this.furtherQueues = Object.fromEntries(
      Object.entries(further).map(([name, environment]) => [
        name,
        furtherQueue(this, name, { instanceTypes: types, ...environment }, place),
      ]),
    );
  }

  /** The ARNs of all queues. */
  public get queueArns(): string[] {
    return [this.queue, ...Object.values(this.furtherQueues)].map(({ arn }) => arn);
  }
}

/** A queue with an environment of its own, and a second one on demand where the first one is spot. */
function furtherQueue(scope: Construct, name: string, wanted: ComputeEnvironment, place: ComputePlace): BatchJobQueue {
  const { type, maxVcpus = DEFAULT_MAX_VCPUS } = wanted;
  const names = { id: `queue_${name}`, label: `batch-${name}` };
  const second = { id: `${names.id}_fallback`, label: `${names.label}-fallback` };
  const queue = (...environments: BatchComputeEnvironment[]) => jobQueue(scope, names, place, environments);
  if (type === "FARGATE" || type === "FARGATE_SPOT") {
    const fallback = type === "FARGATE_SPOT" && wanted.fallback !== false;
    return queue(
      fargateEnvironment(scope, names, place, type, maxVcpus),
      ...(fallback ? [fargateEnvironment(scope, second, place, "FARGATE", maxVcpus)] : []),
    );
  }
  const settings = {
    instanceTypes: wanted.instanceTypes ?? [],
    minVcpus: wanted.minVcpus ?? 0,
    maxVcpus,
    volumeGibibytes: wanted.volumeSize ?? place.inputs.computeEnvironmentVolumeSize,
  };
  const first = instanceEnvironment(scope, names, place, { ...settings, type });
  if (type !== "SPOT" || wanted.fallback === false) return queue(first);
  return queue(first, instanceEnvironment(scope, second, place, { ...settings, type: "EC2", minVcpus: 0 }));
}

/** The most vCPUs of the first environment, which cannot be fewer than it keeps. */
function maxVcpus(scope: Construct, inputs: Inputs<MetaflowInputs>): number {
  const { computeEnvironmentMinVcpus: least, computeEnvironmentMaxVcpus: most } = inputs;
  return checkedValue(scope, "compute_environment_max_vcpus", most, {
    condition: atMost(least, most),
    message: [
      "compute_environment_min_vcpus, ",
      least,
      ", must not be greater than compute_environment_max_vcpus, ",
      most,
      ".",
    ],
  });
}

/** Lets jobs reach what they may, and each other. */
function securityGroup(scope: Construct, inputs: Inputs<MetaflowInputs>, network: Network): SecurityGroup {
  const { computeEnvironmentEgressCidrBlocks: reached } = inputs;
  const egress = checkedList(scope, "compute_environment_egress_cidr_blocks", reached, listOf(ipv4Network));
  return resource(scope, SecurityGroup, "this", {
    name: affixedName(scope, "security_group_name", inputs, {
      middle: "batch-security-group",
      what: "jobs' security group",
      rule: securityGroupName,
    }),
    description: "Security group of the jobs of flows.",
    vpcId: network.vpcId,
    ingress: [amongThemselves("Jobs that run on several nodes")],
    egress: rulesForNetworks(egress, { description: "What flows use" }),
    tags: inputs.standardTags,
  });
}
