import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import type { Inputs } from "../../lib/contract/inputs";
import { atMost, concat } from "../../lib/hcl/functions";
import { resource } from "../../lib/synth/addresses";
import { checkedValue } from "../../lib/synth/checked";
import type { MetadataServiceInputs, TaskScaling } from "./generated/interface";

/** Has Application Auto Scaling keep the use of the tasks' CPU at a value by their number. */
export function scaleTasks(
  scope: Construct,
  { resourcePrefix: prefix, resourceSuffix: suffix, standardTags: tags }: Inputs<MetadataServiceInputs>,
  { cluster, service }: { readonly cluster: EcsCluster; readonly service: EcsService },
  { min, max, cpuPercent = DEFAULT_PERCENT }: TaskScaling,
): AppautoscalingTarget {
  const target = resource(scope, AppautoscalingTarget, "tasks", {
    serviceNamespace: "ecs",
    scalableDimension: "ecs:service:DesiredCount",
    resourceId: concat("service/", cluster.name, "/", service.name).string,
    minCapacity: min,
    maxCapacity: checkedValue(scope, "task_scaling_max", max, {
      condition: atMost(min, max),
      message: ["taskScaling.min, ", min, ", must not be greater than max, ", max, "."],
    }),
    tags,
  });
  resource(scope, AppautoscalingPolicy, "tasks", {
    name: concat(prefix, "metadata-service-cpu", suffix).string,
    policyType: "TargetTrackingScaling",
    serviceNamespace: target.serviceNamespace,
    scalableDimension: target.scalableDimension,
    resourceId: target.resourceId,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
      targetValue: cpuPercent,
    },
  });
  return target;
}

const DEFAULT_PERCENT = 60;
