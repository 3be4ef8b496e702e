import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { local, resource } from "../../lib/synth/addresses";
import { hcl } from "../../lib/hcl/expression";
import { concat, equal, ifElse, jsonencode, merge, replace } from "../../lib/hcl/functions";
import { checkedLocal } from "../../lib/synth/checked";
import type { Inputs } from "../../lib/contract/inputs";
import { FARGATE_SIZES, isFargateSize } from "../../lib/aws/ecs";
import type { MetadataServiceInputs } from "./generated/interface";
import { distinctSecrets, variables } from "./container-variables";
import type { MetadataServiceNames } from "./names";
import { MIGRATION_PORT, SERVICE_PORT } from "./network";
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
  const cluster = resource(scope, EcsCluster, "this", {
    name: names.cluster,
    tags: merge(inputs.standardTags, { Name: names.cluster, Metaflow: "true" }).map,
  });
  cluster.addOverride("dynamic.setting", {
    for_each: inputs.ecsClusterSettings,
    content: { name: hcl`setting.key`, value: hcl`setting.value` },
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
    desiredCount: 1,
    launchType: "FARGATE",
    networkConfiguration: {
      securityGroups: [parts.securityGroup.id],
      assignPublicIp: inputs.withPublicIp,
      subnets: [inputs.subnet1Id, inputs.subnet2Id],
    },
    loadBalancer: [
      target(parts.targetGroups.service, SERVICE_PORT),
      target(parts.targetGroups.migration, MIGRATION_PORT),
    ],
    lifecycle: {
      ignoreChanges: ["desired_count"],
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
  const log = resource(scope, CloudwatchLogGroup, "this", {
    name: names.logGroup,
    retentionInDays: options.logs?.retentionDays,
    kmsKeyId: options.logs?.kmsKeyArn,
    tags: inputs.standardTags,
  });

  const { databaseSslMode: sslMode, databasePasswordSecret: secret, serviceEnvironment } = options;
  const serviceSecrets = distinctSecrets(scope, options);
  const environment: Record<string, string> = {
    MF_METADATA_DB_HOST: replace(inputs.rdsMasterInstanceEndpoint, ":5432", "").string,
    MF_METADATA_DB_NAME: inputs.databaseName,
    MF_METADATA_DB_PORT: "5432",
    ...(secret === undefined ? { MF_METADATA_DB_PSWD: inputs.databasePassword } : {}),
    ...(sslMode === undefined ? {} : { MF_METADATA_DB_SSL_MODE: sslMode }),
    MF_METADATA_DB_USER: inputs.databaseUsername,
  };
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
