import { join } from "node:path";
import { shapesOfBindings } from "../tools/schemas/bindings";
import { usedServices } from "../tools/schemas/services";
import type { Shape, Shapes } from "../tools/schemas/shape";
import { shapesOfProvider, type ProviderSchema } from "../tools/schemas/terraform";
import { project } from "./support/app-folder";
import { faces } from "./support/faces";
import { deprecatedUses, refused } from "./support/provider-schemas";
import { terraformRoot } from "./support/terraform-root";

// What AWS provider 5.100.0 says of itself: it judges every argument that the project emits, and the way in which the
// schemas of version 6 are recorded (provider-6.test.ts).

const root = terraformRoot({
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
});
const bindings = shapesOfBindings(join(project, "node_modules", "@cdktf", "provider-aws"), usedServices());
let shapes: Shapes = {};

beforeAll(async () => {
  await root.init();
  const { provider_schemas: schemas } = JSON.parse((await root.run(["providers", "schema", "-json"])).stdout) as {
    readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
  };
  const schema = schemas["registry.terraform.io/hashicorp/aws"];
  if (!schema) throw new Error(`Terraform has the schemas of ${Object.keys(schemas).join(", ")}.`);
  shapes = shapesOfProvider(schema);
});

test("what is read of the bindings is what the provider says, but for what is deprecated", () => {
  const used = Object.keys(bindings).map((type) => [type, withoutDeprecations(shapes[type] ?? {})]);
  expect(bindings).toEqual(Object.fromEntries(used));
});

function withoutDeprecations(shape: Shape): Shape {
  return Object.fromEntries(
    Object.entries(shape).map(([name, { type, required, computed, nested }]) => [
      name,
      { type, required, computed, nested: nested && withoutDeprecations(nested) },
    ]),
  );
}

test.each(Object.entries(faces()))("the provider takes every argument of %s", (_, face) => {
  expect(refused(face, shapes)).toEqual([]);
});

test("nothing is used that the provider has deprecated but what docs/versions.md names", () => {
  const found = Object.values(faces()).flatMap((face) => deprecatedUses(face, shapes));
  expect([...new Set(found)].sort()).toEqual([
    "aws_batch_job_queue.compute_environments",
    "aws_s3_bucket.acl",
    "aws_s3_bucket.server_side_encryption_configuration",
  ]);
});
