import { askAws, noteCalls, notedCalls, type AwsCall } from "../support/emulated-aws";
import { MetaflowClient } from "../support/metaflow-client";
import { stackRoot } from "../support/app-stack";
import { isInOrder, orderNames } from "../support/order";
import { EXPLAINED, findings, type Explanation, type Finding } from "../support/parliament";
import { reach, type Group, type Party } from "../support/reach";
import { MADE, UNMADE } from "../support/stack-order";
import { terraformRoot, type TerraformRoot } from "../support/terraform-root";

interface ShownState {
  readonly values: {
    readonly outputs: Record<string, { readonly value: unknown; readonly sensitive: boolean }>;
    readonly root_module: {
      readonly resources: readonly { readonly address: string; readonly values: Record<string, unknown> }[];
    };
  };
}

/** What is known of a stack that was applied, planned again, and destroyed. */
interface Life {
  readonly state: ShownState;
  readonly addresses: readonly string[];
  readonly again: readonly string[];
  readonly left: readonly string[];
  readonly instances: string;
  /** The calls of AWS by which it came, and by which it went. */
  readonly made: readonly AwsCall[];
  readonly unmade: readonly AwsCall[];
}

async function live(root: TerraformRoot, whileItLives?: (state: ShownState) => Promise<void>): Promise<Life> {
  await noteCalls(root.account);
  await root.apply();
  const made = await notedCalls(root.account);
  const state = (await root.state()) as ShownState;
  const addresses = await root.addresses();
  const again = await root.changes();
  await whileItLives?.(state);
  const { body: instances } = await ask(root, "rds", "Action=DescribeDBInstances&Version=2014-10-31");
  // As docs/operations.md has it.
  await root.apply("-var=deletion_protection=false");
  await noteCalls(root.account);
  await root.destroy("-var=deletion_protection=false");
  const unmade = await notedCalls(root.account);
  return { state, addresses, again, left: await root.addresses(), instances, made, unmade };
}

function ask(root: TerraformRoot, service: string, body: string) {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return askAws({ service, account: root.account, headers, body });
}

describe("the stack, applied", () => {
  const lives = new Map<string, Life>();
  const life = (name: string) => lives.get(name) as Life;
  const output = (name: string, key: string) => life(name).state.values.outputs[key]?.value;

  beforeAll(async () => {
    await Promise.all([
      asItIs().then((result) => lives.set("as it is", result)),
      inAnothersNetwork().then((result) => lives.set("in another's network", result)),
    ]);
  });

  test.each(["as it is", "in another's network"])("%s: a second plan is empty", (name) => {
    expect(life(name).again).toEqual([]);
  });

  test.each(["as it is", "in another's network"])("%s: destroying it leaves nothing in the state", (name) => {
    expect(life(name).left).toEqual([]);
  });

  test("has an RDS instance in a network of its own by default", () => {
    const { addresses } = life("as it is");
    expect(addresses).toEqual(expect.arrayContaining(["aws_vpc.network_this[0]", "aws_db_instance.datastore_this[0]"]));
    expect(addresses).not.toContain("aws_rds_cluster.datastore_this[0]");
    expect(life("as it is").instances).toContain("<DBInstanceIdentifier>metaflow-metaflow-prod</DBInstanceIdentifier>");
  });

  test("has an Aurora cluster and makes no network where the settings say so", () => {
    const { addresses } = life("in another's network");
    expect(addresses).toEqual(expect.arrayContaining(["aws_rds_cluster.datastore_this[0]"]));
    expect(addresses.filter((address) => address.startsWith("aws_vpc.") || address.startsWith("aws_subnet."))).toEqual(
      [],
    );
    expect(addresses).not.toContain("aws_api_gateway_api_key.metadata_service_this[0]");
    expect(addresses).toContain("aws_api_gateway_rest_api_policy.metadata_service_this[0]");
  });

  test("parliament finds no fault in its policies but those that are explained", async () => {
    const policies = ["as it is", "in another's network"].flatMap((name) =>
      life(name).state.values.root_module.resources.flatMap(({ address, values: { policy } }) =>
        typeof policy === "string" && policy !== "" && !address.startsWith("data.") ? [[address, policy] as const] : [],
      ),
    );
    expect(policies.length).toBeGreaterThan(25);
    const found = await findings(policies);
    const explains = ([pattern, issue]: Explanation, [policy, kind]: Finding) => pattern.test(policy) && issue === kind;
    expect(found.filter((each) => !EXPLAINED.some((one) => explains(one, each)))).toEqual([]);
    expect(EXPLAINED.filter((one) => !found.some((each) => explains(one, each)))).toEqual([]);
  });

  test("lets each party reach only whom it must", () => {
    const group = (name: string): Party => {
      const found = life("as it is").state.values.root_module.resources.find(({ address }) => address === name);
      return { group: found?.values as unknown as Group };
    };
    const parties = {
      client: { address: "10.20.200.1" },
      internet: { address: "203.0.113.1" },
      balancer: group("aws_security_group.metadata_service_load_balancer"),
      task: group("aws_security_group.metadata_service_metadata_service_security_group"),
      function: group("aws_security_group.metadata_service_db_migrate"),
      database: group("aws_security_group.datastore_rds_security_group"),
      jobs: group("aws_security_group.compute_this"),
    };
    expect(reach(parties, [22, 80, 443, 5432, 8080, 8082])).toEqual([
      "client -> balancer: 80",
      "balancer -> client: 8080, 8082",
      "balancer -> internet: 8080, 8082",
      "balancer -> task: 8080, 8082",
      "task -> client: 443, 5432, 8082",
      "task -> internet: 443, 5432, 8082",
      "task -> database: 5432",
      "function -> client: 8082",
      "function -> internet: 8082",
      "function -> balancer: 8082",
      "jobs -> client: 22, 80, 443, 5432, 8080, 8082",
      "jobs -> internet: 22, 80, 443, 5432, 8080, 8082",
      "jobs -> balancer: 80",
    ]);
  });

  test.each(orderNames(MADE))("is made in order: %s", (_name, order) => {
    expect(isInOrder(life("as it is").made, order)).toBe(true);
  });

  test.each(orderNames(UNMADE))("goes in order: %s", (_name, order) => {
    expect(isInOrder(life("as it is").unmade, order)).toBe(true);
  });

  test("the former definitions of the task stay registered, so that ECS can go back to them", () => {
    expect(life("as it is").unmade.map(({ operation }) => operation)).not.toContain("DeregisterTaskDefinition");
  });

  test("names the bucket after the account and region, as buckets share one namespace", () => {
    expect(output("as it is", "s3_bucket_name")).toMatch(/^metaflow-s3-\d{12}-us-west-2-prod$/);
  });

  test("gives a Metaflow client its configuration, with the key where there is one", () => {
    const profile = (name: string) =>
      JSON.parse(String(output(name, "metaflow_profile_json"))) as Record<string, string>;
    const key = output("as it is", "METAFLOW_SERVICE_AUTH_KEY");
    expect(key).toMatch(/^\w{20,}$/);
    expect(profile("as it is")).toEqual({
      METAFLOW_DEFAULT_DATASTORE: "s3",
      METAFLOW_DEFAULT_METADATA: "service",
      METAFLOW_DATASTORE_SYSROOT_S3: `s3://${String(output("as it is", "s3_bucket_name"))}/metaflow`,
      METAFLOW_DATATOOLS_S3ROOT: `s3://${String(output("as it is", "s3_bucket_name"))}/data`,
      METAFLOW_SERVICE_URL: expect.stringMatching(
        /^https:\/\/\w+\.execute-api\.us-west-2\.amazonaws\.com\/api\/$/,
      ) as string,
      METAFLOW_SERVICE_INTERNAL_URL: expect.stringMatching(/^http:\/\/metaflow-nlb-prod-.*\/$/) as string,
      METAFLOW_SERVICE_AUTH_KEY: key,
      METAFLOW_BATCH_JOB_QUEUE: output("as it is", "METAFLOW_BATCH_JOB_QUEUE"),
      METAFLOW_ECS_S3_ACCESS_IAM_ROLE: output("as it is", "METAFLOW_ECS_S3_ACCESS_IAM_ROLE"),
      METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE: output("as it is", "METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE"),
      METAFLOW_SFN_DYNAMO_DB_TABLE: "metaflow-step_functions_state-prod",
      METAFLOW_SFN_EXECUTION_LOG_GROUP_ARN: expect.stringMatching(
        /^arn:aws:logs:.*:log-group:\/aws\/vendedlogs\/states\/metaflow-executions-prod:\*$/,
      ) as string,
      METAFLOW_SFN_IAM_ROLE: output("as it is", "METAFLOW_SFN_IAM_ROLE"),
      METAFLOW_SFN_STATE_MACHINE_PREFIX: "metaflow-prod",
    });
    expect(output("as it is", "METAFLOW_BATCH_JOB_QUEUE")).toMatch(/^arn:aws:batch:.*:job-queue\/metaflow-batch-prod$/);
    expect(Object.keys(profile("in another's network"))).not.toContain("METAFLOW_SERVICE_AUTH_KEY");
    expect(output("in another's network", "METAFLOW_SERVICE_AUTH_KEY")).toBe("");
  });

  test("gives the real Metaflow client all that it asks for", () => {
    expect(client.configuration).toEqual({
      DEFAULT_DATASTORE: "s3",
      DEFAULT_METADATA: "service",
      DATASTORE_SYSROOT_S3: output("as it is", "METAFLOW_DATASTORE_SYSROOT_S3"),
      DATATOOLS_S3ROOT: output("as it is", "METAFLOW_DATATOOLS_S3ROOT"),
      SERVICE_URL: output("as it is", "METAFLOW_SERVICE_URL"),
      SERVICE_INTERNAL_URL: output("as it is", "METAFLOW_SERVICE_INTERNAL_URL"),
      SERVICE_HEADERS: { "x-api-key": output("as it is", "METAFLOW_SERVICE_AUTH_KEY") },
    });
  });

  test("takes and gives back the artifacts of a flow", () => {
    expect(client.flow).toContain("hello from the datastore");
    expect(client.objects).toMatch(/<Key>metaflow\/HelloFlow\//);
  });

  test("keeps the secrets out of what Terraform shows", () => {
    const { outputs } = life("as it is").state.values;
    const sensitive = Object.keys(outputs).filter((name) => outputs[name]?.sensitive);
    expect(sensitive.sort()).toEqual(["METAFLOW_SERVICE_AUTH_KEY", "metaflow_profile_json"]);
  });
});

/** What Metaflow's client saw of the stack. */
const client = { configuration: {} as Record<string, unknown>, flow: "", objects: "" };

async function asItIs(): Promise<Life> {
  // A bucket with objects is not destroyed otherwise.
  const root = stackRoot({ variables: { force_destroy_s3_bucket: true } });
  return live(root, async ({ values: { outputs } }) => {
    const profile = String(outputs.metaflow_profile_json?.value);
    const metaflow = await MetaflowClient.with(profile, root.account);
    client.configuration = await metaflow.configuration(
      ...["DEFAULT_DATASTORE", "DEFAULT_METADATA", "DATASTORE_SYSROOT_S3", "DATATOOLS_S3ROOT"],
      ...["SERVICE_URL", "SERVICE_INTERNAL_URL", "SERVICE_HEADERS"],
    );
    client.flow = await metaflow.runFlow("hello_flow.py");
    const path = `/${String(outputs.s3_bucket_name?.value)}?list-type=2`;
    client.objects = (await askAws({ service: "s3", account: root.account, path })).body;
  });
}

/** The stack with an Aurora cluster and an open API for some addresses, in a VPC that is there. */
async function inAnothersNetwork(): Promise<Life> {
  const subnet = (index: number, zone: string) => ({
    vpc_id: "${aws_vpc.this.id}",
    cidr_block: `10.9.${index}.0/24`,
    availability_zone: `us-west-2${zone}`,
  });
  const network = terraformRoot({
    resource: {
      aws_vpc: { this: { cidr_block: "10.9.0.0/16" } },
      aws_subnet: { a: subnet(1, "a"), b: subnet(2, "b") },
    },
    output: {
      vpc_id: { value: "${aws_vpc.this.id}" },
      subnet1_id: { value: "${aws_subnet.a.id}" },
      subnet2_id: { value: "${aws_subnet.b.id}" },
    },
  });
  await network.apply();
  const ids = await Promise.all(
    ["vpc_id", "subnet1_id", "subnet2_id"].map(async (name) => [name, await network.output(name)]),
  );
  const result = await live(
    stackRoot({
      account: network.account,
      variables: {
        ...Object.fromEntries(ids),
        api_basic_auth: false,
        access_list_cidr_blocks: ["198.51.100.0/24", "2001:db8::/32"],
        db_engine: "aurora-postgresql",
        vpc_endpoints: true,
        with_public_ip: false,
        db_engine_version: "16.6",
        db_instance_type: "db.r6g.large",
        resource_prefix: "acme-metaflow-",
        resource_suffix: "",
        standard_tags: { note: "größer = @ 5" },
      },
    }),
  );
  await network.destroy();
  return result;
}
