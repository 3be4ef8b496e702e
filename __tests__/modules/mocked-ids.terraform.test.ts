import { publishedFiles } from "../support/published";
import { terraformRoot } from "../support/terraform-root";

const CALLS = {
  datastore: {
    source: "./modules/datastore",
    metadata_service_security_group_id: "${module.metadata.metadata_service_security_group_id}",
    metaflow_vpc_id: "${aws_vpc.this.id}",
    subnet1_id: "${aws_subnet.one.id}",
    subnet2_id: "${aws_subnet.two.id}",
    resource_prefix: "acme-",
    resource_suffix: "-dev",
    standard_tags: {},
  },
  metadata: {
    source: "./modules/metadata-service",
    database_name: "${module.datastore.database_name}",
    database_password: "${module.datastore.database_password}",
    database_username: "${module.datastore.database_username}",
    datastore_s3_bucket_kms_key_arn: "${module.datastore.datastore_s3_bucket_kms_key_arn}",
    fargate_execution_role_arn: "arn:aws:iam::123456789012:role/mock",
    metaflow_vpc_id: "${aws_vpc.this.id}",
    rds_master_instance_endpoint: "${module.datastore.rds_master_instance_endpoint}",
    s3_bucket_arn: "${module.datastore.s3_bucket_arn}",
    subnet1_id: "${aws_subnet.one.id}",
    subnet2_id: "${aws_subnet.two.id}",
    vpc_cidr_blocks: ["10.0.0.0/16"],
    access_list_cidr_blocks: [],
    resource_prefix: "acme-",
    resource_suffix: "-dev",
    standard_tags: {},
  },
};

const NETWORK = {
  aws_vpc: { this: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: {
    one: { vpc_id: "${aws_vpc.this.id}", cidr_block: "10.0.0.0/24" },
    two: { vpc_id: "${aws_vpc.this.id}", cidr_block: "10.0.1.0/24" },
  },
};

/** A mocked provider; what the AWS provider itself takes for no ARN is given one, as it has to be with the reference, too. */
const TEST = `
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-west-2:123456789012:key/mock" }
  }
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/net/mock/1" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = {
      arn = "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/mock/1"
      id  = "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/mock/1"
    }
  }
}
run "apply" {}
`;

test("what terraform test computes in a mocked provider's place is no reason to refuse it", async () => {
  const files = { ...publishedFiles(), "mocked.tftest.hcl": TEST };
  const root = terraformRoot({ resource: NETWORK, module: CALLS }, { files });
  await root.init();
  const { stdout } = await root.run(["test", "-no-color"], [0, 1]);
  expect(stdout).toContain("1 passed, 0 failed");
});

test("neither are Terragrunt's mock outputs", async () => {
  const ids = {
    metaflow_vpc_id: "test_vpc_id",
    subnet1_id: "mock-subnet-1",
    subnet2_id: "subnet-mock2",
    metadata_service_security_group_id: "temporary-dummy-id",
  };
  const module = { datastore: { ...CALLS.datastore, ...ids } };
  const root = terraformRoot({ module }, { files: publishedFiles() });
  expect(await root.changes()).toContain("module.datastore.aws_db_instance.this[0]: create");
});
