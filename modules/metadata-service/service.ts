import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { local, resource } from "../../lib/synth/addresses";
import { hcl } from "../../lib/hcl/expression";
import { concat, equal, ifElse, jsonencode, merge } from "../../lib/hcl/functions";
import { checkedLocal } from "../../lib/synth/checked";
import type { Inputs } from "../../lib/contract/inputs";
import { FARGATE_SIZES, isFargateSize } from "../../lib/aws/ecs";
import { ecsCluster } from "../../lib/aws/ecs-cluster";
import { logGroup } from "../../lib/aws/log-group";
import { MIGRATION_PORT, SERVICE_PORT } from "../../lib/aws/ports";
import type { MetadataServiceInputs } from "./generated/interface";
import { databaseVariables, distinctSecrets, variables } from "./container-variables";
import type { MetadataServiceNames } from "./names";
import type { MetadataServiceOptions } from "./generated/interface";

/** What the service needs of the module's other parts. */
export interface ServiceParts {
  readonly names: MetadataServiceNames;
  readonly taskRole: IamRole;
  readonly securityGroup: SecurityGroup;
  /** What a target group needs before a service can use it. */
  readonly listeners: readonly LbListener[];
  readonly targetGroups: { readonly service: LbTargetGroup; readonly migration: LbTargetGroup };
  /** The image where the caller names none. */
  readonly defaultImage: string;
  /** The region that the log is in. */
  readonly region: string;
  readonly options: MetadataServiceOptions;
}

/** The metadata service on Fargate: its cluster, task and log. */
export function fargateService(scope: Construct, inputs: Inputs<MetadataServiceInputs>, parts: ServiceParts) {
  const { names, options } = parts;
  const cluster = ecsCluster(scope, "this", {
    name: names.cluster,
    tags: inputs.standardTags,
    settings: inputs.ecsClusterSettings,
  });

  const target = (group: LbTargetGroup, containerPort: number) => ({
    targetGroupArn: group.arn,
    containerName: names.task,
    containerPort,
  });
  const image = local(
    scope,
    "metadata_service_container_image",
    ifElse(equal(inputs.metadataServiceContainerImage, ""), parts.defaultImage, inputs.metadataServiceContainerImage),
  ).asString;
  const { definition, log } = taskDefinition(scope, inputs, parts, image);
  const service = resource(scope, EcsService, "this", {
    name: names.service,
    cluster: cluster.id,
    taskDefinition: definition.arn,
    desiredCount: options.taskScaling?.min ?? options.desiredTasks ?? 1,
    launchType: "FARGATE",
    networkConfiguration: {
      securityGroups: [parts.securityGroup.id],
      assignPublicIp: inputs.withPublicIp,
      subnets: options.taskSubnetIds ?? [inputs.subnet1Id, inputs.subnet2Id],
    },
    loadBalancer: [
      target(parts.targetGroups.service, SERVICE_PORT),
      target(parts.targetGroups.migration, MIGRATION_PORT),
    ],
    lifecycle: {
      ignoreChanges: options.desiredTasks === undefined ? ["desired_count"] : undefined,
      postcondition: options.waitForSteadyState ? [isDeployed(definition)] : undefined,
    },
    waitForSteadyState: options.waitForSteadyState,
    deploymentCircuitBreaker: options.waitForSteadyState ? { enable: true, rollback: true } : undefined,
    dependsOn: [...parts.listeners, ...(options.serviceDependsOn ?? [])],
    tags: inputs.standardTags,
  });
  return { cluster, definition, log, service, image };
}

/** The provider takes a deployment that ECS has rolled back for one that succeeded. */
export function isDeployed(definition: EcsTaskDefinition) {
  return {
    condition: hcl`self.task_definition == ${definition.arn}`.string,
    errorMessage:
      "The service's new task did not start, and ECS went back to the old one: the service's events and its log say why. The next apply tries again.",
  };
}

function taskDefinition(scope: Construct, inputs: Inputs<MetadataServiceInputs>, parts: ServiceParts, image: string) {
  const { names, options } = parts;
  const cpu = inputs.metadataServiceCpu;
  const memory = checkedLocal(scope, "metadata_service_memory", inputs.metadataServiceMemory, (mebibytes) => ({
    isNumber: true,
    condition: isFargateSize(cpu, mebibytes),
    message: [
      "Fargate has no tasks of metadata_service_cpu = ",
      cpu,
      " with metadata_service_memory = ",
      mebibytes,
      `. It has ${FARGATE_SIZES}.`,
    ],
  }));
  const log = logGroup(scope, "this", { name: names.logGroup, tags: inputs.standardTags }, options.logs);

  const { databasePasswordSecret: secret, serviceEnvironment } = options;
  const serviceSecrets = distinctSecrets(scope, options);
  const environment = databaseVariables(inputs, options);
  const container = {
    name: names.task,
    image,
    essential: true,
    cpu,
    memory,
    portMappings: [SERVICE_PORT, MIGRATION_PORT].map((port) => ({ containerPort: port, hostPort: port })),
    environment: variables(environment, "value", serviceEnvironment),
    ...(secret === undefined && serviceSecrets === undefined
      ? {}
      : {
          secrets: variables(secret === undefined ? {} : { MF_METADATA_DB_PSWD: secret }, "valueFrom", serviceSecrets),
        }),
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": log.name,
        "awslogs-region": options.regionOfLogGroup ? hcl`element(split(":", ${log.arn}), 3)` : parts.region,
        "awslogs-stream-prefix": "metadata",
      },
    },
  };

  const definition = resource(scope, EcsTaskDefinition, "this", {
    family: names.task,
    containerDefinitions: jsonencode([container]),
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    taskRoleArn: parts.taskRole.arn,
    executionRoleArn: inputs.fargateExecutionRoleArn,
    cpu: concat(cpu).string,
    memory,
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
    skipDestroy: options.keepTaskDefinitions,
  });
  return { definition, log };
}
