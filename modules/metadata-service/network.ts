import { SecurityGroup, type SecurityGroupEgress } from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { resource } from "../../lib/synth/addresses";
import { affixedName, checkedList } from "../../lib/synth/checked";
import { ifElse, merge } from "../../lib/hcl/functions";
import type { Operand } from "../../lib/hcl/expression";
import type { Inputs } from "../../lib/contract/inputs";
import { distinct, listOf } from "../../lib/contract/rules";
import { securityGroupName } from "../../lib/aws/ec2";
import { ipv4Network } from "../../lib/aws/networks";
import { HTTP_PORT, HTTPS_PORT, MIGRATION_PORT, POSTGRESQL_PORT, SERVICE_PORT } from "../../lib/aws/ports";
import { allTraffic, amongThemselves, EVERYWHERE, toPort } from "../../lib/aws/security-group-rules";
import type { MetadataServiceInputs } from "./generated/interface";
import type { MetadataServiceNames } from "./names";
import type { MetadataServiceOptions } from "./generated/interface";

/** The port at which the load balancer hands calls on to the service. */
export const LISTENER_PORT = HTTP_PORT;

/** The security group by which the load balancer's targets can tell it. */
export interface BalancerGroup {
  readonly group: SecurityGroup;
  /** Whether the load balancer has it, which one that was there before has not. */
  readonly isInUse: Operand;
}

/**
 * Admits callers: the load balancer, where it has a security group to be told by, or else the VPC's networks. Lets the service
 * call out.
 *
 * @param cidrBlocks - the VPC's networks, checked
 */
export function serviceSecurityGroup(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  names: MetadataServiceNames,
  cidrBlocks: string[],
  ofBalancer: BalancerGroup | undefined,
  { databasePort = POSTGRESQL_PORT, restrictEgress }: MetadataServiceOptions,
): SecurityGroup {
  const callers =
    ofBalancer === undefined
      ? { cidrBlocks }
      : {
          cidrBlocks: ifElse(ofBalancer.isInUse, [], cidrBlocks).list,
          securityGroups: ifElse(ofBalancer.isInUse, [ofBalancer.group.id], []).list,
        };
  const fromVpc = (port: number) => toPort(port, { ...callers, description: "Allow API calls internally" });
  return resource(scope, SecurityGroup, "metadata_service_security_group", {
    name: names.securityGroup,
    description: "Security Group for Fargate which runs the Metadata Service.",
    vpcId: inputs.metaflowVpcId,
    ingress: [fromVpc(SERVICE_PORT), fromVpc(MIGRATION_PORT), amongThemselves("Internal communication")],
    egress: restrictEgress
      ? [
          to(HTTPS_PORT, "HTTPS: AWS and the registry of the image"),
          to(databasePort, "The database"),
          to(MIGRATION_PORT, "The migration service"),
        ]
      : [allTraffic({ cidrBlocks: EVERYWHERE, description: "Allow all external communication" })],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}

/** The networks that may call the service, with their check. */
export function callersNetworks(
  scope: Construct,
  inputs: Pick<Inputs<MetadataServiceInputs>, "vpcCidrBlocks">,
): string[] {
  return checkedList(scope, "vpc_cidr_blocks", inputs.vpcCidrBlocks, distinct(listOf(ipv4Network)));
}

/** The migration function's own security group: it reaches the migration service, by way of the load balancer, and nothing else. */
export function functionSecurityGroup(scope: Construct, inputs: Inputs<MetadataServiceInputs>): SecurityGroup {
  return resource(scope, SecurityGroup, "db_migrate", {
    name: ownName(scope, inputs, "db_migrate_security_group", "migration function's", "db-migrate-security-group"),
    description: "Security group of the Lambda function that migrates the database of the metadata service.",
    vpcId: inputs.metaflowVpcId,
    ingress: [],
    egress: [to(MIGRATION_PORT, "The migration service")],
    tags: merge(inputs.standardTags, { Metaflow: "true" }).map,
  });
}

/** A name that only a deployment with the option has. */
export function ownName(
  scope: Construct,
  inputs: Inputs<MetadataServiceInputs>,
  id: string,
  what: string,
  name: string,
): string {
  return affixedName(scope, `${id}_name`, inputs, {
    middle: name,
    what: `${what} security group`,
    rule: securityGroupName,
  });
}

/** Lets connections to a port out. */
export function to(port: number, description: string): SecurityGroupEgress {
  return toPort(port, { cidrBlocks: EVERYWHERE, description });
}
