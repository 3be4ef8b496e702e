import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { atLeast } from "../system/python";

/** What the app needs: older ones cannot lock a state in S3 without DynamoDB. */
export const MINIMUM_TERRAFORM = "1.10.0";

/** A Terraform binary of this machine. */
export interface Terraform {
  readonly command: string;
  /** `1.11.4` */
  readonly version: string;
  /** `linux_amd64` */
  readonly platform: string;
}

/**
 * The Terraform on the PATH, or the one that `TERRAFORM_BINARY_NAME` (the CDKTF CLI's variable) names.
 * @throws when there is none, or an older one than `minimum`.
 */
export function findTerraform(minimum: string = MINIMUM_TERRAFORM, source: NodeJS.ProcessEnv = process.env): Terraform {
  const command = source.TERRAFORM_BINARY_NAME ?? "terraform";
  const env = { PATH: source.PATH, HOME: source.HOME, CHECKPOINT_DISABLE: "1" };
  const found = spawnSync(command, ["version", "-json"], { env, encoding: "utf8", timeout: 30_000 });
  if (found.error) {
    const missing = (found.error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = missing ? `there is no ${command} on the PATH` : found.error.message;
    throw new Error(
      `Terraform ${minimum} or newer is needed, and ${reason}. Install it: https://developer.hashicorp.com/terraform/install`,
    );
  }
  const { version, platform } = parseVersion(found.stdout);
  if (version === undefined || platform === undefined) {
    const output = (found.stderr || found.stdout).trim();
    throw new Error(`"${command} version -json" did not say which Terraform it is:\n${output}`);
  }
  if (!atLeast(version, minimum)) {
    throw new Error(
      `Terraform ${minimum} or newer is needed, and ${command} on the PATH is ${version}. Install a newer one and try again.`,
    );
  }
  return { command, version, platform };
}

/** Reads the answer of `terraform version -json`. */
export function parseVersion(output: string): { version?: string; platform?: string } {
  try {
    const answer = JSON.parse(output) as { terraform_version?: string; platform?: string };
    return { version: answer.terraform_version, platform: answer.platform };
  } catch {
    return {};
  }
}

/** How a Terraform command ended. */
export interface TerraformResult {
  /** 0, or 2 for a plan with changes and `-detailed-exitcode`; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default - the one on the PATH of `env` */
  readonly command?: string;
  /** Called with each line of the standard output while the command runs. */
  readonly onLine?: (line: string) => void;
}

/** A Terraform command that runs. */
export interface RunningTerraform {
  readonly child: ChildProcess;
  readonly result: Promise<TerraformResult>;
}

/**
 * Starts Terraform in a process group of its own: an interrupt from the terminal reaches only this process, which passes it on
 * once. Two of them would make Terraform stop without writing its state.
 */
export function startTerraform(args: readonly string[], options: RunOptions): RunningTerraform {
  const child = spawn(options.command ?? "terraform", args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  let rest = "";
  const decoder = new StringDecoder("utf8");
  const { onLine } = options;
  child.stdout.on("data", (chunk: Buffer) => {
    const text = decoder.write(chunk);
    stdout += text;
    if (!onLine) return;
    const [first = "", ...lines] = text.split("\n");
    rest += first;
    for (const line of lines) {
      onLine(rest);
      rest = line;
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const result = new Promise<TerraformResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (rest !== "") onLine?.(rest);
      resolve({ code, stdout, stderr });
    });
  });
  return { child, result };
}

/** Runs Terraform to its end. */
export async function runTerraform(args: readonly string[], options: RunOptions): Promise<TerraformResult> {
  return startTerraform(args, options).result;
}

/**
 * Runs Terraform to its end and expects one of the given exit codes.
 * @throws with Terraform's own words otherwise.
 */
export async function terraform(
  args: readonly string[],
  options: RunOptions,
  expected: readonly number[] = [0],
): Promise<TerraformResult> {
  const result = await runTerraform(args, options);
  if (result.code === null || !expected.includes(result.code)) {
    const words = (result.stderr.trim() || result.stdout.trim()).split("\n").slice(-60).join("\n");
    throw new Error(
      `terraform ${args.join(" ")} ended with ${String(result.code ?? "a signal")} in ${options.cwd}:\n${words}`,
    );
  }
  return result;
}
