# Mocked providers: neither an AWS account nor a network is needed.
mock_provider "aws" {
  # What resources demand of the data sources' answers: policies in JSON, and an account's number.
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_region" {
    defaults = { id = "us-west-2", name = "us-west-2" }
  }
}

mock_provider "archive" {}

variables {
  resource_prefix                 = "metaflow-"
  resource_suffix                 = "-test"
  access_list_cidr_blocks         = []
  database_password               = "a \"quote\""
  database_username               = "metaflow"
  datastore_s3_bucket_kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/0a1b2c3d"
  fargate_execution_role_arn      = "arn:aws:iam::123456789012:role/execution"
  metaflow_vpc_id                 = "vpc-0a1b2c3d4e5f60718"
  rds_master_instance_endpoint    = "database.example.com:5432"
  s3_bucket_arn                   = "arn:aws:s3:::metaflow"
  standard_tags                   = { application = "metaflow" }
  subnet1_id                      = "subnet-0a1b2c3d4e5f60718"
  subnet2_id                      = "subnet-0a1b2c3d4e5f60719"
  vpc_cidr_blocks                 = ["10.20.0.0/16"]
}

run "the_service" {
  command = plan

  assert {
    condition     = aws_lb.this.name == "metaflow-nlb-test" && aws_lb.this.internal
    error_message = "The load balancer is to be internal, and named after prefix and suffix."
  }

  assert {
    condition     = length(aws_api_gateway_api_key.this) == 1 && length(aws_api_gateway_rest_api_policy.this) == 0
    error_message = "The API is to have a key, and no addresses that it is for."
  }

  assert {
    condition = contains(
      [for variable in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : variable.value],
      var.database_password,
    )
    error_message = "The service is to get the password, quotes and all."
  }
}

run "an_api_for_some_addresses" {
  command = plan

  variables {
    api_basic_auth          = false
    access_list_cidr_blocks = ["198.51.100.0/24"]
  }

  assert {
    condition     = length(aws_api_gateway_api_key.this) == 0 && length(aws_api_gateway_rest_api_policy.this) == 1
    error_message = "The API is to have no key, and the addresses that it is for."
  }
}

run "no_partition_that_is_not" {
  command = plan

  variables {
    iam_partition = "aws-moon"
  }

  expect_failures = [var.iam_partition]
}
