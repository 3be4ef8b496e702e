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

# What may reach the database.
resource "aws_security_group" "clients" {
  name   = "metaflow-clients"
  vpc_id = aws_vpc.this.id
}

module "datastore" {
  source = "../../modules/datastore"

  resource_prefix                    = "metaflow-"
  resource_suffix                    = "-artifacts"
  metadata_service_security_group_id = aws_security_group.clients.id
  metaflow_vpc_id                    = aws_vpc.this.id
  subnet1_id                         = aws_subnet.this[0].id
  subnet2_id                         = aws_subnet.this[1].id
  standard_tags                      = { application = "metaflow" }
  db_engine_version                  = "17"
  db_instance_type                   = "db.t4g.small"
  bucket_key_enabled                 = true
}

output "METAFLOW_DATASTORE_SYSROOT_S3" {
  description = "The S3 URL of Metaflow's datastore."
  value       = module.datastore.METAFLOW_DATASTORE_SYSROOT_S3
}
