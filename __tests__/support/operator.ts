import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePython } from "../../tools/system/python";
import { sealedEnvironment } from "../../tools/terraform/environment";
import { stackRoot } from "./app-stack";
import { emulatedAws } from "./emulated-aws";
import { guideBlocks, Reader } from "./guide";
import { MigrationService } from "./migration-service";
import { pythonPackages } from "./python-packages";
import { withAttachedProvider, type TerraformRoot } from "./terraform-root";

/** What is put in place of the guide's words: nobody is there to say yes, and settings are given as it says. */
const OWN = {
  "terraform apply": "terraform apply -auto-approve -no-color -var-file=prod.tfvars.json",
  "terraform destroy": "terraform destroy -auto-approve -no-color -var-file=prod.tfvars.json",
  "vX.Y.Z": "v2.5.2",
};
const SETTINGS = "prod.tfvars.json";

/** A database instance, as AWS describes it. */
export interface Instance {
  readonly DbiResourceId: string;
  readonly EngineVersion: string;
  readonly DeletionProtection: boolean;
  readonly BackupRetentionPeriod: number;
}

/** Somebody who has a deployment and follows docs/operations.md, in a folder with its configuration and settings. */
export class Operator {
  // Compute is in none of what an operator does here, and would take its time.
  public readonly root: TerraformRoot = stackRoot({}, { options: { compute: false } });
  private readonly guide = guideBlocks("docs/operations.md");
  private readonly home = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-operator-"));
  private readonly settings: Record<string, unknown> = { deletion_protection: true };
  private life?: { readonly service: MigrationService; readonly reader: Reader };

  /** Makes the deployment, and writes its profile. */
  public async begin(): Promise<void> {
    this.keep({});
    mkdirSync(join(this.home, ".metaflowconfig"));
    mkdirSync(join(this.home, "bin"));
    const python = await preparePython();
    const packages = await pythonPackages("aws-cli", python);
    const command = `#!/bin/sh\nPYTHONPATH="${packages}" exec "${python}" -m awscli "$@"\n`;
    writeFileSync(join(this.home, "bin", "aws"), command, { mode: 0o755 });
    const { endpoint, cliConfig } = emulatedAws();
    const extra = { HOME: this.home, PATH: `${join(this.home, "bin")}:${process.env.PATH ?? ""}` };
    const sealed = sealedEnvironment({ endpoint, cliConfig, account: this.root.account, extra });
    const reader = new Reader(this.root.folder, withAttachedProvider(sealed, this.root.folder), OWN);
    this.life = { reader, service: await MigrationService.start(this.root.account) };
    await this.root.apply(`-var-file=${SETTINGS}`);
    await this.shell("terraform output -raw metaflow_profile_json > ~/.metaflowconfig/config_prod.json");
  }

  public async end(): Promise<void> {
    await this.life?.service.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  public get service(): MigrationService {
    return (this.life as { service: MigrationService }).service;
  }

  /** Keeps settings for what comes. */
  public keep(settings: Record<string, unknown>): void {
    Object.assign(this.settings, settings);
    writeFileSync(join(this.root.folder, SETTINGS), JSON.stringify(this.settings));
  }

  /** Follows a section, then keeps settings as the guide says. @returns what the section's commands print */
  public async follow(heading: string, kept: Record<string, unknown> = {}): Promise<string> {
    const blocks = this.guide.get(heading) ?? [];
    if (blocks.length === 0) throw new Error(`docs/operations.md has no section ${heading}.`);
    const printed: string[] = [];
    for (const block of blocks) printed.push((await this.life?.reader.follow(block)) ?? "");
    this.keep(kept);
    return printed.join("");
  }

  /** Runs commands in the deployment's folder. @returns what they print */
  public async shell(commands: string): Promise<string> {
    return (this.life as { reader: Reader }).reader.shell(commands);
  }

  /** What a plan with the kept settings would change. */
  public async changes(): Promise<string[]> {
    return this.root.changes(`-var-file=${SETTINGS}`);
  }

  /** Asks the AWS CLI. */
  public async aws<Answer>(command: string): Promise<Answer> {
    return JSON.parse(await this.shell(`aws ${command}`)) as Answer;
  }

  public async instance(name: string): Promise<Instance> {
    interface Answer {
      readonly DBInstances: readonly [Instance];
    }
    return (await this.aws<Answer>(`rds describe-db-instances --db-instance-identifier ${name}`)).DBInstances[0];
  }

  /** Metaflow's configuration of the deployment. */
  public profile(): Record<string, string> {
    return JSON.parse(readFileSync(join(this.home, ".metaflowconfig", "config_prod.json"), "utf8")) as Record<
      string,
      string
    >;
  }
}
