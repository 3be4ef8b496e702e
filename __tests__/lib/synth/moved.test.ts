import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Construct } from "constructs";
import { resource } from "../../../lib/synth/addresses";
import { isModuleCall, moveResources } from "../../../lib/synth/moved";
import { synthesized } from "../../support/synth";

/** A module with a resource of its own, one in a part of it, and a data source. */
class Module extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    resource(this, S3Bucket, "this", {});
    resource(this, DataAwsRegion, "current", {});
    resource(new Construct(this, "part"), SecurityGroup, "this", { lifecycle: { createBeforeDestroy: true } });
  }
}

function moved(build: (stack: Construct) => Construct, call = "module.old"): unknown {
  const { moved: blocks } = synthesized((stack) => {
    moveResources(call, build(stack));
  }) as { moved?: unknown };
  return blocks;
}

describe("a module's resources", () => {
  test("are moved from where the module has them to where the stack has them, and data sources are not", () => {
    expect(moved((stack) => new Module(stack, "new"))).toEqual([
      { from: "module.old.aws_s3_bucket.this", to: "aws_s3_bucket.new_this" },
      { from: "module.old.aws_security_group.part_this", to: "aws_security_group.new_part_this" },
    ]);
  });

  test.each([
    ["in a construct", (stack: Construct) => new Module(new Construct(stack, "a b"), "new"), "a_b_new_this"],
    ["in a construct whose id begins with a digit", (stack: Construct) => new Module(stack, "1st"), "_1st_this"],
    ["at the stack's own level", (stack: Construct) => new Module(stack, "Default"), "this"],
  ])("are moved to a module %s", (_, build, name) => {
    expect(moved(build)).toContainEqual({ from: "module.old.aws_s3_bucket.this", to: `aws_s3_bucket.${name}` });
  });

  test("are moved from a call within other calls, with their indexes", () => {
    const call = 'module.metaflow["prod"].module.old[0]';
    expect(moved((stack) => new Module(stack, "new"), call)).toContainEqual({
      from: 'module.metaflow["prod"].module.old[0].aws_s3_bucket.this',
      to: "aws_s3_bucket.new_this",
    });
  });

  test("are not destroyed where they hold data, and keep the lifecycle that they have", () => {
    const { resource: resources } = synthesized((stack) => {
      moveResources("module.old", new Module(stack, "new"));
    });
    expect(resources?.aws_s3_bucket?.new_this?.lifecycle).toEqual({ prevent_destroy: true });
    expect(resources?.aws_security_group?.new_part_this?.lifecycle).toEqual({ create_before_destroy: true });
  });
});

test.each([
  "module.metaflow-datastore",
  "module._a",
  "module.métaflow",
  "module.a[0]",
  "module.a[12].module.b",
  'module.a["x"]',
  'module.a["x.y z"].module.b-c["\\""]',
])("%s is the address of a module call", (call) => {
  expect(isModuleCall(call)).toBe(true);
});

test.each([
  undefined,
  null,
  7,
  ["module.a"],
  "",
  "a",
  "module",
  "module.",
  "module.1a",
  "module.a.",
  "module.a.b",
  "module.a module.b",
  "module.a\n",
  "module.a.aws_s3_bucket.this",
  "aws_s3_bucket.this",
  "data.a",
  "module.a[]",
  "module.a[x]",
  "module.a[-1]",
  "module.a['x']",
  'module.a["x]',
  'module.a["${x}"]',
  'module.a["%{x}"]',
  "module.a[0][1]",
  "Module.a",
])("%j is not", (call) => {
  expect(isModuleCall(call)).toBe(false);
});
