# Mocked providers: neither an AWS account nor a network is needed.
mock_provider "aws" {
  # What other resources demand of a key: an ARN.
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-west-2:123456789012:key/0a1b2c3d" }
  }
}

mock_provider "random" {}

variables {
  resource_prefix                    = "metaflow-"
  resource_suffix                    = "-test"
  metadata_service_security_group_id = "sg-0a1b2c3d4e5f60718"
  metaflow_vpc_id                    = "vpc-0a1b2c3d4e5f60718"
  subnet1_id                         = "subnet-0a1b2c3d4e5f60718"
  subnet2_id                         = "subnet-0a1b2c3d4e5f60719"
  standard_tags                      = { application = "metaflow" }
}

run "an_instance" {
  assert {
    condition     = length(aws_db_instance.this) == 1 && length(aws_rds_cluster.this) == 0
    error_message = "The engine postgres is to be one RDS instance."
  }

  assert {
    condition     = output.METAFLOW_DATASTORE_SYSROOT_S3 == "s3://metaflow-s3-test/metaflow"
    error_message = "The bucket is to be named after prefix and suffix."
  }

  assert {
    condition     = output.database_password == random_password.this.result
    error_message = "The password is to be the one that is made."
  }
}

run "a_cluster" {
  command = plan

  variables {
    db_engine         = "aurora-postgresql"
    db_engine_version = "16.6"
    db_instance_type  = "db.r6g.large"
  }

  assert {
    condition     = length(aws_db_instance.this) == 0 && length(aws_rds_cluster_instance.cluster_instances) == 1
    error_message = "An Aurora engine is to be one cluster with one instance."
  }
}

run "no_window_of_another_form" {
  command = plan

  variables {
    maintenance_window = "Monday"
  }

  expect_failures = [var.maintenance_window]
}
