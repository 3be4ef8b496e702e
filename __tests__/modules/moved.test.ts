import type { MovedFrom } from "../../modules/metaflow";
import type { MetaflowStackProps } from "../../modules/metaflow/stack";
import { stackConfiguration } from "../support/app-stack";
import { fixture, type ReferenceContract } from "../support/fixtures";
import { addresses } from "../support/synth";

describe("the takeover of what HCL modules made", () => {
  const movedFrom = { datastore: "module.metaflow-datastore", metadataService: "module.metaflow-metadata-service" };
  const moves = (props: MetaflowStackProps) =>
    ((stackConfiguration(props).moved ?? []) as { from: string; to: string }[]).sort((a, b) =>
      a.from < b.from ? -1 : 1,
    );

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

  test("changes nothing else, but for what may not be destroyed, the archive provider and the deployment's tag, which comes later", () => {
    const { moved, ...stack } = stackConfiguration({ movedFrom });
    expect(moved).toBeDefined();
    const { required_providers: providers } = stack.terraform as { required_providers: { archive?: object } };
    // The modules' state has a data source of it, which Terraform reads before it drops it.
    expect(providers.archive).toBeDefined();
    delete providers.archive;
    const others = (key: string, value: unknown): unknown => {
      if (key !== "lifecycle") return key === "//" || key === "default_tags" ? undefined : value;
      const { prevent_destroy, ...rest } = value as { prevent_destroy?: boolean };
      return prevent_destroy && Object.keys(rest).length === 0 ? undefined : rest;
    };
    expect(JSON.stringify(stack.provider)).not.toContain("default_tags");
    expect(JSON.parse(JSON.stringify(stack, others))).toEqual(JSON.parse(JSON.stringify(stackConfiguration(), others)));
  });

  test.each<[string, unknown, string]>([
    [
      "a text",
      "module.a",
      'movedFrom must be an object with datastore or metadataService, or both; received "module.a".',
    ],
    ["a list", [], "movedFrom must be an object with datastore or metadataService, or both; received []."],
    ["null", null, "movedFrom must be an object with datastore or metadataService, or both; received null."],
    ["nothing in it", {}, "movedFrom must have datastore or metadataService, or both; received {}."],
    [
      "another module",
      { datastore: "module.a", "metadata-service": "module.b" },
      'movedFrom has no "metadata-service"; it has datastore and metadataService.',
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
      "movedFrom.datastore and movedFrom.metadataService must be two module calls; received " +
        '{"datastore":"module.a","metadataService":"module.a"}.',
    ],
  ])("refuses %s", (_, wrong, message) => {
    expect(() => stackConfiguration({ movedFrom: wrong as MovedFrom })).toThrow(message);
  });
});
