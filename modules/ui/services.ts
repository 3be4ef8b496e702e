import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { ecsCluster } from "../../lib/aws/ecs-cluster";
import { logGroup } from "../../lib/aws/log-group";
import type { Inputs } from "../../lib/contract/inputs";
import { hcl, type Operand } from "../../lib/hcl/expression";
import { concat, jsonencode, mappedEntries, merge } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { variables } from "../metadata-service/container-variables";
import { isDeployed } from "../metadata-service/service";
import type { UiInputs, UiOptions } from "./generated/interface";
import type { UiNames } from "./names";

/** What both services share. */
export interface ServiceParts {
  readonly cluster: EcsCluster;
  readonly log: CloudwatchLogGroup;
  readonly region: string;
  readonly taskRole: IamRole;
  /** What a target group needs before a service can use it. */
  readonly listeners: readonly ITerraformDependable[];
  readonly options: UiOptions;
}

/** One of the two services: its container, and where requests come from. */
export interface ServiceOptions {
  readonly name: string;
  readonly image: string;
  readonly cpu: number;
  /** In MiB. */
  readonly memory: number;
  readonly port: number;
  readonly environment: Operand;
  /** Environment variables whose values are secrets. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Whether its task calls AWS. */
  readonly hasRole: boolean;
  readonly command?: readonly string[];
  /** In GiB. */
  readonly ephemeralStorage?: number;
  readonly securityGroupIds: string[];
  readonly targetGroup: LbTargetGroup;
}

/** The cluster of both services. */
export function uiCluster(scope: Construct, inputs: Inputs<UiInputs>, names: UiNames): EcsCluster {
  return ecsCluster(scope, "this", {
    name: names.cluster,
    tags: inputs.standardTags,
    settings: inputs.ecsClusterSettings,
  });
}

/** The log of both services. */
export function uiLog(
  scope: Construct,
  inputs: Inputs<UiInputs>,
  names: UiNames,
  { logs }: UiOptions,
): CloudwatchLogGroup {
  return logGroup(scope, "this", { name: names.logGroup, tags: inputs.standardTags }, logs);
}

/** A service on Fargate with its task definition, `ui_backend` or `ui_static`. */
export function uiService(
  scope: Construct,
  id: "ui_backend" | "ui_static",
  inputs: Inputs<UiInputs>,
  parts: ServiceParts,
  options: ServiceOptions,
): EcsService {
  const { name, port } = options;
  const {
    keepTaskDefinitions,
    serviceDependsOn,
    taskSubnetIds,
    waitForSteadyState,
    withPublicIp = true,
  } = parts.options;
  const container: Operand = {
    name,
    image: options.image,
    essential: true,
    cpu: options.cpu,
    memory: options.memory,
    portMappings: [{ containerPort: port, hostPort: port }],
    environment: mappedEntries(options.environment, (name, value) => ({ name, value })),
    ...(options.secrets === undefined ? {} : { secrets: variables(options.secrets, "valueFrom", undefined) }),
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": parts.log.name,
        "awslogs-region": parts.options.regionOfLogGroup ? hcl`element(split(":", ${parts.log.arn}), 3)` : parts.region,
        "awslogs-stream-prefix": id,
      },
    },
    ...(options.command === undefined ? {} : { command: options.command }),
  };
  const definition = resource(scope, EcsTaskDefinition, id, {
    family: name,
    containerDefinitions: jsonencode([container]),
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    taskRoleArn: options.hasRole ? parts.taskRole.arn : undefined,
    executionRoleArn: inputs.fargateExecutionRoleArn,
    cpu: concat(options.cpu).string,
    memory: concat(options.memory).string,
    ephemeralStorage: options.ephemeralStorage === undefined ? undefined : { sizeInGib: options.ephemeralStorage },
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
    skipDestroy: keepTaskDefinitions,
  });
  return resource(scope, EcsService, id, {
    name,
    cluster: parts.cluster.id,
    taskDefinition: definition.arn,
    desiredCount: 1,
    launchType: "FARGATE",
    networkConfiguration: {
      securityGroups: options.securityGroupIds,
      assignPublicIp: withPublicIp,
      subnets: taskSubnetIds ?? [inputs.subnet1Id, inputs.subnet2Id],
    },
    loadBalancer: [{ targetGroupArn: options.targetGroup.arn, containerName: name, containerPort: port }],
    lifecycle: {
      ignoreChanges: ["desired_count"],
      postcondition: waitForSteadyState ? [isDeployed(definition)] : undefined,
    },
    waitForSteadyState,
    deploymentCircuitBreaker: waitForSteadyState ? { enable: true, rollback: true } : undefined,
    dependsOn: serviceDependsOn && [...parts.listeners, ...serviceDependsOn],
    tags: inputs.standardTags,
  });
}
