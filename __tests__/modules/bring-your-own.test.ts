import { TerraformOutput, TerraformVariable, type TerraformStack } from "cdktf";
import { Computation } from "../../modules/computation";
import { CustomRole } from "../../modules/custom-role";
import { Datastore, type DatastoreProps } from "../../modules/datastore";
import { MetadataService, type MetadataServiceProps } from "../../modules/metadata-service";
import { Metaflow, type MetaflowProps } from "../../modules/metaflow";
import { Notebook } from "../../modules/notebook";
import { StepFunctions } from "../../modules/step-functions";
import { Ui } from "../../modules/ui";
import { stackConfiguration } from "../support/app-stack";
import { CONSTRUCTS } from "../support/any-construct";
import { DATASTORE, METADATA_SERVICE } from "../support/samples";
import { addresses, synthesized, type Configuration } from "../support/synth";

// What an organization brings of its own (docs/bring-your-own.md).

const KEY = "arn:aws:kms:us-west-2:123456789012:key/0a1b2c3d";
const OTHER_KEY = "arn:aws:kms:us-west-2:123456789012:key/4e5f6a7b";
const BUCKET = "arn:aws:s3:::acme-data";
const SECRET = "arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-0a1b";
const DATABASE = { address: "db.acme.example", username: "metaflow", passwordSecretArn: `${SECRET}:password::` };
const VPC = { vpcId: "vpc-1", subnet1Id: "subnet-1", subnet2Id: "subnet-2" };
const SUBNETS = ["subnet-a", "subnet-b", "subnet-c"];

const datastore = (props: Partial<DatastoreProps>) =>
  synthesized((stack) => new Datastore(stack, "Default", { ...DATASTORE, ...props }));
const service = (props: Partial<MetadataServiceProps>) =>
  synthesized((stack) => new MetadataService(stack, "Default", { ...METADATA_SERVICE, ...props }));
const metaflow = (props: MetaflowProps, id = "Default") => synthesized((stack) => new Metaflow(stack, id, props));

function block({ resource, data }: Configuration, address: string): Record<string, unknown> | undefined {
  const [type = "", name = ""] = address.replace(/^data[.]/, "").split(".");
  return (address.startsWith("data.") ? data : resource)?.[type]?.[name];
}

/** The types that one configuration has and another one has not. */
const typesWithout = (before: Configuration, after: Configuration) =>
  Object.keys(before.resource ?? {}).filter((type) => !(type in (after.resource ?? {})));

describe("a key", () => {
  const configuration = metaflow({ kmsKeyArn: KEY });

  test("takes the place of every key of the deployment's own", () => {
    expect(typesWithout(metaflow({}), configuration)).toEqual(["aws_kms_key"]);
    expect(JSON.stringify(configuration)).not.toContain("aws_kms_key.");
  });

  test.each<[string, object]>([
    [
      "aws_s3_bucket.datastore_this",
      {
        server_side_encryption_configuration: {
          rule: { apply_server_side_encryption_by_default: { kms_master_key_id: KEY } },
        },
      },
    ],
    ["aws_db_instance.datastore_this", { kms_key_id: KEY, performance_insights_kms_key_id: KEY }],
    ["aws_secretsmanager_secret.database_password_this", { kms_key_id: KEY }],
    ["aws_cloudwatch_log_group.metadata_service_this", { kms_key_id: KEY }],
    ["aws_cloudwatch_log_group.datastore_rds_postgresql", { kms_key_id: KEY }],
    [
      "aws_dynamodb_table.step_functions_step_functions_state_table",
      { server_side_encryption: { enabled: true, kms_key_arn: KEY } },
    ],
  ])("encrypts %s", (address, expected) => {
    expect(block(configuration, address)).toMatchObject(expected);
  });

  test.each(["job_role_datastore", "job_role_step_functions", "database_password_read"])(
    "is in the policy %s",
    (name) => {
      expect(JSON.stringify(block(configuration, `data.aws_iam_policy_document.${name}`))).toContain(KEY);
    },
  );

  test("encrypts no logs where encryptLogs is false", () => {
    const { resource } = metaflow({ kmsKeyArn: KEY, encryptLogs: false });
    expect(JSON.stringify(resource?.aws_cloudwatch_log_group)).not.toContain("kms_key_id");
  });

  test("of the bucket and of the database may be two, of which one may be the construct's own", () => {
    const { resource } = datastore({ databaseKmsKeyArn: OTHER_KEY });
    expect(Object.keys(resource?.aws_kms_key ?? {})).toEqual(["s3"]);
    expect(resource?.aws_db_instance?.this?.kms_key_id).toBe(OTHER_KEY);
    expect(Object.keys(datastore({ bucketKmsKeyArn: KEY }).resource?.aws_kms_key ?? {})).toEqual(["rds"]);
  });
});

describe("a bucket", () => {
  const own = { existingBucketArn: BUCKET, bucketKmsKeyArn: OTHER_KEY };
  const configuration = metaflow({ ...own, userRolePrincipals: ["arn:aws:iam::123456789012:user/ada"] });

  test("is not made, and nothing of it is changed", () => {
    const found = addresses(configuration).filter((address) => /^aws_s3_|[.]datastore_s3$/.test(address));
    expect(found).toEqual([]);
    expect(block(configuration, "aws_kms_key.datastore_rds")).toBeDefined();
  });

  test.each(["job_role_datastore", "user_role_datastore", "step_functions_step_functions_s3"])(
    "is what the policy %s allows, with its key",
    (name) => {
      const statements = JSON.stringify(block(configuration, `data.aws_iam_policy_document.${name}`));
      expect(statements).toContain(BUCKET);
      expect(statements).toContain(OTHER_KEY);
    },
  );

  test("is denied by presigned requests and without TLS, as one that is made", () => {
    expect(block(configuration, "data.aws_iam_policy_document.job_role_datastore")?.statement).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ sid: "DenyPresigned", resources: [BUCKET, `${BUCKET}/*`] }),
        expect.objectContaining({ sid: "DenyPlainTransport", resources: [BUCKET, `${BUCKET}/*`] }),
      ]),
    );
  });

  test("is in the outputs", () => {
    const outputs = stackConfiguration({ options: own }) as unknown as Configuration;
    const value = (name: string) => outputs.output?.[name]?.value;
    expect(value("s3_bucket_arn")).toBe(BUCKET);
    expect(value("s3_bucket_name")).toBe("acme-data");
    expect(value("METAFLOW_DATASTORE_SYSROOT_S3")).toBe("s3://acme-data/metaflow");
    expect(value("METAFLOW_DATATOOLS_S3ROOT")).toBe("s3://acme-data/data");
    expect(value("datastore_s3_bucket_kms_key_arn")).toBe(OTHER_KEY);
    expect(value("metaflow_profile_json")).toContain("s3://acme-data/metaflow");
  });

  test("may be a resource of the same stack, whose ARN Terraform knows", () => {
    const { resource } = synthesized((stack) => {
      const arn = new TerraformVariable(stack, "arn", {}).stringValue;
      const { METAFLOW_DATASTORE_SYSROOT_S3: databaseName, ...store } = new Datastore(stack, "store", {
        ...DATASTORE,
        existingBucketArn: arn,
        bucketKmsKeyArn: KEY,
      });
      // The URL where the configuration shows it.
      new MetadataService(stack, "Default", { ...METADATA_SERVICE, databaseName, s3BucketArn: store.s3BucketArn });
    });
    const [{ container_definitions: definitions } = {}] = Object.values(resource?.aws_ecs_task_definition ?? {});
    expect(definitions).toContain('"s3://${replace(var.arn, "/^.*:::/", "")}/metaflow"');
  });

  test("has no resource to be read", () => {
    synthesized((stack) => {
      const store = new Datastore(stack, "store", { ...DATASTORE, ...own });
      expect(() => store.bucket.arn).toThrow(
        "stack/store has no aws_s3_bucket.this, whose arn is read here: the bucket is that of existingBucketArn.",
      );
      expect(() => store.bucketKey.arn).toThrow("has no aws_kms_key.s3, whose arn");
    });
  });
});

describe("a database", () => {
  const configuration = metaflow({ existingDatabase: { ...DATABASE, port: 5433, name: "flows" } });

  test("is not made, nor what belongs to one", () => {
    const found = addresses(configuration).filter((address) =>
      /^aws_(db|rds|secretsmanager)_|^random_|monitoring|rds|datastore_database/.test(address),
    );
    expect(found).toEqual([]);
    expect(block(configuration, "aws_s3_bucket.datastore_this")).toBeDefined();
  });

  test("is what the service's task connects to", () => {
    const text = String(block(configuration, "aws_ecs_task_definition.metadata_service_this")?.container_definitions);
    for (const [name, value] of [
      ["HOST", "db.acme.example"],
      ["NAME", "flows"],
      ["PORT", "5433"],
      ["USER", "metaflow"],
    ]) {
      expect(text).toContain(`{ "name" = "MF_METADATA_DB_${name ?? ""}", "value" = "${value ?? ""}" }`);
    }
    expect(text).toContain(`{ "name" = "MF_METADATA_DB_PSWD", "valueFrom" = "${SECRET}:password::" }`);
  });

  test("has a password that the execution role reads, and nobody else", () => {
    const statements = (props: MetaflowProps) =>
      block(metaflow(props), "data.aws_iam_policy_document.database_password_read")?.statement;
    expect(statements({ existingDatabase: DATABASE })).toEqual([
      { sid: "Read", effect: "Allow", actions: ["secretsmanager:GetSecretValue"], resources: [SECRET] },
    ]);
    expect(statements({ existingDatabase: { ...DATABASE, passwordSecretKmsKeyArn: KEY } })).toEqual([
      expect.anything(),
      {
        sid: "Decrypt",
        effect: "Allow",
        actions: ["kms:Decrypt"],
        resources: [KEY],
        condition: [{ test: "StringEquals", variable: "kms:EncryptionContext:SecretARN", values: [SECRET] }],
      },
    ]);
  });

  test("is reached at its port, and at no other", () => {
    const egress = (props: MetaflowProps) =>
      block(metaflow(props), "aws_security_group.metadata_service_metadata_service_security_group")?.egress as {
        from_port: number;
      }[];
    const ports = (props: MetaflowProps) => egress(props).map((rule) => rule.from_port);
    expect(ports({ existingDatabase: { ...DATABASE, port: 5433 } })).toEqual([443, 5433, 8082]);
    expect(ports({ existingDatabase: DATABASE })).toEqual([443, 5432, 8082]);
  });

  test("is what the web interface reads, by the one rule that admits the metadata service", () => {
    const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/1";
    const after = metaflow({ existingDatabase: { ...DATABASE, port: 5433 }, ui: { certificateArn } });
    const definition = JSON.stringify(block(after, "aws_ecs_task_definition.ui_ui_backend"));
    expect(definition).toMatch(/MF_METADATA_DB_PORT.{1,10}5433/);
    expect(definition).toContain(DATABASE.address);
    expect(definition).toContain(DATABASE.passwordSecretArn);
    expect(block(after, "aws_ecs_service.ui_ui_backend")).toMatchObject({
      network_configuration: {
        security_groups: [
          "${aws_security_group.ui_fargate_security_group.id}",
          "${aws_security_group.metadata_service_metadata_service_security_group.id}",
        ],
      },
    });
    expect(JSON.stringify(block(after, "aws_security_group.ui_fargate_security_group"))).toMatch(
      /"description":"The database"[^}]*"from_port":5433/,
    );
  });

  test("goes from one construct to the other by its properties", () => {
    synthesized((stack) => {
      const store = new Datastore(stack, "store", { ...DATASTORE, existingDatabase: { ...DATABASE, port: 5433 } });
      expect(store.rdsMasterInstanceEndpoint).toBe("db.acme.example:5433");
      expect([store.databaseName, store.databaseUsername, store.databasePassword]).toEqual([
        "metaflow",
        "metaflow",
        "",
      ]);
      expect([store.databasePort, store.databasePasswordSecret]).toEqual([5433, `${SECRET}:password::`]);
      expect(() => store.database.endpoint).toThrow("has no aws_db_instance.this");
      expect(() => {
        store.allowFrom({ metadataServiceSecurityGroupId: "sg-1" });
      }).toThrow("the database is that of existingDatabase; a rule of its owner's admits the metadata service.");
    });
  });

  test("has nobody to be admitted by the construct", () => {
    expect(() => datastore({ metadataServiceSecurityGroupId: undefined, existingDatabase: DATABASE })).not.toThrow();
  });
});

describe("the storage of a database", () => {
  test.each<[DatastoreProps["storage"], object]>([
    [undefined, { allocated_storage: 20, max_allocated_storage: 1000, storage_type: "gp2" }],
    [{}, { allocated_storage: 20, max_allocated_storage: 1000, storage_type: "gp2" }],
    [{ type: "gp3" }, { allocated_storage: 20, max_allocated_storage: 1000, storage_type: "gp3" }],
    [
      { size: 100, limit: 110 },
      { allocated_storage: 100, max_allocated_storage: 110 },
    ],
    [
      { size: 2000, limit: 0 },
      { allocated_storage: 2000, max_allocated_storage: 0 },
    ],
  ])("is %j", (storage, expected) => {
    expect(block(datastore({ storage }), "aws_db_instance.this")).toMatchObject(expected);
    expect(block(metaflow({ storage }), "aws_db_instance.datastore_this")).toMatchObject(expected);
  });

  test.each([
    [undefined, true],
    [true, true],
    [false, false],
  ])("multiAz: %s makes a standby: %s", (multiAz, expected) => {
    expect(block(metaflow({ multiAz }), "aws_db_instance.datastore_this")?.multi_az).toBe(expected);
  });
});

describe("Aurora Serverless v2", () => {
  const aurora = { dbEngine: "aurora-postgresql", dbEngineVersion: "16.3" };

  test("has its bounds and its class", () => {
    const configuration = metaflow({ ...aurora, serverlessCapacity: { min: 0.5, max: 4 } });
    expect(block(configuration, "aws_rds_cluster.datastore_this")).toMatchObject({
      engine: "aurora-postgresql",
      serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 4 },
    });
    expect(block(configuration, "aws_rds_cluster_instance.datastore_cluster_instances")?.instance_class).toBe(
      "db.serverless",
    );
  });

  test.each([
    ["13.15", true],
    ["13.14", false],
    ["14.12", true],
    ["14.11", false],
    ["15.7", true],
    ["15.6", false],
    ["16.3", true],
    ["16.2", false],
    ["16", true],
    ["17.4", true],
    ["17", true],
  ])("of %s may pause: %s", (dbEngineVersion, may) => {
    const attempt = () =>
      datastore({
        ...aurora,
        dbEngineVersion,
        serverlessCapacity: { min: 0, max: 1, secondsUntilAutoPause: 600 },
      });
    if (may) {
      expect(block(attempt(), "aws_rds_cluster.this")?.serverlessv2_scaling_configuration).toEqual({
        min_capacity: 0,
        max_capacity: 1,
        seconds_until_auto_pause: 600,
      });
    } else {
      expect(attempt).toThrow(
        `serverlessCapacity.min is 0 and db_engine_version is "${dbEngineVersion}"; it must be a version that can pause`,
      );
    }
  });

  test.each(["11", "13.5", "14.2", "15.1", "16.0"])("is not in %s", (dbEngineVersion) => {
    expect(() => datastore({ ...aurora, dbEngineVersion, serverlessCapacity: { min: 1, max: 2 } })).toThrow(
      `db_engine_version is "${dbEngineVersion}"; it must be a version of Aurora PostgreSQL with Aurora Serverless v2`,
    );
  });
});

describe("the number of tasks", () => {
  const SERVICE = "aws_ecs_service.this";

  test("is one that others may change, or one that Terraform keeps", () => {
    expect(block(service({}), SERVICE)).toMatchObject({
      desired_count: 1,
      lifecycle: { ignore_changes: ["desired_count"] },
    });
    const kept = block(service({ desiredTasks: 3 }), SERVICE);
    expect(kept).toMatchObject({ desired_count: 3 });
    expect(kept).not.toHaveProperty("lifecycle");
  });

  test("follows the load between two bounds", () => {
    const configuration = service({ taskScaling: { min: 2, max: 6 } });
    expect(block(configuration, SERVICE)).toMatchObject({
      desired_count: 2,
      lifecycle: { ignore_changes: ["desired_count"] },
    });
    expect(block(configuration, "aws_appautoscaling_target.tasks")).toMatchObject({
      min_capacity: 2,
      max_capacity: 6,
      resource_id: "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this.name}",
      service_namespace: "ecs",
    });
    expect(block(configuration, "aws_appautoscaling_policy.tasks")).toMatchObject({
      name: "metaflow-metadata-service-cpu-dev",
      target_tracking_scaling_policy_configuration: { target_value: 60 },
    });
  });
});

describe("roles", () => {
  const PATH = "/platform/metaflow/";
  const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
  const types = ["aws_iam_role", "aws_iam_instance_profile"];
  const all = ({ resource = {} }: Configuration) => types.flatMap((type) => Object.values(resource[type] ?? {}));

  test("of a deployment have one path, each of them", () => {
    const roles = all(metaflow({ rolePath: PATH, computeEnvironments: { small: { type: "FARGATE" } } }));
    expect(roles.length).toBeGreaterThan(11);
    expect(roles.map((role) => role.path)).toEqual(roles.map(() => PATH));
  });

  const CLASSES = [Computation.name, CustomRole.name, MetadataService.name, Notebook.name, StepFunctions.name, Ui.name];

  test.each(CONSTRUCTS.filter(({ name }) => CLASSES.includes(name)))(
    "of $name have a path and a boundary",
    ({ construct }) => {
      const made = (more: Record<string, unknown>) =>
        all(synthesized((stack: TerraformStack) => construct(stack, "Default", more)));
      const roles = made({ rolePath: PATH, permissionsBoundaryArn: BOUNDARY });
      expect(roles.length).toBeGreaterThan(0);
      for (const role of roles) expect(role.path).toBe(PATH);
      for (const role of roles.filter((each) => "assume_role_policy" in each)) {
        expect(role.permissions_boundary).toBe(BOUNDARY);
      }
      for (const role of made({})) expect(role).not.toHaveProperty("path");
    },
  );
});

describe("subnets", () => {
  const configuration = metaflow({
    ...VPC,
    databaseSubnetIds: ["subnet-d1", "subnet-d2", "subnet-d3"],
    jobSubnetIds: ["subnet-j1", "subnet-j2"],
    loadBalancerSubnetIds: ["subnet-l1", "subnet-l2", "subnet-l3"],
    taskSubnetIds: ["subnet-t1", "subnet-t2", "subnet-t3"],
  });

  test.each<[string, object]>([
    ["aws_db_subnet_group.datastore_this", { subnet_ids: ["subnet-d1", "subnet-d2", "subnet-d3"] }],
    ["aws_lb.metadata_service_this", { subnets: ["subnet-l1", "subnet-l2", "subnet-l3"] }],
    [
      "terraform_data.metadata_service_load_balancer_subnets",
      { input: { subnetIds: ["subnet-l1", "subnet-l2", "subnet-l3"] } },
    ],
    [
      "aws_ecs_service.metadata_service_this",
      { network_configuration: { subnets: ["subnet-t1", "subnet-t2", "subnet-t3"] } },
    ],
    [
      "aws_lambda_function.metadata_service_db_migrate_lambda",
      { vpc_config: { subnet_ids: ["subnet-t1", "subnet-t2", "subnet-t3"] } },
    ],
    ["aws_batch_compute_environment.compute_this", { compute_resources: { subnets: ["subnet-j1", "subnet-j2"] } }],
  ])("of %s are its own", (address, expected) => {
    expect(block(configuration, address)).toMatchObject(expected);
  });

  test("are those in which the migration function may make network interfaces", () => {
    const name = "lambda_ecs_task_execute_policy_vpc";
    const text = JSON.stringify(block(configuration, `data.aws_iam_policy_document.metadata_service_${name}`));
    for (const id of ["subnet-t1", "subnet-t2", "subnet-t3"]) expect(text).toContain(`:*:subnet/${id}`);
    expect(text).not.toContain("subnet/subnet-1");
    const late = synthesized((stack) => {
      const taskSubnetIds = new TerraformVariable(stack, "subnets", { type: "list(string)" }).listValue;
      new MetadataService(stack, "Default", { ...METADATA_SERVICE, leastPrivilege: true, taskSubnetIds });
    });
    expect(JSON.stringify(block(late, `data.aws_iam_policy_document.${name}`))).toContain("[for id in var.subnets :");
  });
});

describe("the REST API", () => {
  test("is left out, and callers have the load balancer's URL and no key", () => {
    const before = stackConfiguration() as unknown as Configuration;
    const after = stackConfiguration({ options: { restApi: "none" } }) as unknown as Configuration;
    expect(addresses(after).filter((address) => /api_gateway|api_key/.test(address))).toEqual([]);
    expect(typesWithout(before, after).every((type) => type.startsWith("aws_api_gateway_"))).toBe(true);
    const value = (name: string) => after.output?.[name]?.value;
    expect(value("METAFLOW_SERVICE_URL")).toBe("http://${aws_lb.metadata_service_this.dns_name}/");
    expect(value("METAFLOW_SERVICE_URL")).toBe(value("METAFLOW_SERVICE_INTERNAL_URL"));
    expect(value("METAFLOW_SERVICE_AUTH_KEY")).toBe("");
    expect(value("api_gateway_rest_api_id_key_id")).toBe("");
    expect(value("metaflow_profile_json")).not.toContain("METAFLOW_SERVICE_AUTH_KEY");
  });

  const api = { restApi: "private", restApiVpcEndpointIds: ["vpce-1", "vpce-2"] } as const;
  const configuration = service({ ...api, restApiVpcEndpointIds: [...api.restApiVpcEndpointIds], redeployApi: true });

  test("is private: reached by its VPC endpoints and by nothing else", () => {
    expect(block(configuration, "aws_api_gateway_rest_api.this")?.endpoint_configuration).toEqual({
      types: ["PRIVATE"],
      vpc_endpoint_ids: ["vpce-1", "vpce-2"],
    });
    const policy = String(block(configuration, "aws_api_gateway_rest_api_policy.this")?.policy);
    expect(policy).toContain('"StringNotEquals" = { "aws:SourceVpce" = ["vpce-1", "vpce-2"] }');
    expect(policy).toContain('"NotIpAddress" = { "aws:VpcSourceIp" = ["198.51.100.0/24"] }');
    expect(policy).not.toContain('"aws:SourceIp"');
    const { redeployment } = block(configuration, "aws_api_gateway_deployment.this")?.triggers as {
      redeployment: string;
    };
    expect(redeployment).toContain('"vpce-1"');
  });

  test("is private, and has a URL that needs no private DNS", () => {
    const { output } = synthesized((stack) => {
      const { METAFLOW_SERVICE_URL: value } = new MetadataService(stack, "s", {
        ...METADATA_SERVICE,
        restApi: "private",
        restApiVpcEndpointIds: ["vpce-1"],
      });
      new TerraformOutput(stack, "url", { value });
    });
    expect(output?.url?.value).toBe(
      '${replace(aws_api_gateway_stage.s_this.invoke_url, "/^https://([a-z0-9]+)[.]/", "https://$1-vpce-1.")}/',
    );
  });

  test("is private with a VPC endpoint of the deployment's own", () => {
    const own = metaflow({ restApi: "private" });
    expect(block(own, "aws_vpc_endpoint.private_api_this")).toMatchObject({
      vpc_endpoint_type: "Interface",
      private_dns_enabled: false,
    });
    expect(block(own, "aws_security_group.private_api_this")).toMatchObject({ ingress: [{ from_port: 443 }] });
    expect(block(own, "aws_api_gateway_rest_api.metadata_service_this")).toMatchObject({
      endpoint_configuration: { types: ["PRIVATE"], vpc_endpoint_ids: ["${aws_vpc_endpoint.private_api_this.id}"] },
    });
    expect(block(own, "aws_api_gateway_rest_api.metadata_service_this")).not.toHaveProperty("lifecycle");
    const others = metaflow({ restApi: "private", restApiVpcEndpointIds: ["vpce-1"] });
    expect(block(others, "aws_vpc_endpoint.private_api_this")).toBeUndefined();
  });
});

describe("is refused where it contradicts another", () => {
  const refusal = (make: () => unknown): string => {
    try {
      make();
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  const bucket = { existingBucketArn: BUCKET, bucketKmsKeyArn: KEY };
  const aurora = { dbEngine: "aurora-postgresql", dbEngineVersion: "17" };
  const provisioned = { ...aurora, dbInstanceType: "db.r6g.large" };

  test.each<[Partial<DatastoreProps>, string]>([
    [{ existingBucketArn: BUCKET }, "bucketKmsKeyArn is required with existingBucketArn: the ARN of the KMS key"],
    [{ existingBucketArn: "acme", bucketKmsKeyArn: KEY }, "existingBucketArn must be the ARN of a bucket"],
    [
      { ...bucket, s3BucketName: "other", forceDestroyS3Bucket: true, requireTls: true },
      "forceDestroyS3Bucket, s3BucketName, requireTls and existingBucketArn are both given; they must be left out: a bucket that is " +
        "there is not changed.",
    ],
    [
      { existingDatabase: DATABASE, dbName: "flows" },
      "dbName and existingDatabase are both given; it must be left out: no database is made, and the one that is there is not changed.",
    ],
    [
      { existingDatabase: DATABASE, deletionProtection: true },
      "deletionProtection and existingDatabase are both given",
    ],
    [{ existingDatabase: { ...DATABASE, address: "db:5432" } }, "existingDatabase.address must be the name or address"],
    [{ existingDatabase: { ...DATABASE, port: 0 } }, "existingDatabase.port must be a whole number from 1 to 65535"],
    [
      { existingDatabase: { ...DATABASE, passwordSecretArn: `${SECRET}:password` } },
      "existingDatabase.passwordSecretArn must be the ARN of a secret of Secrets Manager without a wildcard",
    ],
    [{ storage: { size: 19 } }, "storage.size must be a whole number from 20 to 65536; received 19."],
    [{ storage: { limit: 21 } }, "storage.limit must be a whole number from 22 to 65536, or 0; received 21."],
    [{ storage: { type: "io1" as never } }, 'storage.type must be one of gp2, gp3; received "io1".'],
    [
      { storage: { size: 100, limit: 109 } },
      "storage.limit, 109, must be 0 or 10 % more at least than storage.size, 100.",
    ],
    [{ storage: { size: 1000 } }, "storage.limit, 1000, must be 0 or 10 % more at least than storage.size, 1000."],
    [{ ...provisioned, storage: {} }, 'storage is given and db_engine is "aurora-postgresql"; it must be left out'],
    [{ ...provisioned, multiAz: false }, 'multiAz is given and db_engine is "aurora-postgresql"; it must be left out'],
    [{ serverlessCapacity: { min: 1, max: 2 } }, 'db_engine is "postgres"; it must be aurora-postgresql.'],
    [
      { ...aurora, serverlessCapacity: { min: 1, max: 2 }, dbInstanceType: "db.r6g.large" },
      'dbInstanceType, "db.r6g.large", and serverlessCapacity are both given; one of them must be left out',
    ],
    [
      { ...aurora, serverlessCapacity: { min: 0.7, max: 2 } },
      "serverlessCapacity.min must be a number of ACUs from 0 to 256, in steps of 0.5; received 0.7.",
    ],
    [{ ...aurora, serverlessCapacity: { min: 0, max: 0.5 } }, "serverlessCapacity.max must be a number of ACUs from 1"],
    [
      { ...aurora, serverlessCapacity: { min: 4, max: 2 } },
      "serverlessCapacity.min, 4, must not be greater than max, 2.",
    ],
    [
      { ...aurora, serverlessCapacity: { min: 1, max: 2, secondsUntilAutoPause: 300 } },
      "serverlessCapacity.secondsUntilAutoPause is given and min is 1; it must be left out, or min be 0",
    ],
    [{ databaseSubnetIds: ["subnet-1"] }, "databaseSubnetIds must be a list of the ids of two subnets at least"],
    [{ databaseSubnetIds: ["subnet-1", "subnet-1"] }, "none of them twice"],
    [{ databaseKmsKeyArn: "alias/rds" }, "databaseKmsKeyArn must be the ARN of a KMS key"],
  ])("Datastore: %j", (props, message) => {
    expect(refusal(() => datastore(props))).toContain(message);
  });

  test.each<[Partial<MetadataServiceProps>, string]>([
    [
      { desiredTasks: 2, taskScaling: { min: 1, max: 2 } },
      "desiredTasks, 2, and taskScaling are both given; one of them must be left out",
    ],
    [{ desiredTasks: 0 }, "desiredTasks must be a whole number from 1 to 5000; received 0."],
    [{ taskScaling: { min: 3, max: 2 } }, "taskScaling.min, 3, must not be greater than max, 2."],
    [
      { taskScaling: { min: 1, max: 2, cpuPercent: 5 } },
      "taskScaling.cpuPercent must be a whole number from 10 to 100",
    ],
    [{ restApi: "private" }, 'restApiVpcEndpointIds is required where restApi is "private"'],
    [
      { restApiVpcEndpointIds: ["vpce-1"] },
      'restApiVpcEndpointIds is given and restApi is "public"; it must be left out',
    ],
    [
      { restApi: "private", restApiVpcEndpointIds: [] },
      "restApiVpcEndpointIds must be a list, each item the id of a VPC",
    ],
    [{ restApi: "none" }, 'access_list_cidr_blocks is ["198.51.100.0/24"] and restApi is "none"; it must be empty'],
    [
      { restApi: "none", accessListCidrBlocks: [], apiLogs: { enabled: true } },
      'apiLogs is given and restApi is "none"; it must be left out: there is no REST API.',
    ],
    [{ taskSubnetIds: ["subnet-1"] }, "taskSubnetIds must be a list of the ids of two subnets at least"],
    [{ rolePath: "platform" }, "rolePath must be a path that begins and ends with a slash"],
  ])("MetadataService: %j", (props, message) => {
    expect(refusal(() => service(props))).toContain(message);
  });

  test.each<[MetaflowProps, string]>([
    [{ existingBucketArn: BUCKET }, "bucketKmsKeyArn is required with existingBucketArn"],
    [{ bucketKmsKeyArn: KEY }, "bucketKmsKeyArn is given without existingBucketArn; it must be left out."],
    [
      { ...bucket, s3BucketName: "other" },
      's3_bucket_name is "other", which would have no effect: existingBucketArn names a bucket that is not changed. It must be left out ("").',
    ],
    [{ ...bucket, forceDestroyS3Bucket: true }, "force_destroy_s3_bucket is true, which would have no effect"],
    [{ ...bucket, noncurrentVersionDays: 7 }, "noncurrent_version_days is 7, which would have no effect"],
    [
      { existingDatabase: DATABASE, dbInstanceType: "db.r6g.large" },
      'db_instance_type is "db.r6g.large", which would have no effect: existingDatabase names a database that is not changed. It must be ' +
        'left out ("db.t4g.small").',
    ],
    [{ existingDatabase: DATABASE, databasePasswordVersion: 2 }, "database_password_version is 2, which would have no"],
    [
      { existingDatabase: DATABASE, dbParameters: { a: "b" } },
      'db_parameters is {"a":"b"}, which would have no effect',
    ],
    [
      { existingDatabase: DATABASE, storage: {} },
      "storage and existingDatabase are both given; storage must be left out",
    ],
    [
      { existingDatabase: { address: "db", username: "u" } as never },
      "existingDatabase.passwordSecretArn is required.",
    ],
    [
      { existingDatabase: DATABASE, databasePasswordMode: "write-only" },
      'databasePasswordMode is "write-only" and existingDatabase is given; it must be left out',
    ],
    [{ restApi: "none", apiBurst: 5 }, 'api_burst is 5, which would have no effect: restApi is "none".'],
    [{ taskSubnetIds: SUBNETS }, "taskSubnetIds is given and vpc_id is empty; vpc_id must be the id of the VPC"],
    [{ ...VPC, jobSubnetIds: SUBNETS, compute: false }, "jobSubnetIds is given and compute is false"],
    [
      { ...bucket, movedFrom: { datastore: "module.store" } },
      "movedFrom.datastore and existingBucketArn are both given; one of them must be left out",
    ],
    [{ kmsKeyArn: KEY, movedFrom: { datastore: "module.store" } }, "movedFrom.datastore and kmsKeyArn are both given"],
  ])("Metaflow: %j", (props, message) => {
    expect(refusal(() => metaflow(props))).toContain(message);
  });

  test.each<MetaflowProps>([
    { ...bucket, bucketVersioning: false, forceDestroyS3Bucket: false },
    { existingDatabase: DATABASE, monitoringInterval: 0, backupRetentionDays: 0, performanceInsights: false },
    { restApi: "none", apiBasicAuth: false, apiAccessLogs: false },
  ])("but not where a setting turns off what there is not: %j", (props) => {
    expect(refusal(() => metaflow(props))).toBe("");
  });

  test("and by a plan where Terraform alone knows a setting", () => {
    const { resource } = stackConfiguration({
      options: { ...bucket, existingDatabase: DATABASE, restApi: "none" },
    }) as unknown as Configuration;
    const { precondition } = resource?.terraform_data?.inputs_this?.lifecycle as {
      precondition: { error_message: string }[];
    };
    const messages = precondition.map(({ error_message: message }) => message);
    for (const name of ["s3_bucket_name", "force_destroy_s3_bucket", "db_engine", "db_name", "api_burst"]) {
      expect(
        messages.filter((message) => message.startsWith(`${name} is \${jsonencode(var.${name})}, which`)),
      ).toHaveLength(1);
    }
  });
});

describe("what a deployment has made stays", () => {
  test.each<[MetaflowProps, string, string]>([
    [{ existingBucketArn: BUCKET, bucketKmsKeyArn: KEY }, "existing_bucket_arn", BUCKET],
    [{ existingDatabase: DATABASE }, "existing_database", "db.acme.example:5432"],
    [{ kmsKeyArn: KEY }, "kms_key_arn", KEY],
  ])("%j", (props, name, value) => {
    const guard = block(metaflow(props), "terraform_data.inputs_this");
    expect(guard?.input).toMatchObject({ [name]: value });
    const { postcondition } = guard?.lifecycle as { postcondition: { condition: string; error_message: string }[] };
    // A deployment that was made without it has noted nothing.
    const found = postcondition.filter(({ condition }) => condition.includes(`self.output.${name},`));
    expect(found).toEqual([
      {
        condition: `\${try(self.output.${name}, "") == "${value}"}`,
        error_message: expect.stringMatching(`^${name} cannot change from .*docs/operations.md says`) as string,
      },
    ]);
  });
});
