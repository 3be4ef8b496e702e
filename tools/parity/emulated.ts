import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChildProcess } from "node:child_process";
import { startEmulator } from "../emulator/emulator";
import { preparePython } from "../system/python";
import { emulatedOverride, EMULATED_ACCOUNT, sealedEnvironment } from "../terraform/environment";
import { prepareProviders } from "../terraform/providers";
import { findTerraform, startTerraform } from "../terraform/terraform";
import type { RootConfiguration } from "./roots";
import type { PlanJson, StateJson } from "./values";

/** What a recording runs with. */
export interface Tools {
  /** The Terraform binary. */
  readonly terraform: string;
  /** Terraform's CLI configuration, by which it finds the providers. */
  readonly cliConfig: string;
  /** The emulated AWS's interpreter. @default - prepared when it is needed */
  readonly python?: string;
  /** Changes the environment in which Terraform runs in a folder. @default - as it is */
  readonly adapt?: (environment: NodeJS.ProcessEnv, folder: string) => NodeJS.ProcessEnv;
}

/** The account in which everything is recorded: it stands in ARNs. */
export const ACCOUNT = EMULATED_ACCOUNT;

/** Finds Terraform and gets what it and the emulated AWS need. */
export async function prepareTools(progress: (message: string) => void): Promise<Tools> {
  const terraform = findTerraform();
  const { cliConfig, note } = await prepareProviders({ terraform, progress });
  if (note !== undefined) progress(note);
  return { terraform: terraform.command, cliConfig, python: await preparePython({ progress }) };
}

/** Runs `work` on a fresh emulated AWS, whose counters, such as those of revisions, begin at 1. */
export async function onFreshAws<Result>(
  { python }: Tools,
  work: (endpoint: string) => Promise<Result>,
): Promise<Result> {
  const emulator = await startEmulator({ parent: process.pid, python });
  scratch.add(emulator.log);
  try {
    return await work(emulator.endpoint);
  } finally {
    await emulator.stop();
    remove(emulator.log);
  }
}

const running = new Set<ChildProcess>();
/** Files and folders that go away with this process. */
const scratch = new Set<string>();

/** Ends every Terraform that runs and removes its root: what is made on an emulated AWS needs no destroy. */
export function abandon(): void {
  for (const { pid } of running) {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  }
  scratch.forEach(remove);
}

/** Runs `work` in a new root module's folder, which is removed afterwards. */
export async function inScratchRoot<Result>(
  tools: Tools,
  endpoint: string,
  work: (root: ScratchRoot) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "parity-"));
  scratch.add(folder);
  try {
    return await work(new ScratchRoot(folder, tools, endpoint));
  } finally {
    remove(folder);
  }
}

/** A Terraform root for the emulated AWS. */
export class ScratchRoot {
  private env?: NodeJS.ProcessEnv;

  public constructor(
    /** Without symbolic links: Terraform resolves the modules' relative paths from here. */
    public readonly folder: string,
    private readonly tools: Tools,
    private readonly endpoint: string,
  ) {}

  /** Writes the root's configuration, in place of an earlier one, and initializes it. */
  public async write(configuration: RootConfiguration): Promise<void> {
    const required = { required_providers: { aws: { source: "hashicorp/aws" } } };
    const texts = {
      "main.tf.json": { terraform: required, ...configuration },
      "emulated_override.tf.json": emulatedOverride(configuration, ACCOUNT),
    };
    Object.entries(texts).forEach(([file, content]) => {
      writeFileSync(join(this.folder, file), JSON.stringify(content));
    });
    await this.run("init", "-no-color");
  }

  /** What a plan shows. */
  public async plan(...args: readonly string[]): Promise<PlanJson> {
    await this.run("plan", "-no-color", "-lock=false", "-out=plan", ...args);
    return JSON.parse(await this.run("show", "-json", "plan")) as PlanJson;
  }

  /** Applies. @returns the state */
  public async apply(): Promise<StateJson> {
    await this.run("apply", "-no-color", "-auto-approve");
    return JSON.parse(await this.run("show", "-json")) as StateJson;
  }

  private async run(...args: readonly string[]): Promise<string> {
    this.env ??= this.environment();
    const { child, result } = startTerraform(args, { cwd: this.folder, env: this.env, command: this.tools.terraform });
    running.add(child);
    try {
      const { code, stdout, stderr } = await result;
      if (code === 0) return stdout;
      const words = (stderr.trim() || stdout.trim()).split("\n").slice(-60).join("\n");
      throw new Error(`terraform ${args.join(" ")} ended with ${String(code ?? "a signal")}:\n${words}`);
    } finally {
      running.delete(child);
    }
  }

  private environment(): NodeJS.ProcessEnv {
    const { cliConfig, adapt } = this.tools;
    const sealed = sealedEnvironment({ endpoint: this.endpoint, cliConfig, account: ACCOUNT });
    return adapt ? adapt(sealed, this.folder) : sealed;
  }
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
  scratch.delete(path);
}
