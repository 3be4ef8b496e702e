import type { Diagnostic } from "../../../tools/terraform/progress";
import { readPlan, type Attributes } from "../../../tools/recover/plan";
import { search, type Addition, type Planner } from "../../../tools/recover/search";

/** A resource of the stack: what is planned of it, and what AWS has under which import id. */
interface Resource {
  readonly planned: Attributes;
  readonly recorded?: Attributes;
  readonly existing?: Readonly<Record<string, Attributes>>;
  readonly reason?: string;
  /** Attributes for which an import is a replacement. */
  readonly replacedFor?: readonly string[];
  /** The address without whose import it would be replaced. @default - none: it would be replaced in any case */
  readonly unless?: string;
}

/** Terraform, as far as the search sees it, over resources by address and the ARNs that AWS lists. */
class FakeTerraform implements Planner {
  public readonly untainted: string[] = [];
  public plans = 0;

  public constructor(
    private readonly resources: Readonly<Record<string, Resource>>,
    private readonly arns: Readonly<Record<string, Record<string, string>>> = {},
    private readonly data: Readonly<Record<string, Attributes>> = {},
    private readonly failure?: Diagnostic,
    private readonly defaultTags: Record<string, string> | null = tags,
  ) {}

  public plan(addition: Addition): ReturnType<Planner["plan"]> {
    this.plans += 1;
    const asked = Object.entries(addition.data ?? {}).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, values]) => {
        const index = "count" in (values as object) ? "[0]" : "";
        return { type, address: `data.${type}.${name}${index}`, values };
      }),
    );
    const errors = [
      ...(this.failure ? [this.failure] : []),
      ...addition.import
        .filter(({ to, id }) => this.resources[to]?.existing?.[id] === undefined)
        .map(({ to }) => error("Cannot import non-existent remote object", `While importing to "${to}", none exists.`)),
      ...asked
        .filter(({ type, values }) => type in KEYS && this.answer(type, values) === undefined)
        .map(({ address }) => ({ ...error("no matching thing found"), address })),
    ];
    return Promise.resolve(errors.length > 0 ? errors : this.shown(addition, asked));
  }

  public untaint(address: string): Promise<void> {
    this.untainted.push(address);
    return Promise.resolve();
  }

  private shown({ import: imports }: Addition, asked: { type: string; address: string; values: unknown }[]) {
    const isImported = (other?: string) => imports.some(({ to }) => to === other);
    const changes = Object.entries(this.resources).map(([address, resource]) => {
      const id = imports.find(({ to }) => to === address)?.id;
      const before = id === undefined ? (resource.recorded ?? null) : (resource.existing?.[id] ?? null);
      const tainted = resource.reason !== undefined && !this.untainted.includes(address);
      const isReplaced =
        tainted || (id !== undefined && resource.replacedFor !== undefined && !isImported(resource.unless));
      return {
        address,
        mode: "managed",
        type: address.split(".")[0] ?? "",
        action_reason: tainted ? resource.reason : undefined,
        change: {
          actions: before === null ? ["create"] : isReplaced ? ["delete", "create"] : ["update"],
          before,
          after: { ...before, ...resource.planned },
          importing: id === undefined ? undefined : { id },
          replace_paths: (resource.replacedFor ?? []).map((name) => [name]),
        },
      };
    });
    const recorded = changes.flatMap(({ address, change }) =>
      change.before ? [{ address, mode: "managed", values: change.before }] : [],
    );
    const answers = asked.map(({ type, address, values }) => ({
      address,
      mode: "data",
      values: this.answer(type, values) ?? {},
    }));
    return readPlan({
      resource_changes: changes,
      prior_state: { values: { root_module: { resources: [...recorded, ...answers] } } },
    });
  }

  private answer(type: string, values: unknown): Attributes | undefined {
    if (type === "aws_resourcegroupstaggingapi_resources") {
      // What Terraform makes of its count.
      if (this.defaultTags?.["metaflow-deployment"] === undefined) return {};
      const list = Object.entries(this.arns).map(([resource_arn, tags]) => ({ resource_arn, tags }));
      return { resource_tag_mapping_list: list };
    }
    if (type === "aws_default_tags") return { tags: this.defaultTags };
    return this.data[String((values as Record<string, unknown>)[KEYS[type] ?? ""])];
  }
}

/** The argument by which each data source looks. */
const KEYS: Readonly<Record<string, string>> = {
  aws_kms_key: "key_id",
  aws_security_group: "id",
  aws_api_gateway_resource: "path",
};

function error(summary: string, detail?: string): Diagnostic {
  return { severity: "error", summary, detail };
}

const tags = { "metaflow-deployment": "a-/-b" };
const arn = (rest: string) => `arn:aws:${rest}`;
const found = async (terraform: FakeTerraform) => {
  const { imports, kept, refused, surplus } = await search(terraform);
  return { imports: Object.fromEntries(imports), kept, refused: Object.fromEntries(refused), surplus };
};
const nothing = { imports: {}, kept: [], refused: {}, surplus: [] };

test("one plan is enough where everything is recorded", async () => {
  const vpc = { id: "vpc-1", arn: arn("ec2:r:1:vpc/vpc-1") };
  const terraform = new FakeTerraform({ "aws_vpc.this": { planned: {}, recorded: vpc } }, { [vpc.arn]: tags });
  expect(await found(terraform)).toEqual(nothing);
  expect(terraform.plans).toBe(1);
});

test.each([[null], [{}], [{ owner: "data" }]])(
  "where resources are not marked as this deployment's, nothing is looked for by tags: default tags %j",
  async (defaultTags) => {
    const others = { [arn("ec2:r:1:vpc/vpc-1")]: { owner: "data" } };
    const vpc = { planned: { tags_all: {} }, existing: { "vpc-1": { id: "vpc-1" } } };
    const bucket = { planned: { bucket: "b" }, existing: { b: { id: "b" } } };
    const resources = { "aws_vpc.this": vpc, "aws_s3_bucket.this": bucket };
    const terraform = new FakeTerraform(resources, others, {}, undefined, defaultTags);
    const { imports, isTagged, surplus } = await search(terraform);
    expect({ imports: Object.fromEntries(imports), isTagged, surplus }).toEqual({
      imports: { "aws_s3_bucket.this": "b" },
      isTagged: false,
      surplus: [],
    });
  },
);

test("what is not there is not imported", async () => {
  const terraform = new FakeTerraform({
    "aws_vpc.this": { planned: { tags_all: tags } },
    "aws_s3_bucket.this": { planned: { bucket: "b" } },
  });
  expect(await found(terraform)).toEqual(nothing);
});

test("what an import makes known leads to the next one", async () => {
  const terraform = new FakeTerraform(
    {
      "aws_vpc.this": {
        planned: { tags_all: tags },
        existing: { "vpc-1": { id: "vpc-1", arn: arn("ec2:r:1:vpc/vpc-1") } },
      },
      "aws_security_group.this": {
        planned: { name: "sg", tags_all: tags },
        existing: { "sg-2": { id: "sg-2", arn: arn("ec2:r:1:security-group/sg-2") } },
      },
      "aws_s3_bucket.this": { planned: { bucket: "b" }, existing: { b: { id: "b" } } },
      "aws_route.this": {
        planned: { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" },
        existing: { "rtb-1_0.0.0.0/0": {} },
      },
    },
    {
      [arn("ec2:r:1:vpc/vpc-1")]: tags,
      [arn("ec2:r:1:security-group/sg-1")]: tags,
      [arn("ec2:r:1:security-group/sg-2")]: tags,
    },
    { "sg-1": { id: "sg-1", name: "other" }, "sg-2": { id: "sg-2", name: "sg" } },
  );
  expect((await found(terraform)).imports).toEqual({
    "aws_vpc.this": "vpc-1",
    "aws_security_group.this": "sg-2",
    "aws_s3_bucket.this": "b",
    "aws_route.this": "rtb-1_0.0.0.0/0",
  });
});

test("another deployment's resources and keys that await deletion are left alone", async () => {
  const key = (name: string) => arn(`kms:r:1:key/${name}`);
  const terraform = new FakeTerraform(
    {
      "aws_kms_key.this": {
        planned: { description: "d", tags_all: tags },
        existing: { k1: {}, k2: {}, k3: {}, k4: {} },
      },
    },
    { [key("k1")]: tags, [key("k2")]: { "metaflow-deployment": "x/y" }, [key("k3")]: tags, [key("k4")]: tags },
    {
      k1: { description: "d", key_state: "PendingDeletion" },
      k2: { description: "d", key_state: "Enabled" },
      k3: { description: "d", key_state: "Enabled", id: "k3", arn: key("k3") },
      k4: { description: "another", key_state: "PendingDeletion" },
    },
  );
  expect((await found(terraform)).imports).toEqual({ "aws_kms_key.this": "k3" });
});

test("of a resource's versions the newest is taken, unless the plan makes a newer one", async () => {
  const version = (number: number) => arn(`ecs:r:1:task-definition/f:${String(number)}`);
  const existing = { [version(9)]: { arn: version(9) }, [version(10)]: { arn: version(10) } };
  const listed = { [version(10)]: tags, [version(9)]: tags, [arn("ecs:r:1:task-definition/other:11")]: tags };
  const planned = { family: "f", tags_all: tags };
  const task = { planned, existing };
  expect(await found(new FakeTerraform({ "aws_ecs_task_definition.this": task }, listed))).toEqual({
    ...nothing,
    imports: { "aws_ecs_task_definition.this": version(10) },
  });
  const changed = { ...task, replacedFor: ["container_definitions"] };
  expect(await found(new FakeTerraform({ "aws_ecs_task_definition.this": changed }, listed))).toEqual(nothing);
});

test("two that may be meant are refused, with both named", async () => {
  const terraform = new FakeTerraform(
    { "aws_vpc.this": { planned: { tags_all: tags } } },
    { [arn("ec2:r:1:vpc/vpc-1")]: tags, [arn("ec2:r:1:vpc/vpc-2")]: tags },
  );
  await expect(search(terraform)).rejects.toThrow(
    /^aws_vpc\.this may be any of vpc-1, vpc-2: .* Nothing was written\.$/,
  );
});

test("what Terraform would replace at once is not imported, and said", async () => {
  const database = {
    "aws_db_instance.this[0]": { planned: { identifier: "db", tags_all: tags }, existing: { db: {} } },
  };
  const listed = { [arn("rds:r:1:db:db")]: tags };
  const replaced = {
    "aws_db_instance.this[0]": { ...database["aws_db_instance.this[0]"], replacedFor: ["kms_key_id"] },
  };
  expect((await found(new FakeTerraform(database, listed))).imports).toEqual({ "aws_db_instance.this[0]": "db" });
  expect(await found(new FakeTerraform(replaced, listed))).toMatchObject({
    imports: {},
    refused: {
      "aws_db_instance.this[0]": "db exists, and differs from the plan in kms_key_id: Terraform would replace it",
    },
  });
});

describe("a database that AWS is still creating", () => {
  const creating = { status: "creating", arn: arn("rds:r:1:db:db") };
  const planned = { identifier: "db", tags_all: tags };
  test.each([
    ["unrecorded", { planned, existing: { db: creating } }],
    ["marked for replacement", { planned, recorded: creating, reason: "replace_because_tainted" }],
  ])("is not taken over before it has an address: %s", async (_, database) => {
    const terraform = new FakeTerraform({ "aws_db_instance.this[0]": database }, { [creating.arn]: tags });
    expect(await found(terraform)).toMatchObject({
      imports: {},
      kept: [],
      refused: { "aws_db_instance.this[0]": "AWS is still creating it: run this again when it is there" },
    });
  });
});

test("what was only interrupted while it was created is kept", async () => {
  const terraform = new FakeTerraform({
    "aws_lb.this": { planned: { name: "lb" }, recorded: { id: "lb" }, reason: "replace_because_tainted" },
    "aws_vpc.this": { planned: {}, recorded: { id: "vpc-1" } },
  });
  expect(await found(terraform)).toEqual({ ...nothing, kept: ["aws_lb.this"] });
  expect(terraform.untainted).toEqual(["aws_lb.this"]);
});

test("what bears the tag and is in no plan is listed, but for old versions and keys that await deletion", async () => {
  const listed = [
    "ec2:r:1:vpc/vpc-9",
    "kms:r:1:key/k1",
    "kms:r:1:key/k2",
    "ecs:r:1:task-definition/f:1",
    "rds:r:1:snapshot:s",
  ];
  const terraform = new FakeTerraform({}, Object.fromEntries(listed.map((rest) => [arn(rest), tags])), {
    k1: { key_state: "PendingDeletion" },
    k2: { key_state: "Enabled" },
  });
  expect((await found(terraform)).surplus).toEqual([arn("ec2:r:1:vpc/vpc-9"), arn("kms:r:1:key/k2")]);
});

test.each([
  [error("creating the plan failed", "in some way"), /^Error: creating the plan failed\s+in some way$/],
  [
    error("Error acquiring the state lock", "The state file could not be parsed as JSON"),
    /half-written: move it out of the folder, and run this again/,
  ],
  [error("Error acquiring the state lock", "ID: 1234"), /ID: 1234[^]*"terraform force-unlock LOCK_ID"/],
  [
    { ...error("AccessDenied"), address: "data.aws_resourcegroupstaggingapi_resources.recover[0]" },
    /AccessDenied[^]*needs the permission tag:GetResources/,
  ],
])("Terraform's own errors end the search: %p", async (failure, message) => {
  await expect(search(new FakeTerraform({}, {}, {}, failure))).rejects.toThrow(message);
});

test("an error that names the parts of an import's id alone is about that import", async () => {
  const id = "subnet-1/rtb-2";
  const terraform = new FakeTerraform(
    {
      "aws_route_table.this": {
        planned: { tags_all: tags },
        existing: { "rtb-2": { arn: arn("ec2:r:1:route-table/rtb-2") } },
      },
      "aws_route_table_association.this": {
        planned: { subnet_id: "subnet-1", route_table_id: "rtb-2" },
        existing: { [id]: {} },
      },
      "aws_route.this": {
        planned: { route_table_id: "rtb-2", destination_cidr_block: "0.0.0.0/0" },
        existing: { "rtb-2_0.0.0.0/0": {} },
      },
    },
    { [arn("ec2:r:1:route-table/rtb-2")]: tags },
  );
  const missing = error("No association found between route table ID rtb-2 and target ID subnet-1");
  const plan = terraform.plan.bind(terraform);
  terraform.plan = (addition) =>
    addition.import.some((each) => each.id === id) ? Promise.resolve([missing]) : plan(addition);
  expect((await found(terraform)).imports).toEqual({
    "aws_route_table.this": "rtb-2",
    "aws_route.this": "rtb-2_0.0.0.0/0",
  });
});

test("an existing thing that cannot be read is refused, and the rest goes on", async () => {
  const denied: Diagnostic = error("reading S3 Bucket (b): 403 Forbidden");
  const terraform = new FakeTerraform({
    "aws_s3_bucket.this": { planned: { bucket: "b" }, existing: { b: { id: "b" } } },
  });
  const plan = terraform.plan.bind(terraform);
  terraform.plan = (addition) => (addition.import.length > 0 ? Promise.resolve([denied]) : plan(addition));
  expect(await found(terraform)).toEqual({
    ...nothing,
    refused: { "aws_s3_bucket.this": "b exists and cannot be read: reading S3 Bucket (b): 403 Forbidden" },
  });
});
