import { spawnSync, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { ProgressDisplay } from "../terraform/display";
import type { Emulator } from "../emulator/emulator";
import { emulatedOverride, sealedEnvironment } from "../terraform/environment";
import { localFolder, projectRoot } from "../system/paths";
import type { Providers } from "../terraform/providers";
import type { Progress } from "../terraform/progress";
import { contextWith, type Part } from "./parts";
import { ProgressFile } from "./progress-file";
import { stackFolder } from "./record";
import type { ShownOutput } from "./summary";
import { startTerraform, terraform, type RunOptions, type Terraform } from "../terraform/terraform";

/** The stack of what all environments have in common. */
const COMMON = "metaflow";

/**
 * Synthesizes the app into `.local/out`.
 *
 * @param environment - that of cdktf.json; undefined for what all of them have in common
 * @param parts - what is deployed beside what cdktf.json says
 * @returns the folder of the stack
 * @throws with what it printed when it fails
 */
export function synthesize(environment: string | undefined, parts: readonly Part[]): string {
  const out = path.join(localFolder, "out");
  fs.rmSync(out, { recursive: true, force: true });
  const program = [path.join(projectRoot, "tools", "run.js"), "main.ts"];
  const context = { ...contextWith(parts), ...(environment === undefined ? { environments: null } : {}) };
  const env = {
    ...process.env,
    CDKTF_OUTDIR: out,
    ...(Object.keys(context).length > 0 ? { CDKTF_CONTEXT_JSON: JSON.stringify(context) } : {}),
  };
  const result = spawnSync(process.execPath, program, { cwd: projectRoot, env, encoding: "utf8" });
  const stack = path.join(out, "stacks", environment ?? COMMON);
  if (result.status === 0 && environment !== undefined && !fs.existsSync(stack)) {
    const names = fs.readdirSync(path.dirname(stack)).join(", ");
    throw new Error(`cdktf.json has no environment ${environment}; it has ${names}.`);
  }
  if (result.status !== 0 || !fs.existsSync(path.join(stack, "cdk.tf.json"))) {
    throw new Error(
      `The app could not be synthesized:\n${(result.stderr + result.stdout).trim() || String(result.error ?? "it wrote no stack")}`,
    );
  }
  return stack;
}

/** Puts the synthesized stack where Terraform runs, as one for the emulated AWS. A state that is there stays. */
export function placeStack(synthesized: string): void {
  fs.mkdirSync(stackFolder, { recursive: true });
  for (const name of fs.readdirSync(stackFolder)) {
    if (name.endsWith(".tf.json") || name === "assets" || name === ".terraform.lock.hcl") {
      fs.rmSync(path.join(stackFolder, name), { recursive: true });
    }
  }
  fs.cpSync(synthesized, stackFolder, { recursive: true });
  const root: unknown = JSON.parse(fs.readFileSync(path.join(stackFolder, "cdk.tf.json"), "utf8"));
  fs.writeFileSync(
    path.join(stackFolder, "emulated_override.tf.json"),
    JSON.stringify(emulatedOverride(root), undefined, 2),
  );
}

/** How Terraform is run for the stack. */
export interface StackTools {
  readonly terraform: Terraform;
  readonly emulator: Emulator;
  readonly providers: Providers;
}

/** Initializes the stack. */
export async function initialize(tools: StackTools): Promise<void> {
  // Its checksums are those of the providers of an earlier run, which may have come from elsewhere.
  fs.rmSync(path.join(stackFolder, ".terraform.lock.hcl"), { force: true });
  await terraform(["init", "-no-color", "-reconfigure"], { ...stackOptions(tools), env: environment(tools, true) });
}

/** What is shown of a run, and how it ended. */
export interface ShownRun {
  readonly code: number | null;
  readonly progress: Progress;
}

let running: ChildProcess | undefined;
let interrupted: NodeJS.Signals | undefined;

/** The signal that asked this process to end, if one did. */
export function interruption(): NodeJS.Signals | undefined {
  return interrupted;
}

/** Lets Terraform finish what it has begun when this process is asked to end: it hears of it once, however often that happens. */
export function passOnInterrupts(say: (text: string) => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (running === undefined) {
        process.exit(exitCode(signal));
      }
      if (interrupted === undefined) {
        say("Interrupted: Terraform finishes what it has begun and writes its state …");
        running.kill("SIGINT");
      }
      interrupted ??= signal;
    });
  }
}

/** The exit code of a process that a signal has ended, as shells count. */
export function exitCode(signal: NodeJS.Signals): number {
  return 128 + ({ SIGINT: 2, SIGHUP: 1 }[signal as string] ?? 15);
}

/** Runs `terraform apply` or `destroy` and shows its progress. `started` is told the process id. */
export async function runShown(
  command: "apply" | "destroy",
  args: readonly string[],
  tools: StackTools,
  display: ProgressDisplay,
  started: (pid: number | undefined) => void,
): Promise<ShownRun> {
  // An earlier run's Terraform may still be writing its state: its lock is waited for.
  const all = [command, "-json", "-auto-approve", "-lock-timeout=60s", "-parallelism=20", ...args];
  display.start();
  try {
    const run = startTerraform(all, {
      ...stackOptions(tools),
      onLine: (line) => {
        display.line(line);
        file.update(display.progress);
      },
    });
    running = run.child;
    const file = new ProgressFile(command, run.child.pid ?? 0);
    file.update(display.progress);
    started(run.child.pid);
    const { code, stderr } = await run.result;
    file.end(display.progress, code);
    if (stderr.trim() !== "") {
      display.print(stderr.trim());
    }
    return { code, progress: display.progress };
  } finally {
    running = undefined;
    display.stop();
  }
}

/** The stack's outputs. */
export async function outputs(tools: StackTools): Promise<Readonly<Record<string, ShownOutput>>> {
  const { stdout } = await terraform(["output", "-json"], stackOptions(tools));
  return JSON.parse(stdout) as Record<string, ShownOutput>;
}

/** Where and how Terraform runs for the stack. */
export function stackOptions(tools: StackTools): RunOptions {
  return { cwd: stackFolder, env: environment(tools, false), command: tools.terraform.command };
}

function environment(tools: StackTools, registry: boolean): NodeJS.ProcessEnv {
  return sealedEnvironment({ endpoint: tools.emulator.endpoint, cliConfig: tools.providers.cliConfig, registry });
}
