terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {
  region = "us-west-2"
}

variable "vpc_id" {
  type        = string
  description = "The id of the VPC."
}

variable "subnet_ids" {
  type        = list(string)
  description = "The ids of two subnets in different availability zones, with a way to the internet."
}

module "metaflow" {
  source = "../../"

  resource_prefix = "acme-metaflow-"
  vpc_id          = var.vpc_id
  subnet1_id      = var.subnet_ids[0]
  subnet2_id      = var.subnet_ids[1]

  # Where the ids are those of resources in the same configuration, whether there are any is unknown at plan.
  create_network = false

  # Subnets whose way to the internet is an internet gateway rather than a NAT gateway.
  with_public_ip = true
}

output "metaflow_profile_json" {
  description = "The configuration of a Metaflow client, which holds the API key."
  value       = module.metaflow.metaflow_profile_json
  sensitive   = true
}
