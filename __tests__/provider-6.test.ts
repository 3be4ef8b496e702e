import { shapesOfBindings } from "../tools/schemas/bindings";
import { usedServices } from "../tools/schemas/services";
import { faces } from "./support/faces";
import { deprecatedUses, recordedShapes, refused } from "./support/provider-schemas";
import { join } from "node:path";
import { project } from "./support/app-folder";

// Every argument that the project emits, by what versions of the AWS provider have. Of version 6 the schemas are recorded
// (`npm run schemas`); that of 5.100.0 is the provider's own in provider-5.terraform.test.ts.

const FACES = Object.entries(faces());

/** What AWS provider 6 has renamed: with its bindings, the constructs take the new names; the published modules require version 5. */
const OF_PROVIDER_5 = [
  "aws_batch_compute_environment.compute_environment_name does not exist",
  "aws_batch_compute_environment.compute_environment_name_prefix does not exist",
  "aws_batch_job_queue.compute_environments does not exist",
];

const WITH_PROVIDER_5 = /^the (construct|published module) (Computation|Root|computation|root)$/;

describe.each(["6.25.0", "6.66.0"] as const)("AWS provider %s", (version) => {
  const shapes = recordedShapes(version);

  test("is recorded with every resource and data source that the constructs use", () => {
    const used = shapesOfBindings(join(project, "node_modules", "@cdktf", "provider-aws"), usedServices());
    expect(Object.keys(shapes).sort()).toEqual(Object.keys(used).sort());
  });

  test.each(FACES)("takes every argument of %s", (name, configuration) => {
    const expected = WITH_PROVIDER_5.test(name) ? OF_PROVIDER_5 : [];
    expect(refused(configuration, shapes).filter((problem) => !expected.includes(problem))).toEqual([]);
  });

  test("has deprecated no more than docs/versions.md says", () => {
    const found = FACES.flatMap(([, configuration]) => deprecatedUses(configuration, shapes));
    expect([...new Set(found)].sort()).toEqual(DEPRECATED[version]);
  });
});

const DEPRECATED = {
  "6.25.0": ["aws_s3_bucket.acl", "aws_s3_bucket.server_side_encryption_configuration"],
  "6.66.0": ["aws_s3_bucket.acl", "aws_s3_bucket.server_side_encryption_configuration", "data.aws_region.id"],
};

describe("planted", () => {
  const shapes = recordedShapes("6.25.0");
  const resource = (type: string, body: object) => ({ resource: { [type]: { it: body } } });

  test.each<[string, object, string]>([
    [
      "an argument that version 6 has removed",
      resource("aws_batch_job_queue", { name: "q", priority: 1, state: "ENABLED", compute_environments: [] }),
      "aws_batch_job_queue.compute_environments does not exist",
    ],
    [
      "an argument of a block",
      resource("aws_ecs_cluster", {
        name: "c",
        setting: [{ name: "containerInsights", value: "enabled", planted: 1 }],
      }),
      "aws_ecs_cluster.setting.planted does not exist",
    ],
    [
      "an argument of a dynamic block",
      resource("aws_ecs_cluster", {
        name: "c",
        dynamic: { setting: { for_each: "${var.x}", content: { name: "a", value: "b", planted: 1 } } },
      }),
      "aws_ecs_cluster.setting.planted does not exist",
    ],
    [
      "what can only be read",
      resource("aws_ecs_cluster", { name: "c", arn: "a" }),
      "aws_ecs_cluster.arn can only be read",
    ],
    ["what is required", resource("aws_ecs_cluster", {}), "aws_ecs_cluster.name is required"],
    [
      "another nesting",
      resource("aws_ecs_cluster", { name: ["c"] }),
      'aws_ecs_cluster.name must be of the type string; it is ["c"]',
    ],
    ["an unknown resource", resource("aws_planted", {}), "aws_planted does not exist"],
    [
      "an attribute that is read",
      { output: { it: { value: "${aws_ecs_cluster.it[0].planted}" } } },
      "aws_ecs_cluster.planted does not exist",
    ],
  ])("%s is found", (_, configuration, problem) => {
    expect(refused(configuration, shapes)).toEqual([problem]);
  });

  test("what is deprecated is found where it is set and where it is read", () => {
    const set = resource("aws_s3_bucket", { acl: "private" });
    const read = { output: { it: { value: "${data.aws_region.current.name}" } } };
    expect(deprecatedUses({ ...set, ...read }, shapes)).toEqual(["aws_s3_bucket.acl", "data.aws_region.name"]);
  });
});
