import type { MovedFrom } from "../../modules/metaflow";
import type { MetaflowStackProps } from "../../modules/metaflow/stack";
import { stackConfiguration } from "../support/app-stack";
import { fixture, type ReferenceContract } from "../support/fixtures";
import { addresses } from "../support/synth";

const WHICH = "root, or datastore, metadataService, computation, stepFunctions or ui, or several of these";

describe("the takeover of what HCL modules made", () => {
  const movedFrom = { datastore: "module.metaflow-datastore", metadataService: "module.metaflow-metadata-service" };
  const blocks = (props: MetaflowStackProps) =>
    ((stackConfiguration(props).moved ?? []) as { from: string; to: string }[]).sort((a, b) =>
      a.from < b.from ? -1 : 1,
    );
  const isWithinModules = ({ to }: { to: string }) => to.startsWith("module.");
  const moves = (props: MetaflowStackProps) => blocks(props).filter((block) => !isWithinModules(block));

  const ofReference = (module: string, call: string) =>
    fixture<ReferenceContract>(`contract/${module}.json`)
      .resources.filter((address) => !/^(data|module)\./.test(address))
      .map((address) => `${call}.${address.replace("[count]", "")}`)
      .sort();
  const CALLS: [string, string][] = [
    ["datastore", movedFrom.datastore],
    ["metadata-service", movedFrom.metadataService],
  ];

  test.each(CALLS)("moves every managed resource of the module %s", (module, call) => {
    const reference = ofReference(module, call);
    const ofModule = moves({ movedFrom, options: { leastPrivilege: false } }).filter(({ from }) =>
      reference.includes(from),
    );
    expect(ofModule.map(({ from }) => from)).toEqual(reference);
    for (const { from, to } of ofModule) {
      const [, type, name] = /\.(\w+)\.(\w+)$/.exec(from) ?? [];
      expect(to).toBe(`${type}.${module.replace("-", "_")}_${name}`);
    }
  });

  test("leaves nothing behind but the grants that least privilege does without", () => {
    const moved = moves({ movedFrom }).map(({ from }) => from);
    expect(
      CALLS.flatMap(([module, call]) => ofReference(module, call)).filter((from) => !moved.includes(from)),
    ).toEqual([
      "module.metaflow-metadata-service.aws_iam_role_policy.grant_custom_s3_batch",
      "module.metaflow-metadata-service.aws_iam_role_policy.grant_s3_kms",
    ]);
  });

  test("moves to addresses of the stack, each once", () => {
    const tos = moves({ movedFrom }).map(({ to }) => to);
    expect(addresses(stackConfiguration())).toEqual(expect.arrayContaining(tos));
    expect(new Set(tos).size).toBe(tos.length);
  });

  test("is possible for one of the two alone", () => {
    const froms = moves({ movedFrom: { datastore: 'module.metaflow["prod"].module.metaflow-datastore' } });
    expect(froms).toContainEqual({
      from: 'module.metaflow["prod"].module.metaflow-datastore.aws_s3_bucket.this',
      to: "aws_s3_bucket.datastore_this",
    });
    expect(froms.filter(({ to }) => to.includes("metadata_service"))).toEqual([]);
  });

  test("changes nothing else, but for what may not be destroyed, the load balancer's note, the archive provider and the deployment's tag, which comes later", () => {
    const { moved, ...stack } = stackConfiguration({ movedFrom });
    expect(moved).toBeDefined();
    const { required_providers: providers } = stack.terraform as { required_providers: { archive?: object } };
    // The modules' state has a data source of it, which Terraform reads before it drops it.
    expect(providers.archive).toBeDefined();
    delete providers.archive;
    const others = (key: string, value: unknown): unknown => {
      if (key === "metadata_service_load_balancer_security_group") return undefined;
      if (key !== "lifecycle") return key === "//" || key === "default_tags" ? undefined : value;
      const { prevent_destroy, ...rest } = value as { prevent_destroy?: boolean; postcondition?: object[] };
      if (JSON.stringify(rest.postcondition)?.includes("load_balancer_security_group")) delete rest.postcondition;
      return prevent_destroy && Object.keys(rest).length === 0 ? undefined : rest;
    };
    expect(JSON.stringify(stack.provider)).not.toContain("default_tags");
    expect(JSON.parse(JSON.stringify(stack, others))).toEqual(JSON.parse(JSON.stringify(stackConfiguration(), others)));
  });

  test.each<[string, unknown, string]>([
    ["a text", "module.a", `movedFrom must be an object with ${WHICH}; received "module.a".`],
    ["a list", [], `movedFrom must be an object with ${WHICH}; received [].`],
    ["null", null, `movedFrom must be an object with ${WHICH}; received null.`],
    ["nothing in it", {}, `movedFrom must have ${WHICH}; received {}.`],
    [
      "another module",
      { datastore: "module.a", "metadata-service": "module.b" },
      'movedFrom has no "metadata-service"; it has root, datastore, metadataService, computation, stepFunctions, ui.',
    ],
    [
      "a resource",
      { datastore: "module.a.aws_s3_bucket.this" },
      "movedFrom.datastore must be the address of a module call, such as module.metaflow-datastore, module.metaflow[0] " +
        'or module.a["b"].module.c; received "module.a.aws_s3_bucket.this".',
    ],
    ["a number", { metadataService: 1 }, 'module.a["b"].module.c; received 1.'],
    [
      "one call for both",
      { datastore: "module.a", metadataService: "module.a" },
      "movedFrom.datastore and movedFrom.metadataService must be different module calls; received " +
        '{"datastore":"module.a","metadataService":"module.a"}.',
    ],
    [
      "the root module with another one",
      { root: "module.metaflow", datastore: "module.a" },
      'movedFrom.root stands for all modules: the others must be left out; received {"root":"module.metaflow","datastore":"module.a"}.',
    ],
    [
      "a web interface that the deployment has not",
      { ui: "module.metaflow-ui" },
      "movedFrom.ui is given without the option ui; ui must be given, or the web interface would be destroyed.",
    ],
  ])("refuses %s", (_, wrong, message) => {
    expect(() => stackConfiguration({ movedFrom: wrong as MovedFrom })).toThrow(message);
  });

  test.each(["root", "computation", "stepFunctions"])("refuses %s without compute", (name) => {
    expect(() => stackConfiguration({ movedFrom: { [name]: "module.a" }, options: { compute: false } })).toThrow(
      `movedFrom.${name} is given and compute is false; compute must be true, or what flows run on would be destroyed.`,
    );
  });

  const UI = { certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1" };

  test("of the root module is that of its modules and its repository", () => {
    const root = "module.metaflow[0]";
    const named = {
      datastore: `${root}.module.metaflow-datastore`,
      metadataService: `${root}.module.metaflow-metadata-service`,
      computation: `${root}.module.metaflow-computation`,
      stepFunctions: `${root}.module.metaflow-step-functions`,
      ui: `${root}.module.metaflow-ui`,
    };
    const repository = {
      from: `${root}.aws_ecr_repository.metaflow_batch_image`,
      to: "aws_ecr_repository.batch_image",
    };
    const all = moves({ movedFrom: { root }, options: { ui: UI } });
    expect(all).toContainEqual(repository);
    expect(all.filter(({ from }) => from !== repository.from)).toEqual(
      moves({ movedFrom: named, options: { ui: UI } }),
    );
  });

  test.each(["metadataService", "root"])("of %s knows the index that upstream's REST API has", (name) => {
    const call = name === "root" ? "module.m.module.metaflow-metadata-service" : "module.m";
    const found = blocks({ movedFrom: { [name]: "module.m" } }).filter(
      (block) => isWithinModules(block) && block.from.includes(".aws_"),
    );
    // What the reference has with a count has an index in both.
    const expected = fixture<ReferenceContract>("contract/metadata-service.json")
      .resources.filter((address) => /^aws_api_gateway_.*[^\]]$/.test(address))
      .map((address) => ({ from: `${call}.${address}[0]`, to: `${call}.${address}` }));
    expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(10);
  });

  test("of the root module knows the index that upstream's web interface has", () => {
    const found = (props: MetaflowStackProps) => blocks(props).filter(({ from }) => from.endsWith("metaflow-ui[0]"));
    expect(found({ movedFrom: { root: "module.m[1]" }, options: { ui: UI } })).toEqual([
      { from: "module.m[1].module.metaflow-ui[0]", to: "module.m[1].module.metaflow-ui" },
    ]);
    expect(found({ movedFrom: { ui: "module.metaflow-ui[0]" }, options: { ui: UI } })).toEqual([]);
  });

  test.each([
    ["aws_batch_job_queue.this", "aws_batch_job_queue.compute_this"],
    ["aws_batch_compute_environment.this", "aws_batch_compute_environment.compute_this"],
    ["aws_iam_role.ecs_instance_role", "aws_iam_role.compute_instance_role_this"],
    ["aws_launch_template.cpu[0]", "aws_launch_template.compute_this"],
  ])("of computation has %s at %s", (from, to) => {
    expect(moves({ movedFrom: { computation: "module.c" } })).toContainEqual({ from: `module.c.${from}`, to });
  });

  test.each([
    ["step-functions", "module.s", { stepFunctions: "module.s" }, []],
    ["ui", "module.u", { ui: "module.u" }, ["module.u.aws_ecs_cluster.this"]],
  ])("of %s leaves nothing behind but what both clusters' owners share", (module, call, movedFrom, left) => {
    const moved = moves({ movedFrom, options: { ui: UI } }).map(({ from }) => from);
    const reference = ofReference(module, call);
    expect(reference.filter((from) => !moved.includes(from))).toEqual(left);
    expect(moved.filter((from) => !reference.includes(from) && !from.includes("listener.redirect"))).toEqual(
      module === "ui"
        ? []
        : ["module.s.aws_cloudwatch_log_group.executions", "module.s.aws_iam_role_policy.step_functions_map"],
    );
  });

  test("of ui forgets the cluster, which is the metadata service's, and asks for the Terraform that can", () => {
    const configuration = stackConfiguration({
      movedFrom: { ui: 'module.metaflow["a]b"].module.metaflow-ui[0]' },
      options: { ui: UI },
    });
    expect(configuration.removed).toEqual([
      { from: "module.metaflow.module.metaflow-ui.aws_ecs_cluster.this", lifecycle: { destroy: false } },
    ]);
    expect(configuration.terraform).toMatchObject({ required_version: ">= 1.7" });
    expect(stackConfiguration({ movedFrom })).not.toHaveProperty("removed");
  });

  test.each([
    ["aws_batch_job_queue", "compute_this"],
    ["aws_dynamodb_table", "step_functions_step_functions_state_table"],
    ["aws_ecr_repository", "batch_image"],
    ["aws_lb", "ui_this"],
    ["aws_s3_bucket", "datastore_this"],
  ])("of the root module protects %s.%s", (type, name) => {
    const { resource } = stackConfiguration({ movedFrom: { root: "module.metaflow" }, options: { ui: UI } }) as {
      resource: Record<string, Record<string, { lifecycle?: object }>>;
    };
    expect(resource[type]?.[name]?.lifecycle).toMatchObject({ prevent_destroy: true });
  });
});
