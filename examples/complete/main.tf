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

locals {
  resource_prefix = "metaflow-"
  resource_suffix = "-complete"
  standard_tags   = { application = "metaflow" }
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

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_route_table" "this" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_route_table_association" "this" {
  count = 2

  route_table_id = aws_route_table.this.id
  subnet_id      = aws_subnet.this[count.index].id
}

# The role by which ECS writes the service's log.
resource "aws_iam_role" "execution" {
  name = "${local.resource_prefix}execution${local.resource_suffix}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

module "datastore" {
  source = "../../modules/datastore"

  resource_prefix                    = local.resource_prefix
  resource_suffix                    = local.resource_suffix
  metadata_service_security_group_id = module.metadata_service.metadata_service_security_group_id
  metaflow_vpc_id                    = aws_vpc.this.id
  subnet1_id                         = aws_subnet.this[0].id
  subnet2_id                         = aws_subnet.this[1].id
  standard_tags                      = local.standard_tags
  db_instance_type                   = "db.t4g.small"

  # From version 15 on the database demands TLS, which the module's service does not use.
  db_engine_version = "14"
}

module "metadata_service" {
  source = "../../modules/metadata-service"

  resource_prefix                 = local.resource_prefix
  resource_suffix                 = local.resource_suffix
  access_list_cidr_blocks         = []
  database_name                   = module.datastore.database_name
  database_password               = module.datastore.database_password
  database_username               = module.datastore.database_username
  datastore_s3_bucket_kms_key_arn = module.datastore.datastore_s3_bucket_kms_key_arn
  db_migrate_lambda_runtime       = "python3.13"
  fargate_execution_role_arn      = aws_iam_role.execution.arn
  metaflow_vpc_id                 = aws_vpc.this.id
  rds_master_instance_endpoint    = module.datastore.rds_master_instance_endpoint
  s3_bucket_arn                   = module.datastore.s3_bucket_arn
  standard_tags                   = local.standard_tags
  subnet1_id                      = aws_subnet.this[0].id
  subnet2_id                      = aws_subnet.this[1].id
  vpc_cidr_blocks                 = [aws_vpc.this.cidr_block]
  with_public_ip                  = true

  # The service starts once it can pull its image.
  depends_on = [aws_route_table_association.this]
}

data "aws_api_gateway_api_key" "this" {
  id = module.metadata_service.api_gateway_rest_api_id_key_id
}

output "metaflow_profile_json" {
  description = "The configuration of a Metaflow client, which holds the API key."
  sensitive   = true
  value = jsonencode({
    METAFLOW_DEFAULT_DATASTORE    = "s3"
    METAFLOW_DEFAULT_METADATA     = "service"
    METAFLOW_DATASTORE_SYSROOT_S3 = module.datastore.METAFLOW_DATASTORE_SYSROOT_S3
    METAFLOW_DATATOOLS_S3ROOT     = module.datastore.METAFLOW_DATATOOLS_S3ROOT
    METAFLOW_SERVICE_URL          = module.metadata_service.METAFLOW_SERVICE_URL
    METAFLOW_SERVICE_INTERNAL_URL = module.metadata_service.METAFLOW_SERVICE_INTERNAL_URL
    METAFLOW_SERVICE_AUTH_KEY     = data.aws_api_gateway_api_key.this.value
  })
}
