import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFile } from "../../lib/synth/project";

/** The services of the AWS provider's bindings that the constructs import: `s3-bucket`, `data-aws-region`. */
export function usedServices(): string[] {
  const root = dirname(projectFile("package.json"));
  const files = ["lib", "modules"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(root, folder, name), "utf8")),
  );
  const found = files.flatMap((text) => [...text.matchAll(/"@cdktf\/provider-aws\/lib\/([a-z0-9-]+)"/g)]);
  return [...new Set(found.map(([, service = ""]) => service))].filter((service) => service !== "provider").sort();
}
