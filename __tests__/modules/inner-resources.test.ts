import { TerraformOutput, TerraformResource, TerraformStack, TerraformVariable } from "cdktf";
import { RootConstruct } from "constructs";
import { Datastore } from "../../modules/datastore";
import { MetadataService } from "../../modules/metadata-service";
import { MetaflowStack } from "../../modules/metaflow/stack";
import { DATASTORE, METADATA_SERVICE } from "../support/samples";
import { synthesized } from "../support/synth";

const newStack = () => new TerraformStack(new RootConstruct(), "stack");

/** The resources that a construct has as properties: `bucket: aws_s3_bucket.this`. */
function resourcesOf(construct: object): string[] {
  return Object.entries(construct)
    .flatMap(([name, value]: [string, unknown]) => [value].flat().map((each): [string, unknown] => [name, each]))
    .filter((entry): entry is [string, TerraformResource] => TerraformResource.isTerraformResource(entry[1]))
    .map(([name, element]) => `${name}: ${element.terraformResourceType}.${element.friendlyUniqueId}`)
    .sort();
}

describe("the resources of", () => {
  test("the datastore", () => {
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

  test("the metadata service", () => {
    expect(resourcesOf(new MetadataService(newStack(), "Default", METADATA_SERVICE))).toEqual([
      "api: aws_api_gateway_rest_api.this",
      "apiKey: aws_api_gateway_api_key.this",
      "apiStage: aws_api_gateway_stage.this",
      "cluster: aws_ecs_cluster.this",
      "listener: aws_lb_listener.this",
      "loadBalancer: aws_lb.this",
      "logGroup: aws_cloudwatch_log_group.this",
      "migrationFunction: aws_lambda_function.db_migrate_lambda",
      "migrationListener: aws_lb_listener.db_migrate",
      "migrationRole: aws_iam_role.lambda_ecs_execute_role",
      "migrationTargetGroup: aws_lb_target_group.db_migrate",
      "securityGroup: aws_security_group.metadata_service_security_group",
      "service: aws_ecs_service.this",
      "targetGroup: aws_lb_target_group.this",
      "taskDefinition: aws_ecs_task_definition.this",
      "taskRole: aws_iam_role.metadata_svc_ecs_task_role",
      "vpcLink: aws_api_gateway_vpc_link.this",
    ]);
  });

  test("a whole deployment", () => {
    const { metaflow } = new MetaflowStack(new RootConstruct(), "metaflow");
    expect(resourcesOf(metaflow)).toEqual([
      "executionRole: aws_iam_role.execution_role_this",
      "jobRole: aws_iam_role.job_role_this",
      "subnets: aws_subnet.network_subnet1",
      "subnets: aws_subnet.network_subnet2",
      "vpc: aws_vpc.network_this",
    ]);
    expect(metaflow.datastore).toBeInstanceOf(Datastore);
    expect(metaflow.metadataService).toBeInstanceOf(MetadataService);
    expect(resourcesOf(metaflow.userRole)).toEqual(["role: aws_iam_role.user_role_this"]);
  });
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
