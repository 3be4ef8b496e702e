# Mocked providers: neither an AWS account nor a network is needed.
mock_provider "aws" {
  # What resources demand of the data sources' answers: policies in JSON, the names of zones, and an account's number.
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_data "aws_availability_zones" {
    defaults = { names = ["us-west-2a", "us-west-2b"] }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { id = "us-west-2", name = "us-west-2" }
  }
}

mock_provider "archive" {}
mock_provider "random" {}

run "a_network_of_its_own" {
  command = plan

  assert {
    condition     = length(aws_vpc.network_this) == 1 && length(aws_subnet.network_subnet2) == 1
    error_message = "Without a VPC there is to be a network."
  }

  assert {
    condition     = output.s3_bucket_name == "metaflow-s3-123456789012-us-west-2-prod"
    error_message = "The bucket is to be named after account and region."
  }
}

run "the_network_that_is_there" {
  command = plan

  variables {
    vpc_id     = "vpc-0a1b2c3d4e5f60718"
    subnet1_id = "subnet-0a1b2c3d4e5f60718"
    subnet2_id = "subnet-0a1b2c3d4e5f60719"
  }

  assert {
    condition     = length(aws_vpc.network_this) == 0 && output.vpc_id == var.vpc_id
    error_message = "With a VPC there is to be none of its own."
  }
}

run "no_network_that_is_too_large" {
  command = plan

  variables {
    vpc_cidr = "10.0.0.0/8"
  }

  expect_failures = [var.vpc_cidr]
}
