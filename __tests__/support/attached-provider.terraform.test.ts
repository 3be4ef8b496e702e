import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulatedAws } from "./emulated-aws";
import { terraformRoot, type TerraformRoot } from "./terraform-root";

const CONFIGURATION = { terraform: { required_providers: { aws: { source: "hashicorp/aws" } } } };
const KINDS = ["resource_schemas", "data_source_schemas"] as const;

interface Schemas {
  readonly provider: unknown;
  readonly functions?: unknown;
  readonly resource_schemas: Readonly<Record<string, unknown>>;
  readonly data_source_schemas: Readonly<Record<string, unknown>>;
}

const folder = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-test-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The AWS provider's schemas, as Terraform sees them. */
async function schemasOf(root: TerraformRoot): Promise<Schemas> {
  await root.init();
  const { stdout } = await root.run(["providers", "schema", "-json"]);
  const { provider_schemas: all } = JSON.parse(stdout) as { provider_schemas: Record<string, Schemas> };
  return all["registry.terraform.io/hashicorp/aws"] as Schemas;
}

test("the schemas are the provider's own, of the types that the project names", async () => {
  // A CLI configuration of the root's own is one by which Terraform starts the provider itself.
  const cliConfig = join(folder, "cli.tfrc");
  cpSync(emulatedAws().cliConfig, cliConfig);
  const attached = await schemasOf(terraformRoot(CONFIGURATION));
  const direct = await schemasOf(terraformRoot(CONFIGURATION, { cliConfig }));
  // A mirror with a packed provider has nothing to attach to.
  if (emulatedAws().provider === undefined) return expect(attached).toEqual(direct);
  expect(attached.provider).toEqual(direct.provider);
  expect(attached.functions).toEqual(direct.functions);
  for (const kind of KINDS) {
    const types = Object.keys(attached[kind]);
    expect(types.length).toBeGreaterThan(10);
    expect(types.length).toBeLessThan(Object.keys(direct[kind]).length / 2);
    expect(attached[kind]).toEqual(Object.fromEntries(types.map((type) => [type, direct[kind][type]])));
  }
});

test("a type that the project does not name is refused, rather than passed over", async () => {
  const unnamed = ["aws", "xray", "group"].join("_");
  const root = terraformRoot({ resource: { [unnamed]: { this: {} } } });
  await expect(root.validate()).rejects.toThrow(`does not support resource type "${unnamed}"`);
});
