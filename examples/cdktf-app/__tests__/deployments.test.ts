import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { deployments } from "../deployments";

const { dev, prod } = deployments(Testing.app());
const synthesized = { dev: Testing.synth(dev), prod: Testing.synth(prod) };

test("the database of prod is kept, that of dev can be deleted", () => {
  expect(synthesized.prod).toHaveResourceWithProperties(DbInstance, {
    deletion_protection: true,
    backup_retention_period: 30,
    storage_encrypted: true,
  });
  expect(synthesized.dev).toHaveResourceWithProperties(DbInstance, {
    instance_class: "db.t4g.micro",
    deletion_protection: false,
  });
});

test("only the bucket of dev is deleted with its objects", () => {
  expect(synthesized.dev).toHaveResourceWithProperties(S3Bucket, { force_destroy: true });
  expect(synthesized.prod).not.toHaveResourceWithProperties(S3Bucket, { force_destroy: true });
});

test("the networks do not overlap", () => {
  expect(synthesized.dev).toHaveResourceWithProperties(Vpc, { cidr_block: "10.30.0.0/16" });
  expect(synthesized.prod).toHaveResourceWithProperties(Vpc, { cidr_block: "10.20.0.0/16" });
});

test("an alarm watches the database of prod alone", () => {
  expect(synthesized.prod).toHaveResourceWithProperties(CloudwatchMetricAlarm, {
    dimensions: { DBInstanceIdentifier: "${aws_db_instance.metaflow_datastore_this[0].identifier}" },
    alarm_actions: ["arn:aws:sns:us-west-2:111122223333:on-call"],
  });
  expect(synthesized.dev).not.toHaveResource(CloudwatchMetricAlarm);
});

test.each(["dev", "prod"] as const)("the state of %s is in S3, encrypted and locked", (name) => {
  const { terraform } = JSON.parse(synthesized[name]) as { terraform: { backend: unknown } };
  expect(terraform.backend).toEqual({
    s3: {
      bucket: "acme-terraform",
      key: `metaflow/${name}.tfstate`,
      region: "us-west-2",
      encrypt: true,
      use_lockfile: true,
    },
  });
});
