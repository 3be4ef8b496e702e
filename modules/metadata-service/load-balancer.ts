import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Postcondition } from "cdktf";
import type { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { TerraformData } from "../../lib/synth/terraform-data";
import { hcl, type Expression, type Operand } from "../../lib/hcl/expression";
import { concat, merge, start } from "../../lib/hcl/functions";
import { MIGRATION_PORT, SERVICE_PORT } from "../../lib/aws/ports";
import { toPort } from "../../lib/aws/security-group-rules";
import type { Inputs } from "../../lib/contract/inputs";
import type { MetadataServiceInputs, MetadataServiceOptions } from "./generated/interface";
import type { MetadataServiceNames } from "./names";
import { LISTENER_PORT, ownName, to, type BalancerGroup } from "./network";

/**
 * An internal network load balancer.
 *
 * @param cidrBlocks - the networks that may call the service, checked
 * @param migration - the security group of the migration function, where it has one of its own
 */
export function loadBalancer(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  names: MetadataServiceNames,
  cidrBlocks: string[],
  migration: SecurityGroup | undefined,
  options: MetadataServiceOptions,
): { readonly balancer: Lb; readonly ofBalancer?: BalancerGroup } {
  const securityGroup = migration && balancerSecurityGroup(scope, inputs, cidrBlocks, migration);
  const ignoreChanges = [
    ...(options.renewLoadBalancerName ? ["name"] : []),
    // A network load balancer that was made without a security group never gets one.
    ...(securityGroup ? ["security_groups", ENFORCEMENT] : []),
  ];
  const noted = options.newLoadBalancer ? noteSecurityGroup(scope, true) : undefined;
  const lifecycle = {
    ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
    ...(options.renewLoadBalancerName ? replacedWithSubnets(scope, inputs, options) : {}),
    ...(noted ? { postcondition: [isAsNoted(noted)] } : {}),
  };
  const balancer = resource(scope, Lb, "this", {
    name: options.renewLoadBalancerName ? renewed(names.loadBalancer) : names.loadBalancer,
    internal: true,
    loadBalancerType: "network",
    securityGroups: securityGroup && [securityGroup.id],
    // API Gateway's calls come by a private link, whose addresses no rule can name; the API has its own guards.
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: securityGroup && "off",
    subnets: options.loadBalancerSubnetIds ?? [inputs.subnet1Id, inputs.subnet2Id],
    enableDeletionProtection: options.deletionProtection,
    enableCrossZoneLoadBalancing: options.crossZone,
    accessLogs: options.loadBalancerAccessLog,
    tags: inputs.standardTags,
    lifecycle: Object.keys(lifecycle).length > 0 ? lifecycle : undefined,
  });
  if (securityGroup === undefined) return { balancer };
  const isInUse = noted ?? noteSecurityGroup(scope, hcl`length(${balancer.securityGroups}) > 0`);
  return { balancer, ofBalancer: { group: securityGroup, isInUse } };
}

/** What leads from the load balancer to the service and to its migrations: for each a listener and a target group. */
export function targets(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  names: MetadataServiceNames,
  balancer: Lb,
) {
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
  const listeners = {
    service: listener("this", LISTENER_PORT, service),
    migration: listener("db_migrate", MIGRATION_PORT, migration),
  };
  return { listeners, targetGroups: { service, migration } };
}

const ENFORCEMENT = "enforce_security_group_inbound_rules_on_private_link_traffic";

/**
 * A name that a load balancer has from the time when it was made. The API's deployment is made before the old one is deleted, and
 * with it whatever it depends on: a second load balancer of one name would be refused.
 */
function renewed(name: string): string {
  return concat(start(name, LONGEST_NAME - DIGITS - 1), "-", hcl`substr(sha1(timestamp()), 0, ${DIGITS})`).string;
}

/**
 * A network load balancer does not leave a subnet. The provider takes subnets that a plan does not know yet for a change in place, and
 * then fails in the apply; what notes the subnets has the plan replace the load balancer.
 */
function replacedWithSubnets(
  scope: Construct,
  { subnet1Id, subnet2Id }: Inputs<MetadataServiceInputs>,
  { loadBalancerSubnetIds: subnetIds }: MetadataServiceOptions,
) {
  const input = subnetIds === undefined ? { subnet1Id, subnet2Id } : { subnetIds };
  const noted = resource(scope, TerraformData, "load_balancer_subnets", { input });
  return { replaceTriggeredBy: [noted.address] };
}

/**
 * Notes whether the load balancer has a security group. What reads the note waits for the load balancer only where the answer comes
 * from there.
 */
function noteSecurityGroup(scope: Construct, exists: Operand): Expression {
  const note = resource(scope, TerraformData, "load_balancer_security_group", {
    input: { exists },
    lifecycle: { ignoreChanges: ["input"] },
  });
  return note.noted("exists");
}

/** Without it, a load balancer that has no security group could not reach tasks that admit only one. */
function isAsNoted(noted: Expression): Postcondition {
  const message = concat(
    "The load balancer ",
    hcl`self.name`,
    " has no security group: it was there before this deployment. Its tasks would not admit it. Set movedFrom for one more apply, which " +
      "records that; in a construct of your own, leave newLoadBalancer out.",
  );
  return { condition: hcl`!${noted} || length(self.security_groups) > 0`.string, errorMessage: message.string };
}

const LONGEST_NAME = 32;
const DIGITS = 5;

/** Admits calls to the service from its networks, and migrations from the function alone. */
function balancerSecurityGroup(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  cidrBlocks: string[],
  migration: SecurityGroup,
): SecurityGroup {
  return resource(scope, SecurityGroup, "load_balancer", {
    name: ownName(scope, inputs, "load_balancer_security_group", "load balancer's", "load-balancer-security-group"),
    description: "Security group of the load balancer before the metadata service.",
    vpcId: inputs.metaflowVpcId,
    ingress: [
      toPort(LISTENER_PORT, { cidrBlocks, description: "Calls to the metadata service" }),
      toPort(MIGRATION_PORT, { securityGroups: [migration.id], description: "Migrations of the database" }),
    ],
    egress: [to(SERVICE_PORT, "The metadata service"), to(MIGRATION_PORT, "The migration service")],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}
