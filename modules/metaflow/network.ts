import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { instanceAttribute, local, resource } from "../../lib/synth/addresses";
import { checkedLocal } from "../../lib/synth/checked";
import { type Expression, type Operand } from "../../lib/hcl/expression";
import {
  all,
  any,
  coalesce,
  concat,
  countIf,
  distinct,
  joinLists,
  notEqual,
  equal,
  ifElse,
  merge,
  not,
  notEmpty,
} from "../../lib/hcl/functions";
import type { Inputs } from "../../lib/contract/inputs";
import { doOverlap, isWithin } from "../../lib/aws/networks";
import { callersNetworks } from "../metadata-service/network";
import type { MetaflowInputs } from "./generated/interface";

/**
 * Where the deployment runs: a network of its own (a VPC with a subnet in each of two availability zones and a way to
 * the internet), or the one that its inputs name.
 */
export class Network extends Construct {
  public readonly vpcId: string;
  /** The deployment's own VPC, which has a count. */
  public readonly vpc: Vpc;
  /** The deployment's own subnets, which have a count. */
  public readonly subnets: readonly [Subnet, Subnet];
  /** The id of the deployment's own VPC, where there is one. */
  public readonly ownVpcId: string;
  public readonly subnet1Id: string;
  public readonly subnet2Id: string;
  /** The networks that may call the metadata service. */
  public readonly cidrBlocks: string[];
  /** The route to the internet of the deployment's own network. What needs it is destroyed before it. */
  public readonly internet: Route;
  /** The ids of the deployment's own route tables; empty where the network is not its own. */
  public readonly routeTableIds: Expression;
  /** Whether the network is the deployment's own. */
  public readonly isOwn: IResolvable;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>) {
    super(scope, id);
    const own = coalesce(inputs.createNetwork, equal(inputs.vpcId, ""));
    this.isOwn = local(this, "is_own", own).asBoolean;

    this.vpc = this.ownVpc(inputs);
    const vpc = instanceAttribute(this.vpc, 0, "id");
    this.ownVpcId = vpc.string;
    const { subnets, internet, routeTableId } = this.ownSubnets(inputs, own, vpc);
    this.routeTableIds = ifElse(this.isOwn, [routeTableId], []);
    this.subnets = subnets;
    this.internet = internet;
    const [subnet1, subnet2] = [instanceAttribute(subnets[0], 0, "id"), instanceAttribute(subnets[1], 0, "id")];
    const idOf = (name: string, ofOwn: Operand, given: Operand) =>
      local(this, name, ifElse(this.isOwn, ofOwn, given)).asString;
    this.vpcId = idOf("vpc_id", vpc, this.given("vpc_id", inputs.vpcId, own));
    this.subnet1Id = idOf("subnet1_id", subnet1, this.given("subnet1_id", inputs.subnet1Id, own));
    this.subnet2Id = idOf("subnet2_id", subnet2, this.given("subnet2_id", inputs.subnet2Id, own));
    this.cidrBlocks = this.callers(inputs);
  }

  /** The deployment's own VPC. */
  private ownVpc(inputs: Inputs<MetaflowInputs>): Vpc {
    const vpc = resource(this, Vpc, "this", {
      count: countIf(this.isOwn),
      cidrBlock: inputs.vpcCidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: tags(inputs, ""),
    });
    const vpcId = instanceAttribute(vpc, 0, "id");
    // Who names no security group gets the default one: it lets nothing in or out.
    resource(this, DefaultSecurityGroup, "this", {
      count: countIf(this.isOwn),
      vpcId: vpcId.string,
      tags: tags(inputs, "-default"),
    });
    return vpc;
  }

  /**
   * The two subnets of the deployment's own network, which are public: there is no NAT gateway; and the route by which
   * they reach the internet.
   */
  private ownSubnets(inputs: Inputs<MetaflowInputs>, own: Expression, vpc: Expression) {
    const count = countIf(this.isOwn);
    const gateway = resource(this, InternetGateway, "this", { count, vpcId: vpc.string, tags: tags(inputs, "") });
    const routes = resource(this, RouteTable, "this", { count, vpcId: vpc.string, tags: tags(inputs, "") });
    const routeTableId = instanceAttribute(routes, 0, "id").string;
    const internet = resource(this, Route, "internet", {
      count,
      routeTableId,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: instanceAttribute(gateway, 0, "id").string,
    });
    const zones = resource(this, DataAwsAvailabilityZones, "available", {
      state: "available",
      // Local zones, which an account opts in to, have neither RDS nor load balancers of this kind.
      filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });

    const subnet = (index: 0 | 1, cidrBlock: string): Subnet => {
      const element = resource(this, Subnet, `subnet${index + 1}`, {
        count,
        vpcId: vpc.string,
        cidrBlock,
        availabilityZone: zones.interpolationForAttribute(`names[${index}]`).toString(),
        tags: tags(inputs, `-${index + 1}`),
        // A zone that is listed in another place, or not known yet, would replace the subnet with all that is in it.
        lifecycle: { ignoreChanges: ["availability_zone"] },
      });
      const subnetId = instanceAttribute(element, 0, "id");
      resource(this, RouteTableAssociation, `subnet${index + 1}`, { count, routeTableId, subnetId: subnetId.string });
      return element;
    };
    const subnets = [
      subnet(0, this.subnetCidr("subnet1_cidr", inputs.subnet1Cidr, inputs, own)),
      subnet(1, this.subnetCidr("subnet2_cidr", inputs.subnet2Cidr, inputs, own, inputs.subnet1Cidr)),
    ] as const;
    return { subnets, internet, routeTableId };
  }

  private subnetCidr(
    name: string,
    cidr: string,
    { vpcCidr }: Inputs<MetaflowInputs>,
    own: Expression,
    other?: string,
  ): string {
    return checkedLocal(this, name, cidr, (value) => ({
      condition: any(
        not(own),
        all(isWithin(value, vpcCidr), ...(other === undefined ? [] : [not(doOverlap(value, other))])),
      ),
      message: [
        `${name}, "`,
        value,
        '", must be a part of vpc_cidr, "',
        vpcCidr,
        ...(other === undefined ? ['".'] : ['", that has no address in common with subnet1_cidr, "', other, '".']),
      ],
    }));
  }

  /** An id that an input must give where the network is not the deployment's own. */
  private given(name: string, value: string, own: Expression): string {
    const [what, reason] =
      name === "vpc_id"
        ? ["a VPC", "create_network is false"]
        : ["a subnet", "vpc_id is given or create_network is false"];
    return checkedLocal(this, name, value, (id: Operand) => ({
      condition: any(own, notEqual(id, "")),
      message: [`${name} is empty; it must be the id of ${what} where ${reason}.`],
    }));
  }

  /** The load balancer calls the service with addresses of its own, which are the VPC's. */
  private callers(inputs: Inputs<MetaflowInputs>): string[] {
    const others = callersNetworks(this, inputs);
    const given = resource(this, DataAwsVpc, "given", {
      count: countIf(not(any(this.isOwn, notEmpty(others)))),
      id: inputs.vpcId,
    });
    const ofVpc = instanceAttribute(given, 0, "cidr_block_associations[*].cidr_block");
    const ofOwn = distinct(joinLists([inputs.vpcCidr], others));
    return ifElse(this.isOwn, ofOwn, ifElse(notEmpty(others), others, ofVpc)).list;
  }
}

function tags(inputs: Inputs<MetaflowInputs>, end: string): Record<string, string> {
  const name = concat(inputs.resourcePrefix, "network", inputs.resourceSuffix, end);
  return merge(inputs.standardTags, { Name: name }).map;
}
