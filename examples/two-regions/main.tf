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

provider "aws" {
  alias  = "east"
  region = "us-east-1"
}

module "west" {
  source = "../../"

  resource_suffix = "-west"
}

module "east" {
  source    = "../../"
  providers = { aws = aws.east }

  # Names of IAM roles are global: they must differ.
  resource_suffix = "-east"
  vpc_cidr        = "10.30.0.0/16"
  subnet1_cidr    = "10.30.0.0/24"
  subnet2_cidr    = "10.30.1.0/24"
}

output "s3_bucket_names" {
  description = "The name of the bucket in each region."
  value = {
    west = module.west.s3_bucket_name
    east = module.east.s3_bucket_name
  }
}
