import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emulatedProvider } from "../../tools/terraform/environment";
import { releaseFiles } from "../../tools/publish/release";
import { freshAccount } from "../support/emulated-aws";
import { publishedFiles } from "../support/published";
import { releaseRepository } from "../support/release-repository";
import { terraformRoot, type TerraformRoot } from "../support/terraform-root";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as {
  version: string;
};
const repository = releaseRepository();

describe("docs/releasing.md", () => {
  const tag = `v${version}`;

  test("its commands push a tag that holds the release, file by file", () => {
    const paths = repository.git("ls-tree", "-r", "-z", "--name-only", tag).split("\0").filter(Boolean);
    expect(paths.sort()).toEqual([...releaseFiles().keys()].sort());
    for (const [path, content] of releaseFiles()) {
      expect(repository.git("show", `${tag}:${path}`)).toBe(Buffer.from(content).toString());
    }
  });

  test("its commands write an archive of the tag", () => {
    expect(existsSync(join(repository.folder, "dist", `metaflow-aws-${version}.tgz`))).toBe(true);
  });

  test("names this version in its sources", () => {
    expect(repository.source("modules/datastore")).toMatch(new RegExp(`//modules/datastore\\?ref=${tag}$`));
  });
});

/** What the calls of the datastore have in common. */
const SHARED = {
  resource_prefix: "called-",
  standard_tags: { application: "metaflow" },
  db_engine_version: "17",
  db_instance_type: "db.t4g.small",
};

/** A network of a root with a suffix, in the region of a provider. */
function network(name: string, provider: string, region: string): Record<string, Record<string, object>> {
  const subnet = (index: number, zone: string) => ({
    provider,
    vpc_id: `\${aws_vpc.${name}.id}`,
    cidr_block: `10.50.${index}.0/24`,
    availability_zone: `${region}${zone}`,
  });
  return {
    aws_vpc: { [name]: { provider, cidr_block: "10.50.0.0/16" } },
    aws_subnet: { [`${name}_a`]: subnet(0, "a"), [`${name}_b`]: subnet(1, "b") },
    aws_security_group: { [name]: { provider, name: "clients", vpc_id: `\${aws_vpc.${name}.id}` } },
  };
}

/** The inputs of the datastore that are ids of such a network, which are unknown until it is there. */
function inNetwork(name: string): Record<string, string> {
  return {
    metadata_service_security_group_id: `\${aws_security_group.${name}.id}`,
    metaflow_vpc_id: `\${aws_vpc.${name}.id}`,
    subnet1_id: `\${aws_subnet.${name}_a.id}`,
    subnet2_id: `\${aws_subnet.${name}_b.id}`,
  };
}

describe("the datastore, called", () => {
  let root: TerraformRoot;
  let text = "";

  beforeAll(async () => {
    const account = freshAccount();
    const aws = [{}, { alias: "other", region: "us-east-1" }].map((each) => ({
      ...each,
      ...emulatedProvider(account),
    }));
    const [here, there] = [network("here", "aws", "us-west-2"), network("there", "aws.other", "us-east-1")];
    root = terraformRoot(
      {
        provider: { aws },
        variable: { db_username: { type: "string", sensitive: true } },
        resource: Object.fromEntries(Object.keys(here).map((type) => [type, { ...here[type], ...there[type] }])),
        module: {
          by_git: {
            source: repository.source("modules/datastore"),
            ...SHARED,
            ...inNetwork("here"),
            resource_suffix: "-git",
            db_username: "${var.db_username}",
            s3_bucket_name: null,
            bucket_key_enabled: null,
          },
          elsewhere: {
            source: "./dist/modules/datastore",
            providers: { aws: "aws.other" },
            ...SHARED,
            ...inNetwork("there"),
            resource_suffix: "-elsewhere",
          },
        },
      },
      {
        account,
        variables: { db_username: "secretly" },
        files: {
          ...Object.fromEntries(Object.entries(publishedFiles()).map(([path, text]) => [`dist/${path}`, text])),
          "main.tf": BY_PATH,
        },
      },
    );
    await root.apply("-parallelism=40");
    text = `\n${(await root.run(["show", "-no-color"])).stdout}`;
  });

  /** What `terraform show` says of a resource. */
  const shown = (address: string) => text.split("\n# ").find((part) => part.startsWith(`${address}:`)) ?? "";

  test("from HCL by a relative path, from Git, and with another provider: a second plan is empty", async () => {
    expect(await root.changes()).toEqual([]);
    const databases = (await root.addresses()).filter((address) => address.includes("aws_db_instance"));
    expect(databases).toEqual(
      ["by_git", "by_path", "elsewhere"].map((name) => `module.${name}.aws_db_instance.this[0]`),
    );
  });

  test("with providers: it is in the other region", () => {
    expect(shown("module.elsewhere.aws_db_instance.this[0]")).toMatch(/ arn += "arn:aws:rds:us-east-1:/);
    expect(shown("module.by_path.aws_db_instance.this[0]")).toMatch(/ arn += "arn:aws:rds:us-west-2:/);
  });

  test("with null for the bucket's name: the provider makes one, as it does for the reference", () => {
    expect(shown("module.by_git.aws_s3_bucket.this")).toMatch(/ bucket += "terraform-\d+"/);
    expect(shown("module.by_path.aws_s3_bucket.this")).toMatch(/ bucket += "called-s3-path"/);
  });

  test("with a sensitive input: its value is not shown", () => {
    expect(shown("module.by_git.aws_db_instance.this[0]")).toMatch(/ username += \(sensitive value\)/);
    expect(shown("module.by_path.aws_db_instance.this[0]")).toMatch(/ username += "metaflow"/);
    expect(text).not.toContain("secretly");
  });
});

/** A root as its author writes it. */
const BY_PATH = `
module "by_path" {
  source = "./dist/modules/datastore"

  resource_prefix                    = "called-"
  resource_suffix                    = "-path"
  metadata_service_security_group_id = aws_security_group.here.id
  metaflow_vpc_id                    = aws_vpc.here.id
  subnet1_id                         = aws_subnet.here_a.id
  subnet2_id                         = aws_subnet.here_b.id
  standard_tags                      = { application = "metaflow" }
  db_engine_version                  = "17"
  db_instance_type                   = "db.t4g.small"
}
`;

describe("the metadata service and the root module, called from Git", () => {
  let planned: readonly string[] = [];
  let text = "";

  beforeAll(async () => {
    const { metaflow_vpc_id: vpc_id, subnet1_id, subnet2_id } = inNetwork("here");
    const root = terraformRoot(
      {
        variable: { database_password: { type: "string", sensitive: true } },
        resource: network("here", "aws", "us-west-2"),
        module: {
          service: {
            source: repository.source("modules/metadata-service"),
            count: 1,
            ...{ metaflow_vpc_id: vpc_id, subnet1_id, subnet2_id },
            resource_prefix: "called-",
            resource_suffix: "-git",
            access_list_cidr_blocks: [],
            database_password: "${var.database_password}",
            database_username: "metaflow",
            datastore_s3_bucket_kms_key_arn: "arn:aws:kms:us-west-2:123456789012:key/1",
            db_migrate_lambda_zip_file: null,
            fargate_execution_role_arn: "arn:aws:iam::123456789012:role/execution",
            rds_master_instance_endpoint: "${module.metaflow.rds_master_instance_endpoint}",
            s3_bucket_arn: "arn:aws:s3:::metaflow",
            standard_tags: {},
            vpc_cidr_blocks: null,
            depends_on: ["module.metaflow"],
          },
          metaflow: {
            source: repository.source(""),
            resource_prefix: null,
            create_network: false,
            ...{ vpc_id, subnet1_id, subnet2_id },
          },
        },
      },
      { variables: { database_password: "secretly" } },
    );
    await root.validate();
    planned = await root.changes();
    text = (await root.run(["show", "-no-color", "plan"])).stdout;
  });

  test("they plan with ids that are not known yet, with null, and after another module", () => {
    expect(planned.filter((change) => !change.endsWith(": create"))).toEqual([]);
    expect(planned).toEqual(
      expect.arrayContaining([
        "module.service[0].aws_ecs_service.this: create",
        "module.metaflow.aws_ecs_service.metadata_service_this: create",
      ]),
    );
    expect(planned.filter((change) => /module\.metaflow\.aws_(vpc|subnet)/.test(change))).toEqual([]);
  });

  test("null is the root module's default", () => {
    expect(text).toMatch(/name += "metaflow-key-prod"/);
  });

  test("a sensitive input is not shown", () => {
    expect(text).toMatch(/container_definitions += \(sensitive value\)/);
    expect(text).not.toContain("secretly");
  });
});

test("the datastore, planned with a parameter that is unknown: how many there are is known, though their check is not", async () => {
  const root = terraformRoot(
    {
      resource: { terraform_data: { slow: { input: "1000" } } },
      module: {
        datastore: {
          source: "./modules/datastore",
          ...SHARED,
          db_parameters: { log_statement: "ddl", log_min_duration_statement: "${terraform_data.slow.output}" },
          metadata_service_security_group_id: "sg-0123456789abcdef0",
          metaflow_vpc_id: "vpc-0123456789abcdef0",
          resource_suffix: "-parameters",
          subnet1_id: "subnet-0123456789abcdef0",
          subnet2_id: "subnet-0123456789abcdef1",
        },
      },
    },
    { files: publishedFiles() },
  );
  const { resource_changes: changes = [] } = await root.plan();
  const group = changes.find(({ address }) => address === "module.datastore.aws_db_parameter_group.this[0]");
  const known = { name: "log_statement", value: "ddl", apply_method: "immediate" };
  expect(group?.change.after?.parameter).toContainEqual(known);
});
