import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sealedEnvironment } from "../../tools/terraform/environment";
import { preparePython } from "../../tools/system/python";
import { stackRoot } from "../support/app-stack";
import { emulatedAws } from "../support/emulated-aws";
import { guideBlocks, Reader } from "../support/guide";
import { MigrationService } from "../support/migration-service";
import { pythonPackages } from "../support/python-packages";
import { withAttachedProvider } from "../support/terraform-root";

const guide = guideBlocks("docs/operations.md");

/** What is put in place of the guide's words: nobody is there to say yes, and settings are given as it says. */
const OWN = {
  "terraform apply": "terraform apply -auto-approve -no-color -var-file=prod.tfvars.json",
  "terraform destroy": "terraform destroy -auto-approve -no-color -var-file=prod.tfvars.json",
  "vX.Y.Z": "v2.5.2",
};

const DATABASE = "metaflow-metaflow-prod";
const SETTINGS = "prod.tfvars.json";

interface Instance {
  readonly DbiResourceId: string;
  readonly EngineVersion: string;
  readonly DeletionProtection: boolean;
  readonly BackupRetentionPeriod: number;
}

describe("somebody who follows docs/operations.md from top to bottom", () => {
  const root = stackRoot();
  const home = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-operator-"));
  const life: { service?: MigrationService; reader?: Reader } = {};
  const settings: Record<string, unknown> = { deletion_protection: true };
  const reader = () => life.reader as Reader;

  /** Follows a section, then keeps settings as the guide says. @returns what the section's commands print */
  async function follow(heading: string, kept: Record<string, unknown> = {}): Promise<string> {
    const blocks = guide.get(heading) ?? [];
    expect(blocks).not.toEqual([]);
    const printed: string[] = [];
    for (const block of blocks) printed.push(await reader().follow(block));
    Object.assign(settings, kept);
    writeFileSync(join(root.folder, SETTINGS), JSON.stringify(settings));
    return printed.join("");
  }

  const aws = async <Answer>(command: string) => JSON.parse(await reader().shell(`aws ${command}`)) as Answer;

  async function instance(name: string): Promise<Instance> {
    interface Answer {
      readonly DBInstances: readonly [Instance];
    }
    return (await aws<Answer>(`rds describe-db-instances --db-instance-identifier ${name}`)).DBInstances[0];
  }

  const secret = async () =>
    (await aws<{ SecretString: string }>("secretsmanager get-secret-value --secret-id metaflow-database-password-prod"))
      .SecretString;

  const profile = () =>
    JSON.parse(readFileSync(join(home, ".metaflowconfig", "config_prod.json"), "utf8")) as Record<string, string>;

  beforeAll(async () => {
    writeFileSync(join(root.folder, SETTINGS), JSON.stringify(settings));
    mkdirSync(join(home, ".metaflowconfig"));
    mkdirSync(join(home, "bin"));
    const python = await preparePython();
    const packages = await pythonPackages("aws-cli", python);
    const command = `#!/bin/sh\nPYTHONPATH="${packages}" exec "${python}" -m awscli "$@"\n`;
    writeFileSync(join(home, "bin", "aws"), command, { mode: 0o755 });
    const { endpoint, cliConfig } = emulatedAws();
    const extra = { HOME: home, PATH: `${join(home, "bin")}:${process.env.PATH ?? ""}` };
    const sealed = sealedEnvironment({ endpoint, cliConfig, account: root.account, extra });
    const env = withAttachedProvider(sealed, root.folder);
    life.reader = new Reader(root.folder, env, OWN);
    life.service = await MigrationService.start(root.account);
    await root.apply(`-var-file=${SETTINGS}`);
    await reader().shell("terraform output -raw metaflow_profile_json > ~/.metaflowconfig/config_prod.json");
  });

  afterAll(async () => {
    await life.service?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test("rotates the database's password", async () => {
    const before = await secret();
    await follow("Rotate the database's password", { database_password_version: 2 });
    expect(await secret()).not.toBe(before);
  });

  test("rotates the API key", async () => {
    const before = profile();
    await follow("Rotate the API key");
    const { METAFLOW_SERVICE_AUTH_KEY: key, ...others } = profile();
    expect({ ...others, METAFLOW_SERVICE_AUTH_KEY: before.METAFLOW_SERVICE_AUTH_KEY }).toEqual(before);
    expect(key).not.toBe(before.METAFLOW_SERVICE_AUTH_KEY);
  });

  test("upgrades the metadata service, and the schema with it", async () => {
    const service = life.service as MigrationService;
    service.isUpToDate = false;
    const image = "netflixoss/metaflow_metadata_service:v2.5.2";
    const printed = await follow("Upgrade the metadata service", { metadata_service_container_image: image });
    expect(service.upgrades).toBe(1);
    expect(printed).toContain('"DBSnapshotIdentifier": "before-upgrade"');
    expect(printed).toContain('"final-status"');
    expect(await root.changes(`-var-file=${SETTINGS}`)).toEqual([]);
  });

  test("upgrades the database's major version", async () => {
    const before = await instance(DATABASE);
    await follow("Upgrade the database's major version", { db_engine_version: "18" });
    const after = await instance(DATABASE);
    expect([before.EngineVersion, after.EngineVersion]).toEqual(["17", "18"]);
    expect(after.DbiResourceId).toBe(before.DbiResourceId);
  });

  test("restores the database", async () => {
    const before = await instance(DATABASE);
    await follow("Restore the database");
    const after = await instance(DATABASE);
    expect(after.DbiResourceId).not.toBe(before.DbiResourceId);
    expect((await instance("metaflow-metaflow-damaged")).DbiResourceId).toBe(before.DbiResourceId);
    expect(after).toMatchObject({
      DeletionProtection: true,
      BackupRetentionPeriod: 14,
      EngineVersion: before.EngineVersion,
    });
    expect(await root.changes(`-var-file=${SETTINGS}`)).toEqual([]);
  });

  test("has a deleted object back", async () => {
    const bucket = await reader().shell("terraform output -raw s3_bucket_name");
    const key = "metaflow/MyFlow/data/ab/abcd";
    await reader().shell(`printf 42 > "$HOME/artifact"
      aws s3api put-object --bucket ${bucket} --key ${key} --body "$HOME/artifact"
      aws s3api delete-object --bucket ${bucket} --key ${key}`);
    const read = `aws s3api get-object --bucket ${bucket} --key ${key} "$HOME/found" > /dev/null; cat "$HOME/found"`;
    await expect(reader().shell(read)).rejects.toThrow("NoSuchKey");
    await follow("Have an object back");
    expect(await reader().shell(read)).toBe("42");
  });

  test("takes the deployment down for good", async () => {
    const bucket = await reader().shell("terraform output -raw s3_bucket_name");
    await reader().shell(`aws s3api delete-object --bucket ${bucket} --key metaflow/MyFlow/data/ab/abcd`);
    settings.force_destroy_s3_bucket = true;
    writeFileSync(join(root.folder, SETTINGS), JSON.stringify(settings));
    const printed = await follow("Take the deployment down for good");
    expect(printed).toMatch(/Destroy complete! Resources: \d{2,3} destroyed/);
    expect(printed).toContain("final-snapshot");
    expect(await root.addresses()).toEqual([]);
  });
});
