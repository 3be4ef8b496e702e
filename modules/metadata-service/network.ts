import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup, type SecurityGroupEgress } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { checkedList } from "../../lib/synth/checked";
import { merge } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { distinct, listOf } from "../../lib/contract/rules";
import { ipv4Network } from "../../lib/aws/networks";
import type { MetadataServiceInputs } from "./generated/interface";
import type { MetadataServiceNames } from "./names";
import type { MetadataServiceOptions } from "./generated/interface";

/** The port of the metadata service's container. */
export const SERVICE_PORT = 8080;
/** The port of the migration service, in the same container. */
export const MIGRATION_PORT = 8082;
const LISTENER_PORT = 80;
const HTTPS_PORT = 443;
const POSTGRESQL_PORT = 5432;
const EVERYWHERE = ["0.0.0.0/0"];

/** Admits callers from the VPC, and lets the service call out. */
export function serviceSecurityGroup(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  names: MetadataServiceNames,
  { restrictEgress }: MetadataServiceOptions,
): SecurityGroup {
  const cidrBlocks = checkedList(scope, "vpc_cidr_blocks", inputs.vpcCidrBlocks, distinct(listOf(ipv4Network)));
  const fromVpc = (port: number) => ({
    fromPort: port,
    toPort: port,
    protocol: "tcp",
    cidrBlocks,
    description: "Allow API calls internally",
  });
  return resource(scope, SecurityGroup, "metadata_service_security_group", {
    name: names.securityGroup,
    description: "Security Group for Fargate which runs the Metadata Service.",
    vpcId: inputs.metaflowVpcId,
    ingress: [
      fromVpc(SERVICE_PORT),
      fromVpc(MIGRATION_PORT),
      { fromPort: 0, toPort: 0, protocol: "-1", selfAttribute: true, description: "Internal communication" },
    ],
    egress: restrictEgress
      ? [
          to(HTTPS_PORT, "HTTPS: AWS and the registry of the image"),
          to(POSTGRESQL_PORT, "The database"),
          to(MIGRATION_PORT, "The migration service"),
        ]
      : [
          {
            fromPort: 0,
            toPort: 0,
            protocol: "-1",
            cidrBlocks: EVERYWHERE,
            description: "Allow all external communication",
          },
        ],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}

/** Lets connections to a port out. */
function to(port: number, description: string): SecurityGroupEgress {
  return { fromPort: port, toPort: port, protocol: "tcp", cidrBlocks: EVERYWHERE, description };
}

/** An internal network load balancer, with a listener and a target group for the service and for its migrations. */
export function loadBalancer(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  names: MetadataServiceNames,
  options: MetadataServiceOptions,
) {
  const balancer = resource(scope, Lb, "this", {
    name: names.loadBalancer,
    internal: true,
    loadBalancerType: "network",
    subnets: [inputs.subnet1Id, inputs.subnet2Id],
    enableDeletionProtection: options.deletionProtection,
    enableCrossZoneLoadBalancing: options.crossZone,
    accessLogs: options.loadBalancerAccessLog,
    tags: inputs.standardTags,
  });

  const targetGroup = (id: string, name: string, port: number, healthCheckPort?: number) =>
    resource(scope, LbTargetGroup, id, {
      name,
      port,
      protocol: "TCP",
      targetType: "ip",
      vpcId: inputs.metaflowVpcId,
      healthCheck: {
        protocol: "TCP",
        port: healthCheckPort?.toString(),
        interval: 10,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
      tags: inputs.standardTags,
    });
  const service = targetGroup("this", names.targetGroup, SERVICE_PORT);
  const migration = targetGroup("db_migrate", names.databaseTargetGroup, MIGRATION_PORT, SERVICE_PORT);

  const listener = (id: string, port: number, target: LbTargetGroup) =>
    resource(scope, LbListener, id, {
      loadBalancerArn: balancer.arn,
      port,
      protocol: "TCP",
      defaultAction: [{ type: "forward", targetGroupArn: target.id }],
    });
  const listeners = [listener("this", LISTENER_PORT, service), listener("db_migrate", MIGRATION_PORT, migration)];

  return { balancer, listeners, targetGroups: { service, migration } };
}
