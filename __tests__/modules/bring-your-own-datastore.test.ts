import { TerraformVariable } from "cdktf";
import { Datastore, type DatastoreProps } from "../../modules/datastore";
import { MetadataService } from "../../modules/metadata-service";
import type { MetaflowProps } from "../../modules/metaflow";
import { stackConfiguration } from "../support/app-stack";
import { DATASTORE, METADATA_SERVICE } from "../support/samples";
import { addresses, synthesized, type Configuration } from "../support/synth";
import { KEY, OTHER_KEY, BUCKET, SECRET, DATABASE, datastore, metaflow, typesWithout } from "../support/bring-your-own";
import { block } from "../support/blocks";

// What an organization brings of its own for the datastore (docs/bring-your-own.md).

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
    expect(definition).toMatch(/MF_METADATA_DB_PORT[^}]{1,40}5433/);
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
