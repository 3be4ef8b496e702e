import type { Refusal } from "../../support/refusal";

/** Inputs that the metadata service refuses at plan, and what it says of them. */
export const moduleRefusals: readonly Refusal[] = [
  {
    name: "balancer",
    inputs: { load_balancer_name_prefix: "b".repeat(29) },
    says: ["name of the load balancer", /"b{29}-nlb"/, "load_balancer_name_prefix", "up to 32"],
  },
  {
    name: "groups",
    inputs: { resource_prefix: "p".repeat(25), load_balancer_name_prefix: "lb" },
    says: ["metadata service's target group", /"p{25}mdtg-dev"/, "resource_prefix", "up to 32"],
  },
  {
    name: "lambda",
    inputs: { resource_prefix: "l".repeat(51), load_balancer_name_prefix: "lb" },
    says: ["Lambda function", /"l{51}db_migrate-dev"/, "1 to 64"],
  },
  {
    name: "size",
    inputs: { metadata_service_cpu: 256, metadata_service_memory: 4096 },
    says: ["metadata_service_cpu = 256 with metadata_service_memory = 4096", "256 CPU units with 512, 1024 or 2048"],
  },
  {
    name: "cidr",
    inputs: { vpc_cidr_blocks: ["10.20.0.5/16"] },
    says: ['vpc_cidr_blocks, ["10.20.0.5/16"], must be a list, each item an IPv4 network'],
  },
  {
    name: "address",
    inputs: { access_list_cidr_blocks: ["vpn.example.com"] },
    says: ['access_list_cidr_blocks, ["vpn.example.com"], must be a list, each item an IPv4 or IPv6'],
  },
  {
    name: "partition",
    inputs: { iam_partition: "aws-moon" },
    says: ["iam_partition must be one of aws, aws-us-gov", '"aws-moon"'],
  },
];
