import { DataAwsRouteTables } from "@cdktf/provider-aws/lib/data-aws-route-tables";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { instanceAttribute, resource } from "../../lib/synth/addresses";
import { affixedName } from "../../lib/synth/checked";
import { all, any, concat, countIf, distinct, joinLists, merge, not } from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { securityGroupName } from "../../lib/aws/ec2";
import type { Location } from "../../lib/aws/location";
import { HTTPS_PORT } from "../../lib/aws/ports";
import { toPort } from "../../lib/aws/security-group-rules";
import { domainOfChina } from "../../lib/aws/vpc-endpoints";
import type { MetaflowInputs, NotebookSettings } from "./generated/interface";
import type { Network } from "./network";

/** Who calls AWS through the endpoints. */
export interface EndpointCaller {
  readonly description: string;
  readonly securityGroupId: string;
}

/**
 * Ways from the network to the services of AWS that a task needs to start, for subnets from which nothing else leads out: its image's
 * registry, whose layers are in S3, its log and its secrets; with compute, what Batch's instances and their jobs call beside; with a
 * notebook, what it reads and is stopped by.
 *
 * Source: "Amazon ECS interface VPC endpoints", "Amazon ECR interface VPC endpoints" and "Access AWS Batch using an interface endpoint" in
 * the guides of the three.
 */
export class Endpoints extends Construct {
  public readonly all: readonly VpcEndpoint[];

  public constructor(
    scope: Construct,
    id: string,
    inputs: Inputs<MetaflowInputs>,
    network: Network,
    { partition, region }: Location,
    callers: readonly EndpointCaller[],
    withCompute: boolean,
    notebook?: Pick<NotebookSettings, "directInternetAccess">,
  ) {
    super(scope, id);
    const { resourcePrefix: prefix, resourceSuffix: suffix, standardTags } = inputs;
    const count = countIf(inputs.vpcEndpoints);
    // A private notebook has no other way out of the deployment's own network, whose subnets have no NAT gateway.
    const ofNotebook =
      notebook && countIf(any(inputs.vpcEndpoints, all(network.isOwn, not(notebook.directInternetAccess ?? false))));
    const { vpcId, subnet1Id, subnet2Id } = network;
    const name = affixedName(this, "name", inputs, {
      middle: "endpoints-security-group",
      what: "VPC endpoints' security group",
      rule: securityGroupName,
    });
    const group = resource(this, SecurityGroup, "this", {
      count: ofNotebook ?? count,
      name,
      description: "Security group of the VPC endpoints that the metadata service starts by.",
      vpcId,
      ingress: callers.map(({ description, securityGroupId }) =>
        toPort(HTTPS_PORT, { securityGroups: [securityGroupId], description }),
      ),
      egress: [],
      tags: standardTags,
    });
    const tables = resource(this, DataAwsRouteTables, "this", { count: ofNotebook ?? count, vpcId });
    const endpoint = (id: string, service: string, how: object) =>
      resource(this, VpcEndpoint, id, {
        count,
        vpcId,
        serviceName: concat(
          service.startsWith("ecr.") ? domainOfChina(partition) : "com.amazonaws.",
          region,
          ".",
          service,
        ).string,
        ...how,
        tags: merge(standardTags, { Name: concat(prefix, service, suffix) }).map,
        // A region that is not known yet would replace it.
        lifecycle: { ignoreChanges: ["service_name"] },
      });
    const inSubnets = {
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [subnet1Id, subnet2Id],
      securityGroupIds: [instanceAttribute(group, 0, "id").string],
    };
    // The network's own table is not among those that are found, where Terraform looks before it makes it.
    const routeTableIds = distinct(joinLists(instanceAttribute(tables, 0, "ids"), network.routeTableIds)).list;
    const inRoutes = { vpcEndpointType: "Gateway", routeTableIds };
    this.all = [
      endpoint("ecr_api", "ecr.api", inSubnets),
      endpoint("ecr_dkr", "ecr.dkr", inSubnets),
      endpoint("logs", "logs", inSubnets),
      endpoint("secretsmanager", "secretsmanager", inSubnets),
      endpoint("s3", "s3", { ...inRoutes, ...(ofNotebook === undefined ? {} : { count: ofNotebook }) }),
      ...(ofNotebook === undefined
        ? []
        : [endpoint("sagemaker_api", "sagemaker.api", { ...inSubnets, count: ofNotebook })]),
      ...(withCompute
        ? [
            endpoint("batch", "batch", inSubnets),
            endpoint("ecs", "ecs", inSubnets),
            endpoint("ecs_agent", "ecs-agent", inSubnets),
            endpoint("ecs_telemetry", "ecs-telemetry", inSubnets),
            endpoint("dynamodb", "dynamodb", inRoutes),
          ]
        : []),
    ];
  }
}
