import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { RootConstruct } from "constructs";
import { Datastore } from "../../../modules/datastore";
import { resourcesOf } from "../../support/resources-of";
import { synthesized } from "../../support/synth";
import { DATASTORE } from "./sample";

const newStack = () => new TerraformStack(new RootConstruct(), "stack");

test("the resources of the datastore are public", () => {
  expect(resourcesOf(new Datastore(newStack(), "Default", DATASTORE))).toEqual([
    "bucket: aws_s3_bucket.this",
    "bucketKey: aws_kms_key.s3",
    "cluster: aws_rds_cluster.this",
    "clusterInstance: aws_rds_cluster_instance.cluster_instances",
    "databaseKey: aws_kms_key.rds",
    "instance: aws_db_instance.this",
    "parameterGroup: aws_db_parameter_group.this",
    "securityGroup: aws_security_group.rds_security_group",
    "subnetGroup: aws_db_subnet_group.this",
  ]);
});

/** What an attribute of a datastore reads as. */
function read(dbEngine: string | undefined, attribute: (datastore: Datastore) => unknown): unknown {
  const { output } = synthesized((stack) => {
    const datastore = new Datastore(stack, "datastore", { ...DATASTORE, dbEngine, dbInstanceType: "db.r6g.large" });
    new TerraformOutput(stack, "out", { value: attribute(datastore) });
  });
  return output?.out?.value;
}

describe("what is read of a resource with a count is its first instance's", () => {
  test.each<[string | undefined, (datastore: Datastore) => unknown, string]>([
    [undefined, ({ database }) => database.arn, "${aws_db_instance.datastore_this[0].arn}"],
    ["postgres", ({ instance }) => instance.endpoint, "${aws_db_instance.datastore_this[0].endpoint}"],
    ["postgres", ({ instance }) => instance.port, "${aws_db_instance.datastore_this[0].port}"],
    ["aurora-postgresql", ({ database }) => database.arn, "${aws_rds_cluster.datastore_this[0].arn}"],
    [
      "aurora-postgresql",
      ({ cluster }) => cluster.readerEndpoint,
      "${aws_rds_cluster.datastore_this[0].reader_endpoint}",
    ],
    ["postgres", ({ parameterGroup }) => parameterGroup.name, "${aws_db_parameter_group.datastore_this[0].name}"],
    [undefined, ({ bucket }) => bucket.arn, "${aws_s3_bucket.datastore_this.arn}"],
  ])("%s: %s", (engine, attribute, expected) => {
    expect(read(engine, attribute)).toBe(expected);
  });

  test("of an engine that Terraform alone knows there is no telling which database there is", () => {
    const engine = new TerraformVariable(newStack(), "engine", {});
    const datastore = new Datastore(newStack(), "store", { ...DATASTORE, dbEngine: engine.stringValue });
    expect(() => datastore.database).toThrow(
      "stack/store.database: dbEngine is known to Terraform alone; take instance",
    );
  });

  test("an import is of it, too, and a move of the whole", () => {
    const stack = newStack();
    const { instance, bucket } = new Datastore(stack, "datastore", DATASTORE);
    instance.importFrom("metaflow-db");
    bucket.importFrom("acme-metaflow");
    expect(stack.toTerraform()).toMatchObject({
      import: [
        { to: "aws_s3_bucket.datastore_this", id: "acme-metaflow" },
        { to: "aws_db_instance.datastore_this[0]", id: "metaflow-db" },
      ],
    });
  });
});
