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

variable "environments" {
  type        = map(string)
  description = "The class of the database instance, by the name of the environment."
  default = {
    dev  = "db.t4g.micro"
    prod = "db.t4g.small"
  }
}

variable "with_sandbox" {
  type        = bool
  description = "Whether there is a datastore to try things on."
  default     = true
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_vpc" "this" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "this" {
  count = 2

  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_security_group" "clients" {
  name   = "metaflow-clients"
  vpc_id = aws_vpc.this.id
}

module "datastore" {
  source   = "../../modules/datastore"
  for_each = var.environments

  resource_prefix                    = "metaflow-"
  resource_suffix                    = "-${each.key}"
  metadata_service_security_group_id = aws_security_group.clients.id
  metaflow_vpc_id                    = aws_vpc.this.id
  subnet1_id                         = aws_subnet.this[0].id
  subnet2_id                         = aws_subnet.this[1].id
  standard_tags                      = { application = "metaflow", environment = each.key }
  db_engine_version                  = "17"
  db_instance_type                   = each.value
}

module "sandbox" {
  source = "../../modules/datastore"
  count  = var.with_sandbox ? 1 : 0

  resource_prefix                    = "metaflow-"
  resource_suffix                    = "-sandbox"
  metadata_service_security_group_id = aws_security_group.clients.id
  metaflow_vpc_id                    = aws_vpc.this.id
  subnet1_id                         = aws_subnet.this[0].id
  subnet2_id                         = aws_subnet.this[1].id
  standard_tags                      = { application = "metaflow", environment = "sandbox" }
  db_engine_version                  = "17"
  db_instance_type                   = "db.t4g.micro"
  force_destroy_s3_bucket            = true
}

output "datastores" {
  description = "The S3 URL of each environment's datastore."
  value = merge(
    { for name, datastore in module.datastore : name => datastore.METAFLOW_DATASTORE_SYSROOT_S3 },
    { for datastore in module.sandbox : "sandbox" => datastore.METAFLOW_DATASTORE_SYSROOT_S3 },
  )
}
