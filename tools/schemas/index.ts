import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../../lib/synth/project";
import { shapesOfBindings } from "./bindings";
import { withDeprecations } from "./deprecations";
import { unpackPackage } from "./npm-packages";
import { usedServices } from "./services";
import type { Shapes } from "./shape";

/** Versions of the AWS provider, and the packages that tell of them. */
const VERSIONS = [
  { aws: "6.25.0", bindings: "@cdktf/provider-aws@21.22.1", deprecations: "@pulumi/aws@7.14.0" },
  { aws: "6.66.0", bindings: "@cdktn/provider-aws@25.7.0", deprecations: "@pulumi/aws@7.48.0" },
] as const;

function main(): void {
  const services = usedServices();
  const scratch = mkdtempSync(join(tmpdir(), "schemas-"));
  try {
    for (const { aws, bindings, deprecations } of VERSIONS) {
      const parts = services.map((service) => `lib/${service}`);
      const structure = shapesOfBindings(unpackPackage(bindings, join(scratch, aws, "bindings"), parts), services);
      const folder = unpackPackage(deprecations, join(scratch, aws, "deprecations"), []);
      const { shapes, unknown } = withDeprecations(structure, folder);
      if (unknown.length > 0) throw new Error(`${deprecations} does not have ${unknown.join(", ")} of ${bindings}.`);
      const file = join(projectFile("__tests__/fixtures"), "schemas", `aws-${aws}.json`);
      writeFileSync(file, textOf({ provider: `hashicorp/aws ${aws}`, bindings, deprecations }, shapes));
      process.stdout.write(`${file}: ${String(Object.keys(shapes).length)} resources and data sources\n`);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** JSON with a line for each resource and data source. */
function textOf(origin: object, shapes: Shapes): string {
  const lines = Object.keys(shapes)
    .sort()
    .map((type) => `    ${JSON.stringify(type)}: ${JSON.stringify(shapes[type])}`);
  return `{\n  "origin": ${JSON.stringify(origin)},\n  "shapes": {\n${lines.join(",\n")}\n  }\n}\n`;
}

// `npm run schemas`: what versions of the AWS provider have of what the constructs use, for the tests.
main();
