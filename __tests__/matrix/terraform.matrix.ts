import { stackConfiguration, stackRoot } from "../support/app-stack";
import { emulatedAws } from "../support/emulated-aws";
import { fixture, type ParityCase } from "../support/fixtures";
import type { PlanJson, StateJson } from "../../tools/parity/values";
import { applyingRoot, parityCases, planDifferences, planningRoot, stateDifferences } from "../support/parity-cases";
import { publishedFiles } from "../support/published";
import { terraformRoot, type TerraformRoot, type TerraformRootOptions } from "../support/terraform-root";
import { deprecated, type ProviderSchema } from "./deprecated";
import { cliConfigForProtocol5 } from "./protocol5";
import { terraformBuild } from "./terraform-builds";

/** The oldest Terraform that a published module takes, and the oldest that the app takes. */
const VERSIONS = ["0.13.7", "1.5.7"];
const STACK_VERSION = "1.5.7";

/** The bucket's arguments that separate resources are to replace, which would not be the reference's resources. */
const BUCKET = ["aws_s3_bucket.acl", "aws_s3_bucket.server_side_encryption_configuration"];

/** Where a root uses a Terraform of that version. */
async function withTerraform(version: string): Promise<TerraformRootOptions> {
  const command = await terraformBuild(version);
  return version.startsWith("0.") ? { command, cliConfig: cliConfigForProtocol5() } : { command };
}

/** What came of a root that was applied, planned again and destroyed. */
interface Life {
  readonly folder: string;
  readonly state: StateJson;
  readonly again: readonly string[];
  readonly left: readonly string[];
}

async function live(root: TerraformRoot): Promise<Life> {
  await root.apply();
  const state = (await root.state()) as StateJson;
  const again = await root.changes();
  await root.destroy();
  return { folder: root.folder, state, again, left: await root.addresses() };
}

/** Terraform 0.13 lists the data sources that a plan has read among what is planned. */
const READ = /^\/resources\/data\.aws_iam_policy_document\.\w+: not in the reference/;

describe.each(VERSIONS)("the published modules under Terraform %s", (version) => {
  const applied = parityCases("apply");
  const lives = new Map<string, Life>();
  let options: TerraformRootOptions;
  let plan: PlanJson;
  let folder: string;

  beforeAll(async () => {
    options = await withTerraform(version);
    // The revisions of a task definition go on counting when it is gone, and the reference's is the first.
    await fetch(`${emulatedAws().endpoint}/moto-api/reset`, { method: "POST" });
    const root = planningRoot(options);
    folder = root.folder;
    await root.validate();
    plan = (await root.plan()) as unknown as PlanJson;
    await Promise.all(applied.map(async (name) => lives.set(name, await live(applyingRoot(name, options)))));
  });

  test("it is that version", async () => {
    const { stdout } = await terraformRoot({}, options).run(["version"]);
    expect(stdout).toMatch(new RegExp(`^Terraform v${version.replaceAll(".", "\\.")}\\s`));
  });

  test.each(parityCases("plan"))("%s resolves to what the reference does", (name) => {
    const differences = planDifferences(name, plan, folder);
    expect(differences.filter((difference) => version !== "0.13.7" || !READ.test(difference))).toEqual([]);
  });

  test.each(applied)("%s comes to be what the reference does", (name) => {
    const { state, folder: its } = lives.get(name) as Life;
    expect(stateDifferences(name, state, its)).toEqual([]);
  });

  test.each(applied)("%s: a second plan is empty, and destroying leaves nothing", (name) => {
    expect(lives.get(name)).toMatchObject({ again: [], left: [] });
  });

  test("bad input is refused with the value and what is allowed", async () => {
    const { inputs } = fixture<Record<string, ParityCase>>("parity/cases.json")["datastore-defaults"] as ParityCase;
    const call = { source: "./modules/datastore", ...inputs, db_username: "user" };
    const root = terraformRoot({ module: { refused: call } }, { files: publishedFiles(), ...options });
    await root.init();
    const { stderr } = await root.run(["plan", "-no-color"], [1]);
    expect(stderr.replace(/\s+/g, " ")).toContain('db_username, \\"user\\", must be');
  });
});

describe(`the app's stack under Terraform ${STACK_VERSION}`, () => {
  let life: Life;

  beforeAll(async () => {
    const variables = { deletion_protection: false };
    life = await live(stackRoot({ ...(await withTerraform(STACK_VERSION)), variables }));
  });

  test("is applied, its second plan is empty, and destroying it leaves nothing", () => {
    expect(Object.keys(life.state.values.outputs ?? {})).toContain("METAFLOW_SERVICE_URL");
    expect(life).toMatchObject({ again: [], left: [] });
  });
});

describe("the AWS provider of this machine", () => {
  let schema: ProviderSchema;

  beforeAll(async () => {
    const root = planningRoot();
    await root.init();
    const { provider_schemas: all } = JSON.parse((await root.run(["providers", "schema", "-json"])).stdout) as {
      provider_schemas: Record<string, ProviderSchema>;
    };
    schema = all["registry.terraform.io/hashicorp/aws"] as ProviderSchema;
  });

  const files = publishedFiles();
  test.each([
    ["modules/datastore", files["modules/datastore/main.tf.json"], BUCKET],
    ["modules/metadata-service", files["modules/metadata-service/main.tf.json"], []],
    ["the app's stack", JSON.stringify(stackConfiguration()), BUCKET],
  ])("%s uses nothing deprecated but what the reference does", (_, configuration = "", expected) => {
    expect(deprecated(configuration, schema)).toEqual(expected);
  });
});
