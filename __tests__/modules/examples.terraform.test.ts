import { askAws, freshAccount } from "../support/emulated-aws";
import { examples, releasedRoot } from "../support/released";
import type { ResourceChange, TerraformRoot } from "../support/terraform-root";

interface Resource {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface ShownModule {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly ShownModule[];
}

/** The examples that are applied, all at once; the others, whose modules are in these, are planned. */
const APPLIED = ["complete", "environments"] as const;

const roots = new Map<string, TerraformRoot>();
const root = (name: string) => roots.get(name) as TerraformRoot;
const states = new Map<string, readonly Resource[]>();

beforeAll(async () => {
  const account = freshAccount();
  const variables = await networkThatIsThere(account);
  for (const name of examples()) {
    const options = name === "existing-vpc" ? { account, variables } : {};
    roots.set(name, releasedRoot(`examples/${name}`, { ...options, aliases: name === "two-regions" ? ["east"] : [] }));
  }
  await Promise.all(APPLIED.map((name) => root(name).apply("-parallelism=40")));
  for (const name of APPLIED) {
    const { values } = (await root(name).state()) as { values: { root_module: ShownModule } };
    states.set(name, resourcesOf(values.root_module));
  }
});

/** What an address of an applied example has in its state. */
function applied(name: (typeof APPLIED)[number], address: string): Readonly<Record<string, unknown>> {
  return states.get(name)?.find((resource) => resource.address === address)?.values ?? {};
}

test.each(APPLIED)("%s: a second plan is empty", async (name) => {
  expect(await root(name).changes()).toEqual([]);
});

describe("complete", () => {
  test("modules take ids that are made in the same apply, also each other's", () => {
    const { ingress } = applied("complete", "module.datastore.aws_security_group.rds_security_group");
    const { id } = applied("complete", "module.metadata_service.aws_security_group.metadata_service_security_group");
    expect(id).toMatch(/^sg-/);
    expect(ingress).toMatchObject([{ security_groups: [id] }]);
    expect(applied("complete", "module.metadata_service.aws_lb.this").subnets).toEqual(
      expect.arrayContaining([
        applied("complete", "aws_subnet.this[0]").id,
        applied("complete", "aws_subnet.this[1]").id,
      ]),
    );
  });

  test("a sensitive input stays out of what Terraform shows", async () => {
    const { result } = applied("complete", "module.datastore.random_password.this");
    const shown = (await root("complete").run(["show", "-no-color"])).stdout;
    expect(shown).toMatch(/container_definitions\s+= \(sensitive value\)/);
    expect(String(result)).toHaveLength(64);
    expect(shown).not.toContain(String(result).slice(0, 9));
  });

  test("has the configuration of a client", async () => {
    expect(JSON.parse(String(await root("complete").output("metaflow_profile_json")))).toMatchObject({
      METAFLOW_DATASTORE_SYSROOT_S3: "s3://metaflow-s3-complete/metaflow",
      METAFLOW_SERVICE_AUTH_KEY: expect.stringMatching(/^\w{20,}$/) as string,
      METAFLOW_SERVICE_URL: expect.stringMatching(/^https:.*\/api\/$/) as string,
    });
  });

  test("terraform graph shows the modules' resources, and what depends_on asks for", async () => {
    const { stdout } = await root("complete").run(["graph"]);
    expect(stdout).toContain('subgraph "cluster_module.datastore"');
    expect(stdout).toContain('"module.metadata_service.aws_lb_listener.this" -> "module.metadata_service.aws_lb.this"');
    expect(stdout).toMatch(/"module\.metadata_service\.\S+" -> "aws_route_table_association\.this"/);
  });
});

describe("environments", () => {
  test("for_each and count make instances of a module side by side", async () => {
    const databases = (await root("environments").addresses()).filter((address) => address.includes("aws_db_instance"));
    expect(databases.sort()).toEqual([
      'module.datastore["dev"].aws_db_instance.this[0]',
      'module.datastore["prod"].aws_db_instance.this[0]',
      "module.sandbox[0].aws_db_instance.this[0]",
    ]);
    expect(await root("environments").output("datastores")).toEqual({
      dev: "s3://metaflow-s3-dev/metaflow",
      prod: "s3://metaflow-s3-prod/metaflow",
      sandbox: "s3://metaflow-s3-sandbox/metaflow",
    });
  });

  test("count = 0 takes one down and leaves the others alone", async () => {
    const changes = await root("environments").changes("-var=with_sandbox=false", "-refresh=false");
    expect(changes).toContain("module.sandbox[0].aws_s3_bucket.this: delete");
    expect(changes.filter((change) => !/^module\.sandbox\[0\]\..*: delete$/.test(change))).toEqual([]);
  });
});

describe("planned", () => {
  const plans = new Map<string, readonly ResourceChange[]>();
  const planned = (name: string) => plans.get(name) ?? [];

  beforeAll(async () => {
    for (const name of examples().filter((each) => !(APPLIED as readonly string[]).includes(each))) {
      const { resource_changes: changes = [] } = await root(name).plan();
      plans.set(
        name,
        changes.filter(({ mode }) => mode === "managed"),
      );
    }
  });

  test("each example is either applied or planned", () => {
    expect([...APPLIED, ...plans.keys()].sort()).toEqual(examples());
  });

  test.each(["datastore-only", "existing-vpc", "metaflow", "two-regions"])(
    "%s creates, and does nothing else",
    (name) => {
      expect(planned(name).length).toBeGreaterThan(9);
      expect(planned(name).filter(({ change }) => change.actions.join() !== "create")).toEqual([]);
    },
  );

  test("metaflow has a network of its own, existing-vpc has none", () => {
    const ofNetwork = (name: string) =>
      planned(name).flatMap(({ type, address }) => (/^aws_(vpc|subnet|route)/.test(type) ? address : []));
    expect(ofNetwork("existing-vpc")).toEqual([]);
    expect(ofNetwork("metaflow")).toContain("module.metaflow.aws_vpc.network_this[0]");
  });

  test.each([
    ["west", "us-west-2"],
    ["east", "us-east-1"],
  ])("two-regions: %s is in %s", (name, region) => {
    const ofModule = planned("two-regions").filter(({ address }) => address.startsWith(`module.${name}.`));
    const { after } = ofModule.find(({ type }) => type === "aws_s3_bucket")?.change ?? {};
    expect(after?.bucket).toBe(`metaflow-s3-${root("two-regions").account}-${region}-${name}`);
    const texts = JSON.stringify(ofModule.map(({ change }) => change.after));
    expect([...new Set(texts.match(/us-(west|east)-\d/g))]).toEqual([region]);
  });
});

function resourcesOf({ resources = [], child_modules: children = [] }: ShownModule): Resource[] {
  return [...resources, ...children.flatMap(resourcesOf)];
}

/** A VPC with two subnets, as the variables of `existing-vpc` name them. */
async function networkThatIsThere(account: string): Promise<Record<string, unknown>> {
  const create = async (kind: string, parameters: string): Promise<string> => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const body = `Action=Create${kind}&Version=2016-11-15&${parameters}`;
    const answer = await askAws({ service: "ec2", account, headers, body });
    return /<(?:vpc|subnet)Id>([\w-]+)</.exec(answer.body)?.[1] ?? "";
  };
  const vpc = await create("Vpc", "CidrBlock=10.40.0.0/16");
  const subnet = (index: number, zone: string) =>
    create("Subnet", `VpcId=${vpc}&CidrBlock=10.40.${index}.0/24&AvailabilityZone=us-west-2${zone}`);
  return { vpc_id: vpc, subnet_ids: [await subnet(0, "a"), await subnet(1, "b")] };
}
