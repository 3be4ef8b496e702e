import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformVariable } from "cdktf";
import { Datastore } from "../../modules/datastore";
import { MetadataService } from "../../modules/metadata-service";
import type { MetaflowStackProps } from "../../modules/metaflow/stack";
import { project } from "../support/app-folder";
import { emulatedStack, stackRoot } from "../support/app-stack";
import { askAws, freshAccount, noteCalls, notedCalls, type AwsCall } from "../support/emulated-aws";
import { deployerCall } from "../support/deployer-calls";
import { dependentCalls } from "../support/deployer-dependents";
import { deployerPolicies, ownPartsPolicy } from "../support/deployer-policies";
import { attributes, TASK } from "../support/hardened";
import { judge, type Call } from "../support/iam";
import { DATASTORE, METADATA_SERVICE } from "../support/samples";
import { synthesized } from "../support/synth";
import { changesOf, terraformRoot, type Plan, type TerraformRoot } from "../support/terraform-root";

// What an organization brings of its own (docs/bring-your-own.md), with the real provider.

const account = freshAccount();
const BUCKET = "acme-data";
const BOUNDARY = "arn:aws:iam::123456789012:policy/metaflow-boundary";

/** Makes something by an API in JSON. */
async function make(service: string, target: string, parameters: object): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  const { status, body } = await askAws({ service, account, headers, body: JSON.stringify(parameters) });
  if (status !== 200) throw new Error(`${target} is answered by ${String(status)}: ${body}`);
  return JSON.parse(body) as Record<string, unknown>;
}

const s3 = (path: string, method = "GET", body?: string) => askAws({ service: "s3", account, path, method, body });
const rds = (parameters: string) =>
  askAws({
    service: "rds",
    account,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `Version=2014-10-31&${parameters}`,
  });
const OREGON =
  "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";

/** The organization's own key, bucket, database and secret. */
async function organization() {
  const { KeyMetadata: key } = (await make("kms", "TrentService.CreateKey", {})) as { KeyMetadata: { Arn: string } };
  await s3(`/${BUCKET}`, "PUT", OREGON);
  await s3(`/${BUCKET}/metaflow/artifact`, "PUT", "of a flow");
  const secret = await make("secretsmanager", "secretsmanager.CreateSecret", {
    Name: "acme/database",
    SecretString: JSON.stringify({ username: "flows", password: "hush" }),
  });
  await rds(
    "Action=CreateDBInstance&DBInstanceIdentifier=acme&Engine=postgres&DBInstanceClass=db.t4g.small&AllocatedStorage=20" +
      "&MasterUsername=flows&MasterUserPassword=hushhush&DBName=flows",
  );
  return { keyArn: key.Arn, secretArn: String(secret.ARN) };
}

/** How what was brought is. */
async function theirs(): Promise<string[]> {
  const answers = await Promise.all([
    s3(`/${BUCKET}/metaflow/artifact`),
    ...[
      "versioning",
      "lifecycle",
      "policy",
      "encryption",
      "notification",
      "logging",
      "tagging",
      "publicAccessBlock",
    ].map((what) => s3(`/${BUCKET}?${what}`)),
    rds("Action=DescribeDBInstances&DBInstanceIdentifier=acme"),
  ]);
  return answers.map(
    ({ status, body }) => `${String(status)} ${body.replace(/<(RequestId|LatestRestorableTime)>.*?<\/\1>/g, "")}`,
  );
}

describe("a deployment with a key, a bucket and a database of its organization's", () => {
  let root: TerraformRoot;
  let own: Awaited<ReturnType<typeof organization>>;
  let before: string[] = [];
  let after: string[] = [];
  let left: string[] = [];
  let again: string[] = [];
  let calls: readonly AwsCall[] = [];
  let definition = "";
  let refused = "";
  let target: Readonly<Record<string, unknown>> = {};
  let url: unknown;
  let parameter: Readonly<Record<string, unknown>> = {};

  beforeAll(async () => {
    own = await organization();
    const options: MetaflowStackProps["options"] = {
      kmsKeyArn: own.keyArn,
      existingBucketArn: `arn:aws:s3:::${BUCKET}`,
      existingDatabase: {
        address: "acme.example",
        port: 5433,
        name: "flows",
        username: "flows",
        passwordSecretArn: `${own.secretArn}:password::`,
      },
      parameterPath: "/metaflow/prod",
      restApi: "private",
      rolePath: "/metaflow-platform/",
      taskScaling: { min: 2, max: 4 },
      compute: false,
    };
    const variables = { permissions_boundary_arn: BOUNDARY };
    root = stackRoot({ account, variables }, { options });
    before = await theirs();
    await root.init();
    const wrong = ["s3_bucket_name=other", "force_destroy_s3_bucket=true", "db_engine=aurora-postgresql"];
    refused = (await root.run(["plan", "-no-color", ...wrong.map((each) => `-var=${each}`)], [1])).stderr;
    await noteCalls(account);
    await root.apply();
    again = await root.changes();
    definition = String((await attributes(root, TASK)).container_definitions);
    target = await attributes(root, "aws_appautoscaling_target.metadata_service_tasks");
    url = await root.output("METAFLOW_SERVICE_URL");
    parameter = await attributes(root, "aws_ssm_parameter.parameters_service_auth_key[0]");
    await root.apply("-var=deletion_protection=false");
    await root.destroy("-var=deletion_protection=false");
    calls = await notedCalls(account);
    after = await theirs();
    left = await root.addresses();
  });

  test("has nothing to do after its apply, and nothing left after its destroy", () => {
    expect(again).toEqual([]);
    expect(left).toEqual([]);
  });

  test("leaves the bucket, its object and the database as they were", () => {
    expect(before[0]).toBe("200 of a flow");
    expect(before.at(-1)).toContain("<DBInstanceIdentifier>acme</DBInstanceIdentifier>");
    expect(after).toEqual(before);
    const touching = calls.filter(({ service }) => ["s3", "rds"].includes(service));
    expect(touching.map(({ operation }) => operation)).toEqual([]);
    expect(calls.filter(({ operation }) => /Key(Deletion|Policy|Rotation)$|CreateKey/.test(operation))).toEqual([]);
  });

  test("connects to that database with the password of that secret", () => {
    expect(JSON.parse(definition)).toMatchObject([
      {
        environment: expect.arrayContaining([
          { name: "MF_METADATA_DB_HOST", value: "acme.example" },
          { name: "MF_METADATA_DB_PORT", value: "5433" },
          { name: "MF_METADATA_DB_NAME", value: "flows" },
        ]) as unknown,
        secrets: [{ name: "MF_METADATA_DB_PSWD", valueFrom: `${own.secretArn}:password::` }],
      },
    ]);
  });

  test("scales its tasks and has a private API with the name of its VPC endpoint", () => {
    expect(target).toMatchObject({
      min_capacity: 2,
      max_capacity: 4,
      resource_id: "service/metaflow-prod/metaflow-metadata-service-prod",
    });
    expect(url).toMatch(/^https:\/\/[a-z0-9]+-vpce-[0-9a-f]+\.execute-api\.us-west-2\.amazonaws\.com\/api\/$/);
  });

  test("encrypts the API key in Systems Manager with that key", () => {
    expect(parameter).toMatchObject({ type: "SecureString", key_id: own.keyArn });
  });

  test.each([
    's3_bucket_name is "other", which would have no effect',
    "force_destroy_s3_bucket is true, which would have no effect",
    'db_engine is "aurora-postgresql", which would have no effect',
  ])("is refused by a plan where %s", (message) => {
    expect(inOneLine(refused)).toContain(message);
  });

  describe("docs/deployer-policy.md", () => {
    const asked = () => {
      const deployment = { account, region: "us-west-2", tag: "metaflow-/-prod", boundary: BOUNDARY };
      return calls
        .flatMap((call) => [deployerCall(call, deployment), ...dependentCalls(call, deployment)])
        .map((call) => ({
          ...call,
          resource: String(call.resource ?? "*").replace("role/metaflow-platform/", "role/"),
        }));
    };
    const name = ({ action, resource }: Call) => `${action} on ${String(resource)}`;
    const addition = () => ownPartsPolicy(account, own.keyArn);

    test("allows each of its calls with the addition", () => {
      const denied = asked().filter(
        (call) => judge([...deployerPolicies(account, true), addition()], call) !== "allowed",
      );
      expect([...new Set(denied.map(name))]).toEqual([]);
      expect(calls.length).toBeGreaterThan(500);
    });

    test("adds nothing that none of them needs", () => {
      const granted = [addition().Statement].flat().flatMap(({ Action: some = [] }) => some);
      const made: readonly AwsCall[] = [
        { service: "rds", operation: "CreateDBInstance", parameters: {} },
        { service: "secretsmanager", operation: "PutSecretValue", parameters: {} },
      ];
      const deployment = { account, region: "us-west-2", tag: "metaflow-/-prod", boundary: BOUNDARY };
      // A database that is made with the key, and its secret, need the key.
      const needed = [...asked(), ...made.flatMap((call) => dependentCalls(call, deployment))];
      const unused = granted.filter((Action) => {
        const alone = { Statement: { Effect: "Allow" as const, Action, Resource: "*" } };
        return !needed.some((call) => judge([alone], call) === "allowed");
      });
      expect(unused).toEqual([]);
    });
  });
});

/** Terraform's words without its line breaks. */
const inOneLine = (text: string) => text.replace(/\s*\n[│ ]*/g, " ");

/** What is planned of a resource. */
const planned = ({ resource_changes: changes = [] }: Plan, address: string) =>
  changes.find((change) => change.address === address)?.change.after ?? undefined;

describe("a plan", () => {
  const variables = {
    vpc_id: "vpc-1",
    subnet1_id: "subnet-1",
    subnet2_id: "subnet-2",
    vpc_cidr_blocks: ["10.0.0.0/16"],
  };
  const apart = stackRoot(
    { variables },
    {
      options: {
        databaseSubnetIds: ["subnet-d1", "subnet-d2", "subnet-d3"],
        desiredTasks: 3,
        jobSecurityGroupIds: ["sg-j1"],
        jobSubnetIds: ["subnet-j1", "subnet-j2"],
        loadBalancerSubnetIds: ["subnet-l1", "subnet-l2", "subnet-l3"],
        multiAz: false,
        restApi: "none",
        storage: { size: 100, limit: 500, type: "gp3" },
        taskSubnetIds: ["subnet-t1", "subnet-t2", "subnet-t3"],
      },
    },
  );
  const serverless = stackRoot(
    { variables: { db_engine: "aurora-postgresql" } },
    { options: { dashboard: true, serverlessCapacity: { min: 0, max: 4, secondsUntilAutoPause: 600 } } },
  );
  /** Constructs by themselves, whose checks are local values. */
  const constructs = terraformRoot(
    synthesized((stack) => {
      const { stringValue: dbEngine } = new TerraformVariable(stack, "engine", { default: "aurora-postgresql" });
      const { numberValue: max } = new TerraformVariable(stack, "max", { type: "number", default: 1 });
      new Datastore(stack, "store", {
        ...DATASTORE,
        dbEngine,
        dbInstanceType: "db.r6g.large",
        storage: { type: "gp3" },
      });
      const props = { ...METADATA_SERVICE, taskScaling: { min: 2, max } };
      new MetadataService(stack, "service", props);
    }) as Record<string, unknown>,
  );
  let plans: { readonly apart: Plan; readonly serverless: Plan };
  let refused = "";
  let refusedConstructs = "";

  beforeAll(async () => {
    plans = { apart: await apart.plan(), serverless: await serverless.plan() };
    const wrong = ["-var=db_engine=postgres", "-var=db_engine_version=16.2"];
    refused = (await serverless.run(["plan", "-no-color", ...wrong], [1])).stderr;
    await constructs.init();
    refusedConstructs = (await constructs.run(["plan", "-no-color"], [1])).stderr;
  });

  test.each([
    "it must be left out, or db_engine be postgres: an Aurora cluster has storage of its own",
    "taskScaling.min, 2, must not be greater than max, 1.",
  ])("of constructs is refused where %s", (message) => {
    expect(inOneLine(refusedConstructs)).toContain(message);
  });

  test.each<[string, object]>([
    ["aws_db_instance.datastore_this[0]", { allocated_storage: 100, max_allocated_storage: 500, storage_type: "gp3" }],
    ["aws_db_instance.datastore_this[0]", { multi_az: false }],
    ["aws_db_subnet_group.datastore_this", { subnet_ids: ["subnet-d1", "subnet-d2", "subnet-d3"] }],
    ["aws_lb.metadata_service_this", { subnets: ["subnet-l1", "subnet-l2", "subnet-l3"] }],
    ["aws_ecs_service.metadata_service_this", { desired_count: 3 }],
    [
      "aws_ecs_service.metadata_service_this",
      { network_configuration: [{ subnets: ["subnet-t1", "subnet-t2", "subnet-t3"] }] },
    ],
    [
      "aws_lambda_function.metadata_service_db_migrate_lambda",
      { vpc_config: [{ subnet_ids: ["subnet-t1", "subnet-t2", "subnet-t3"] }] },
    ],
    ["aws_batch_compute_environment.compute_this", { compute_resources: [{ subnets: ["subnet-j1", "subnet-j2"] }] }],
    // The deployment's own group is known after the apply.
    ["aws_launch_template.compute_this", { network_interfaces: [{ device_index: 0 }] }],
  ])("has %s with %j", (address, expected) => {
    expect(planned(plans.apart, address)).toMatchObject(expected);
  });

  test("has no REST API, and no key in the profile", () => {
    expect(changesOf(plans.apart).filter((change) => change.includes("api_gateway"))).toEqual([]);
    expect(plans.apart.planned_values).toMatchObject({
      outputs: { METAFLOW_SERVICE_AUTH_KEY: { value: "" }, api_gateway_rest_api_id_key_id: { value: "" } },
    });
  });

  test("has an Aurora cluster of Serverless v2", () => {
    expect(planned(plans.serverless, "aws_rds_cluster.datastore_this[0]")).toMatchObject({
      serverlessv2_scaling_configuration: [{ min_capacity: 0, max_capacity: 4, seconds_until_auto_pause: 600 }],
    });
    expect(planned(plans.serverless, "aws_rds_cluster_instance.datastore_cluster_instances[0]")).toMatchObject({
      instance_class: "db.serverless",
    });
  });

  test("has a dashboard of that cluster", () => {
    expect(planned(plans.serverless, "aws_cloudwatch_dashboard.dashboard_this")).toMatchObject({
      dashboard_name: "metaflow-dashboard-prod",
    });
  });

  test.each([
    'serverlessCapacity is given and db_engine is "postgres"; it must be aurora-postgresql.',
    'serverlessCapacity.min is 0 and db_engine_version is "16.2"; it must be a version that can pause',
  ])("is refused where %s", (message) => {
    expect(inOneLine(refused)).toContain(message);
  });
});

describe("a deployment that has made its bucket", () => {
  const root = stackRoot();
  const targets = ["aws_s3_bucket.datastore_this", "aws_s3_bucket_policy.datastore_this", "terraform_data.inputs_this"];
  const targeted = targets.map((address) => `-target=${address}`);
  let refused = "";
  let kept: readonly string[] = [];
  let changes: readonly string[] = [];

  beforeAll(async () => {
    await root.apply(...targeted);
    const { arn } = await attributes(root, "aws_s3_bucket.datastore_this");
    const { arn: keyArn } = await attributes(root, "aws_kms_key.datastore_s3");
    const options = { existingBucketArn: String(arn), bucketKmsKeyArn: String(keyArn) };
    root.write(emulatedStack({ options }));
    await root.init();
    refused = (await root.run(["plan", "-no-color"], [1])).stderr;
    // As docs/bring-your-own.md has it.
    const [, pattern = "", replace = ""] = commands("bucket");
    kept = (await root.addresses()).filter((address) => new RegExp(pattern).test(address));
    await root.run(["state", "rm", ...kept]);
    changes = await root.changes(replace);
  });

  test("refuses another one, which would leave its objects behind", () => {
    expect(inOneLine(refused)).toContain('existing_bucket_arn cannot change from "" to');
    expect(inOneLine(refused)).toContain("Terraform would destroy the bucket that it made");
  });

  test("keeps it and its key once Terraform has forgotten them", () => {
    expect(kept).toEqual([
      "aws_kms_key.datastore_s3",
      "aws_s3_bucket.datastore_this",
      "aws_s3_bucket_policy.datastore_this",
    ]);
    expect(changes.filter((change) => change.includes("delete"))).toEqual([
      "terraform_data.inputs_this: delete+create",
    ]);
    expect(changes.filter((change) => /aws_s3_|datastore_s3/.test(change))).toEqual([]);
  });
});

/** The commands by which docs/bring-your-own.md has Terraform forget what it made: a pattern of addresses, and what is replaced. */
function commands(what: "bucket" | "database"): string[] {
  const text = readFileSync(join(project, "docs", "bring-your-own.md"), "utf8");
  const found = [...text.matchAll(/terraform state rm \$\(terraform state list \| grep -E '(.*)'\) *# the (\w+)/g)];
  const [, pattern = ""] = found.find(([, , thing]) => thing === what) ?? [];
  const [, replace = ""] = /terraform apply (-replace=\S+)/.exec(text) ?? [];
  return ["", pattern, replace];
}
