import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DatastoreProps } from "../../modules/datastore";
import type { MetadataServiceProps } from "../../modules/metadata-service";
import type { MetaflowProps } from "../../modules/metaflow";
import { project } from "../support/app-folder";
import { stackConfiguration } from "../support/app-stack";
import { addresses, type Configuration } from "../support/synth";
import { KEY, BUCKET, SECRET, DATABASE, VPC, SUBNETS, datastore, service, metaflow } from "../support/bring-your-own";
import { block } from "../support/blocks";

// What an organization brings of its own (docs/bring-your-own.md), where it contradicts something else or what was made before.

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
    [
      { ...provisioned, serverlessCapacity: { min: 1, max: 2 } },
      'db_instance_type is "db.r6g.large", which would have no effect: serverlessCapacity makes',
    ],
    [{ restApi: "none", apiBurst: 5 }, 'api_burst is 5, which would have no effect: restApi is "none".'],
    [{ taskSubnetIds: SUBNETS }, "taskSubnetIds is given and vpc_id is empty; vpc_id must be the id of the VPC"],
    [
      { ui: { certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1", loadBalancerSubnetIds: SUBNETS } },
      "ui.loadBalancerSubnetIds is given and vpc_id is empty; vpc_id must be the id of the VPC",
    ],
    [{ ...VPC, jobSubnetIds: SUBNETS, compute: false }, "jobSubnetIds is given and compute is false"],
    [{ jobSecurityGroupIds: ["sg-1"], compute: false }, "jobSecurityGroupIds is given and compute is false"],
    [{ jobSecurityGroupIds: [] }, "jobSecurityGroupIds must be"],
    [{ jobSecurityGroupIds: ["sg-1", "sg-1"] }, "jobSecurityGroupIds must be"],
    [{ jobSecurityGroupIds: ["subnet-1"] }, "jobSecurityGroupIds must be"],
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

describe("what docs/bring-your-own.md has Terraform forget is what is made no longer", () => {
  test.each<[string, MetaflowProps]>([
    ["bucket", { existingBucketArn: BUCKET, bucketKmsKeyArn: KEY }],
    ["database", { existingDatabase: DATABASE }],
  ])("of a %s", (what, props) => {
    const text = readFileSync(join(project, "docs", "bring-your-own.md"), "utf8");
    const commands = text.matchAll(/terraform state rm \$\(terraform state list \| grep -E '(.*)'\) +# the (\w+)/g);
    const [, pattern = ""] = [...commands].find(([, , thing]) => thing === what) ?? [];
    expect(pattern).not.toBe("");
    // Every setting is a variable, so that nothing is left out that some settings bring.
    const managed = (options: MetaflowProps) =>
      addresses(stackConfiguration({ options }) as unknown as Configuration).filter(
        (each) => !each.startsWith("data."),
      );
    const [before, after] = [managed({}), managed(props)];
    const gone = before.filter((address) => !after.includes(address));
    // What exists in the state alone goes with the plan.
    const forgotten = gone.filter((address) => !address.startsWith("terraform_data."));
    const isMatched = (address: string) => new RegExp(pattern).test(address);
    expect(gone.filter(isMatched)).toEqual(forgotten);
    expect(forgotten.length).toBeGreaterThan(6);
    // The policy by which the password is read has the same address in both.
    expect(after.filter(isMatched)).toEqual([]);
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
