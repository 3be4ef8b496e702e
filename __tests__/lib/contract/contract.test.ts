import { describe as describeFor, terraformName } from "../../../lib/contract/contract";

test.each([
  ["subnet1Id", "subnet1_id"],
  ["s3BucketName", "s3_bucket_name"],
  ["rdsMasterInstanceEndpoint", "rds_master_instance_endpoint"],
  ["isGov", "is_gov"],
  ["METAFLOW_SERVICE_URL", "METAFLOW_SERVICE_URL"],
])("the Terraform name of %s is %s", (name, expected) => {
  expect(terraformName(name)).toBe(expected);
});

test("a description names inputs as its readers write them", () => {
  expect(describeFor("made of {dbName}", "terraform")).toBe("made of db_name");
  expect(describeFor("made of {dbName}", "typescript")).toBe("made of dbName");
});
