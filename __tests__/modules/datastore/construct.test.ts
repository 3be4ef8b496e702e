import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { RootConstruct } from "constructs";
import { majorVersion } from "../../../lib/aws/rds";
import { evaluate, hcl } from "../../../lib/hcl/expression";
import { Datastore, type DatastoreProps } from "../../../modules/datastore";
import { DATASTORE } from "../../support/samples";
import { synthesized } from "../../support/synth";

const required: DatastoreProps = { ...DATASTORE, standardTags: { application: "metaflow" } };

function datastore(props: Partial<DatastoreProps> = {}) {
  return synthesized((stack) => new Datastore(stack, "datastore", { ...required, ...props }));
}

function refusal(props: Partial<DatastoreProps>): string {
  try {
    datastore(props);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test("the addresses in an app are those of the module after the construct's path", () => {
  const { resource, locals } = datastore();
  expect(Object.keys(resource?.aws_s3_bucket ?? {})).toEqual(["datastore_this"]);
  expect(Object.keys(resource?.aws_kms_key ?? {})).toEqual(["datastore_s3", "datastore_rds"]);
  expect(Object.keys(locals ?? {})).toEqual(["datastore_rds_final_snapshot_identifier", "datastore_endpoint"]);
});

test("two datastores stand side by side", () => {
  const { resource } = synthesized((stack) => {
    new Datastore(stack, "blue", required);
    new Datastore(stack, "green", { ...required, resourceSuffix: "-green" });
  });
  expect(Object.keys(resource?.aws_db_instance ?? {})).toEqual(["blue_this", "green_this"]);
});

test("who uses the endpoint of a cluster waits for its instance, too", () => {
  const { locals, output } = synthesized((stack) => {
    const engine = new TerraformVariable(stack, "engine", {}).stringValue;
    const { rdsMasterInstanceEndpoint: value } = new Datastore(stack, "datastore", { ...required, dbEngine: engine });
    new TerraformOutput(stack, "endpoint", { value });
  });
  expect(output).toEqual({ endpoint: { value: "${local.datastore_endpoint}" } });
  expect(locals?.datastore_endpoint).toBe(
    "${local.datastore_use_aurora ? [aws_rds_cluster.datastore_this[0].endpoint, " +
      "aws_rds_cluster_instance.datastore_cluster_instances[0].id][0] : aws_db_instance.datastore_this[0].endpoint}",
  );
});

test("a second element at the same address is refused at synth", () => {
  const stack = new TerraformStack(new RootConstruct(), "stack");
  new Datastore(stack, "a_b", required);
  new Datastore(new Datastore(stack, "a", required), "b", required);
  expect(() => stack.runAllValidations()).toThrow(
    /have the same address, aws_s3_bucket\.a_b_this: give one .* another id/,
  );
});

describe("refuses", () => {
  test.each<[string, Partial<DatastoreProps>, RegExp]>([
    [
      "capitals in the prefix",
      { resourcePrefix: "Metaflow-" },
      /name of the bucket, "Metaflow-s3-dev" .*resource_prefix/,
    ],
    [
      "an underscore in the suffix",
      { resourceSuffix: "_dev" },
      /name of the bucket, "metaflow-s3_dev" .*resource_suffix/,
    ],
    ["a bucket name that S3 refuses", { s3BucketName: "Acme" }, /bucket, "Acme" .* must be 3 to 63 lowercase/],
    [
      "a bucket name with a reserved end",
      { s3BucketName: "acme-s3alias" },
      /bucket, "acme-s3alias" .* that S3 reserves/,
    ],
    [
      "a database identifier that is too long",
      { dbIdentifierPrefix: "a".repeat(55) },
      /name of the database, "a{55}-metaflow" \(made of db_identifier_prefix and db_name/,
    ],
    ["two hyphens in the identifier", { dbIdentifierPrefix: "a-" }, /name of the database, "a--metaflow"/],
    [
      "a security group name that EC2 keeps",
      { resourcePrefix: "sg-", s3BucketName: "abc", dbIdentifierPrefix: "abc" },
      /database's security group, "sg-rds-security-group-dev"/,
    ],
    ["a user that PostgreSQL reserves", { dbUsername: "user" }, /db_username, "user", must be .* PostgreSQL reserves/],
    ["a user with a hyphen", { dbUsername: "meta-flow" }, /db_username, "meta-flow", must be 1 to 63/],
    ["a database that PostgreSQL reserves", { dbName: "table" }, /db_name, "table", must be/],
    [
      "an Aurora user that PostgreSQL reserves",
      { dbEngine: "aurora-postgresql", dbInstanceType: "db.r6g.large", dbUsername: "admin" },
      /db_username, "admin"/,
    ],
    [
      "parameters of a version without a major one",
      { dbEngineVersion: "7", dbParameters: { log_min_duration_statement: "1" } },
      /db_engine_version, "7", must begin with a major version.* where db_parameters is set/,
    ],
    ["equal subnets", { subnet2Id: "subnet-1" }, /subnet1_id and subnet2_id are both "subnet-1"; they must be two/],
    [
      "a maintenance window of another form",
      { maintenanceWindow: "monday" },
      /maintenanceWindow \(maintenance_window\) must be in the format ddd:.*; received "monday"/,
    ],
    [
      "a missing input",
      { metaflowVpcId: undefined },
      /metaflowVpcId \(metaflow_vpc_id\) is required: The id of the VPC/,
    ],
    ["a number for a string", { dbName: 5 as never }, /dbName \(db_name\) must be a string; received 5/],
    [
      "a string for a boolean",
      { applyImmediately: "yes" as never },
      /applyImmediately .* must be true or false; received "yes"/,
    ],
    ["a list for a map", { standardTags: [] as never }, /standardTags .* must be a map of strings; received \[\]/],
    [
      "a number in a map",
      { standardTags: { a: 1 } as never },
      /standardTags .* must be a map of strings; received {"a":1}/,
    ],
  ])("%s", (_, props, message) => {
    expect(refusal(props)).toMatch(message);
    expect(refusal(props)).toMatch(/^Datastore at stack\/datastore:/);
  });

  test("and names every input that is wrong by itself at once", () => {
    const message = refusal({ dbName: 5 as never, maintenanceWindow: "x" });
    expect(message).toContain("dbName");
    expect(message).toContain("maintenanceWindow");
  });
});

describe("takes what the reference can apply", () => {
  test.each<[string, Partial<DatastoreProps>]>([
    ["an empty prefix", { resourcePrefix: "", resourceSuffix: "-dev" }],
    ["an empty suffix", { resourceSuffix: "" }],
    ["a foreign engine with names of its own", { dbEngine: "mysql", dbUsername: "admin", dbEngineVersion: "8.0" }],
    [
      "capitals in the prefix where no name is made of it that forbids them",
      {
        resourcePrefix: "Acme-",
        s3BucketName: "acme",
        dbIdentifierPrefix: "acme",
      },
    ],
    [
      "tokens for anything",
      {
        resourcePrefix: hcl`var.p`.string,
        dbUsername: hcl`var.u`.string,
        subnet2Id: hcl`var.s`.string,
        applyImmediately: hcl`var.a`,
        standardTags: hcl`var.t`.map,
        maintenanceWindow: hcl`var.w`.string,
      },
    ],
    ["a name with a part that is known only to Terraform", { resourcePrefix: `Metaflow-${hcl`var.p`.string}` }],
  ])("%s", (_, props) => {
    expect(refusal(props)).toBe("");
  });
});

test("text with Terraform's own signs arrives as it is", () => {
  const text = 'a "quote", ${x}, %{y}, \\ and é';
  const { resource } = datastore({ dbEngineVersion: "17", dbParameters: { log_line_prefix: text } });
  expect(resource?.aws_db_parameter_group?.datastore_this?.parameter).toEqual([
    { apply_method: "immediate", name: "log_line_prefix", value: 'a "quote", $${x}, %%{y}, \\ and é' },
  ]);
});

test("tags in any script arrive as they are", () => {
  const { resource } = datastore({ standardTags: { équipe: "データ_.:/=+-@ 1" } });
  expect(resource?.aws_kms_key?.datastore_s3?.tags).toEqual({ équipe: "データ_.:/=+-@ 1" });
  expect(resource?.aws_s3_bucket?.datastore_this?.tags).toEqual({ équipe: "データ_.:/=+-@ 1", Metaflow: "true" });
});

describe("with parameters the family is the version's major", () => {
  test.each([
    ["14", "14"],
    ["14.2", "14"],
    ["16.10", "16"],
    ["9.6.22", "9.6"],
    ["9.6", "9.6"],
  ])("%s: %s", (version, major) => {
    expect(evaluate(majorVersion(version))).toBe(major);
  });

  test("a full version is taken", () => {
    expect(() =>
      datastore({ dbEngineVersion: "14.2", dbParameters: { log_min_duration_statement: "1" } }),
    ).not.toThrow();
  });
});

test("what replaces a database renews the name of its final snapshot", () => {
  const { resource } = datastore({ renewSnapshotName: true });
  expect(resource?.random_pet?.datastore_final_snapshot_id?.lifecycle).toEqual({
    replace_triggered_by: ["terraform_data.datastore_database_identity"],
  });
  expect(Object.keys(resource?.terraform_data?.datastore_database_identity?.input as object)).toEqual([
    "identifier",
    "engine",
    "name",
    "user",
    "key",
    "subnetGroup",
  ]);
});
