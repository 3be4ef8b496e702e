import type { Diagnostic } from "../../tools/terraform/progress";
import { fixture, type ParityCase } from "../support/fixtures";
import { publishedFiles } from "../support/published";
import { terraformRoot } from "../support/terraform-root";

const { inputs: datastore } = fixture<Record<string, ParityCase>>("parity/cases.json")[
  "datastore-defaults"
] as ParityCase;
const { inputs: service } = fixture<Record<string, ParityCase>>("parity/cases.json")[
  "metadata-service-defaults"
] as ParityCase;

interface Refusal {
  readonly name: string;
  readonly module: "datastore" | "metadata-service";
  readonly inputs: Record<string, unknown>;
  /** What Terraform must say: the input, the value and what is allowed. */
  readonly says: readonly (string | RegExp)[];
}

const refusals: readonly Refusal[] = [
  {
    name: "prefix",
    module: "datastore",
    inputs: { resource_prefix: "Metaflow_" },
    says: ['The name of the bucket, "Metaflow_s3-dev"', "resource_prefix and resource_suffix", "3 to 63 lowercase"],
  },
  {
    name: "bucket",
    module: "datastore",
    inputs: { s3_bucket_name: "a..b" },
    says: ['"a..b"', "s3_bucket_name", "two dots in a row"],
  },
  {
    name: "identifier",
    module: "datastore",
    inputs: { db_identifier_prefix: "a".repeat(60) },
    says: [/"a{60}-metaflow"/, "db_identifier_prefix", "1 to 63"],
  },
  {
    name: "user",
    module: "datastore",
    inputs: { db_username: "user" },
    says: ['db_username, "user", must be', "PostgreSQL reserves"],
  },
  { name: "database", module: "datastore", inputs: { db_name: "select" }, says: ['db_name, "select", must be'] },
  {
    name: "version",
    module: "datastore",
    inputs: { db_parameters: { a: "b" }, db_engine_version: "7" },
    says: ['db_engine_version, "7", must begin with a major version', "db_parameters"],
  },
  {
    name: "subnets",
    module: "datastore",
    inputs: { subnet2_id: datastore.subnet1_id },
    says: ["subnet1_id and subnet2_id are both", String(datastore.subnet1_id), "two subnets"],
  },
  {
    name: "window",
    module: "datastore",
    inputs: { maintenance_window: "monday" },
    says: ["maintenance_window must be in the format ddd:hh24:mi-ddd:hh24:mi", '"monday"'],
  },
  {
    name: "balancer",
    module: "metadata-service",
    inputs: { load_balancer_name_prefix: "b".repeat(29) },
    says: ["name of the load balancer", /"b{29}-nlb"/, "load_balancer_name_prefix", "up to 32"],
  },
  {
    name: "groups",
    module: "metadata-service",
    inputs: { resource_prefix: "p".repeat(25), load_balancer_name_prefix: "lb" },
    says: ["metadata service's target group", /"p{25}mdtg-dev"/, "resource_prefix", "up to 32"],
  },
  {
    name: "lambda",
    module: "metadata-service",
    inputs: { resource_prefix: "l".repeat(51), load_balancer_name_prefix: "lb" },
    says: ["Lambda function", /"l{51}db_migrate-dev"/, "1 to 64"],
  },
  {
    name: "size",
    module: "metadata-service",
    inputs: { metadata_service_cpu: 256, metadata_service_memory: 4096 },
    says: ["metadata_service_cpu = 256 with metadata_service_memory = 4096", "256 CPU units with 512, 1024 or 2048"],
  },
  {
    name: "cidr",
    module: "metadata-service",
    inputs: { vpc_cidr_blocks: ["10.20.0.5/16"] },
    says: ['vpc_cidr_blocks, ["10.20.0.5/16"], must be a list, each item an IPv4 network'],
  },
  {
    name: "address",
    module: "metadata-service",
    inputs: { access_list_cidr_blocks: ["vpn.example.com"] },
    says: ['access_list_cidr_blocks, ["vpn.example.com"], must be a list, each item an IPv4 or IPv6'],
  },
  {
    name: "partition",
    module: "metadata-service",
    inputs: { iam_partition: "aws-moon" },
    says: ["iam_partition must be one of aws, aws-us-gov", '"aws-moon"'],
  },
];

describe("a published module refuses at plan", () => {
  let messages: readonly string[] = [];

  beforeAll(async () => {
    const [ofVariables, ofLocals] = [refusals.filter(isOfVariable), refusals.filter((each) => !isOfVariable(each))];
    messages = [...(await refused(ofVariables)), ...(await refused(ofLocals))];
  });

  test.each(refusals)("$name", ({ says }) => {
    const matching = messages.filter((message) =>
      says.every((part) => (typeof part === "string" ? message.includes(part) : part.test(message))),
    );
    expect(matching).not.toEqual([]);
  });

  test("and nothing else", () => {
    const parts = refusals.flatMap(({ says }) => says.slice(0, 1));
    const others = messages.filter(
      (message) => !parts.some((part) => (typeof part === "string" ? message.includes(part) : part.test(message))),
    );
    // A prefix that one name cannot carry is often too much for others, too.
    expect(others.filter((message) => !/"(Metaflow_|a{60}|p{25}|l{51})/.test(message))).toEqual([]);
  });
});

/** Terraform checks a variable that it knows before all else, and goes no further where one is wrong. */
function isOfVariable({ inputs }: Refusal): boolean {
  return "maintenance_window" in inputs || "iam_partition" in inputs;
}

async function refused(some: readonly Refusal[]): Promise<string[]> {
  const calls = some.map(({ name, module, inputs }) => {
    const given = module === "datastore" ? datastore : service;
    return [name, { source: `./modules/${module}`, ...given, ...inputs }];
  });
  const root = terraformRoot({ module: Object.fromEntries(calls) }, { files: publishedFiles() });
  await root.init();
  return errors((await root.run(["plan", "-json"], [1])).stdout);
}

/** What Terraform says of each error: the summary, the detail, and the values that it shows with them. */
function errors(output: string): string[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => (JSON.parse(line) as { diagnostic?: Diagnostic }).diagnostic)
    .filter((diagnostic): diagnostic is Diagnostic => diagnostic?.severity === "error")
    .map(({ summary, detail = "", snippet }) => {
      const values = snippet?.values?.map(({ traversal, statement }) => `${traversal} ${statement}`) ?? [];
      return [summary, detail.replaceAll('\\"', '"'), ...values].join("\n");
    });
}
