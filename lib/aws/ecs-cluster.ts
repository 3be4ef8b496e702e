import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { Construct } from "constructs";
import { merge } from "../hcl/functions";
import { resource } from "../synth/addresses";
import { setBlocks } from "../synth/blocks";

/** A cluster, what it is tagged with beside its name, and its settings by their names. */
export interface ClusterSettings {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
}

/** The ECS cluster of a module's services. */
export function ecsCluster(scope: Construct, id: string, { name, tags, settings }: ClusterSettings): EcsCluster {
  const cluster = resource(scope, EcsCluster, id, { name, tags: merge(tags, { Name: name, Metaflow: "true" }).map });
  setBlocks(cluster, "setting", { forEach: settings, content: ({ key, value }) => ({ name: key, value }) });
  return cluster;
}
