import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sealedEnvironment } from "../terraform/environment";
import { toolFile, localFolder } from "../system/paths";
import { isAlive } from "../system/processes";
import { preparePython } from "../system/python";
import { bundlePage } from "./bundle";

const SERVICE = "cdktf-metaflow-emulator";
const START_TIMEOUT_SECONDS = 60;
const STOP_TIMEOUT_SECONDS = 10;

/** An emulated AWS that runs on this machine. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  readonly port: number;
  /** Tells this emulator from every other one. */
  readonly instance: string;
  readonly pid: number;
}

/** An emulator that this process has started. */
export interface StartedEmulator extends Emulator {
  readonly log: string;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

export interface StartEmulatorOptions {
  /** @default - a free one */
  readonly port?: number;
  /** A process at whose end the emulator ends as well. @default - this process, until `claimEmulator` */
  readonly parent?: number;
  /** For its log. @default `.local` */
  readonly folder?: string;
  /** An interpreter with the packages of `requirements.txt`. @default - prepared when missing */
  readonly python?: string;
  /** Whether the tasks of ECS services and the jobs of Batch run, as processes of this machine. @default false */
  readonly tasks?: boolean;
  /** The Python of jobs. @default - that of their image, as far as this machine has it */
  readonly jobPython?: string;
  /** The folder of the Terraform state that its page shows. @default - no page */
  readonly page?: string;
}

/**
 * Starts an emulated AWS and waits until it answers.
 * @throws with the end of its log when it does not.
 */
export async function startEmulator(options: StartEmulatorOptions = {}): Promise<StartedEmulator> {
  const folder = options.folder ?? localFolder;
  const python = options.python ?? (await preparePython());
  const instance = randomUUID();
  fs.mkdirSync(folder, { recursive: true });
  const log = path.join(folder, options.parent === undefined ? "emulator.log" : `emulator-${instance}.log`);
  const ready = path.join(folder, `.emulator-${instance}.json`);
  fs.rmSync(log, { force: true });
  const args = [toolFile("emulator/python/emulator.py"), "--instance", instance, "--ready", ready, "--log", log];
  // Without a parent it stays once it is claimed: a starter that is killed before it has noted it leaves none behind.
  const owner =
    options.parent === undefined ? ["--starter", String(process.pid)] : ["--parent", String(options.parent)];
  args.push("--port", String(options.port ?? 0), ...owner);
  if (options.tasks === true) {
    args.push("--tasks", path.join(folder, "databases"), "--jobs", path.join(folder, "jobs"));
    if (options.jobPython !== undefined) args.push("--job-python", options.jobPython);
  }
  if (options.page !== undefined) {
    const bundle = path.join(folder, "page");
    bundlePage(bundle);
    args.push("--page", bundle, "--stack", options.page);
  }
  const output = fs.openSync(log, "a");
  const env = sealedEnvironment({ endpoint: "http://127.0.0.1:9" });
  const child = spawn(python, args, { cwd: folder, env, stdio: ["ignore", output, output], detached: true });
  fs.closeSync(output);
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  try {
    const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000;
    while (!fs.existsSync(ready)) {
      if (failure !== undefined || child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        child.kill("SIGKILL");
        throw new Error(
          `The emulated AWS did not start${failure ? `: ${failure.message}` : ""}. The end of its log, ${log}:\n${tail(log)}`,
        );
      }
      await sleep(50);
    }
    const { port, pid } = JSON.parse(fs.readFileSync(ready, "utf8")) as { port: number; pid: number };
    child.unref();
    const emulator = { endpoint: `http://127.0.0.1:${String(port)}`, port, instance, pid };
    return { ...emulator, log, stop: () => stopEmulator(emulator) };
  } finally {
    fs.rmSync(ready, { force: true });
  }
}

/** Lets an emulator outlive the process that started it. @returns whether it answers still */
export async function claimEmulator(emulator: Emulator): Promise<boolean> {
  try {
    return (await control<{ instance?: string }>(emulator, "/_emulator/claim", {})).instance === emulator.instance;
  } catch {
    return false;
  }
}

/** What answers on a port of this machine. */
export type PortState =
  { readonly kind: "free" } | { readonly kind: "foreign" } | { readonly kind: "emulator"; readonly emulator: Emulator };

/** Asks a port who listens on it: an emulated AWS of this project, something else, or nothing. */
export async function probePort(port: number): Promise<PortState> {
  return new Promise((resolve) => {
    const request = http.get(
      { host: "127.0.0.1", port, path: "/_emulator", timeout: 5000, agent: false },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => (body += text.slice(0, 4096)));
        response.once("error", () => {
          resolve({ kind: "foreign" });
        });
        response.once("end", () => {
          const emulator = identityOf(body, port);
          resolve(emulator === undefined ? { kind: "foreign" } : { kind: "emulator", emulator });
        });
      },
    );
    request.once("timeout", () => request.destroy(new Error("timeout")));
    request.once("error", (error: NodeJS.ErrnoException) => {
      resolve({ kind: error.code === "ECONNREFUSED" ? "free" : "foreign" });
    });
  });
}

/** The emulated AWS that answers on a port, if one does. */
export async function findEmulator(port: number): Promise<Emulator | undefined> {
  const state = await probePort(port);
  return state.kind === "emulator" ? state.emulator : undefined;
}

/** Ends an emulator, after asking that the process is still the one that was started, and waits until it is gone. */
export async function stopEmulator(emulator: Emulator): Promise<void> {
  const found = await findEmulator(emulator.port);
  if (found?.instance !== emulator.instance) {
    return;
  }
  signal(found.pid, "SIGTERM");
  const deadline = Date.now() + STOP_TIMEOUT_SECONDS * 1000;
  while (isAlive(found.pid)) {
    if (Date.now() > deadline) {
      signal(found.pid, "SIGKILL");
    }
    await sleep(50);
  }
}

/** A share of the calls that the emulated AWS answers with a throttling error or an internal one. */
export interface Faults {
  /** Between 0 (off) and 1. */
  readonly rate: number;
  /** @default both */
  readonly kinds?: readonly ("throttle" | "error")[];
  /** @default - a new one every time */
  readonly seed?: number;
  /** A regular expression on `service:action`. @default - every call */
  readonly match?: string;
  /** The account whose calls are meant. @default - every one */
  readonly account?: string;
}

/** Switches fault injection on or off. @returns how many calls were looked at and how many answered with a fault until now. */
export async function injectFaults(
  emulator: Pick<Emulator, "endpoint">,
  faults: Faults,
): Promise<{ calls: number; injected: number }> {
  const state = await control<{ calls: number; injected: number }>(emulator, "/_emulator/faults");
  await control(emulator, "/_emulator/faults", faults);
  return state;
}

/** Names what stands behind an account's load balancers, by port: `{ "8082": "http://127.0.0.1:PORT" }`. Without one a stand-in answers. */
export async function setTargets(
  emulator: Pick<Emulator, "endpoint">,
  account: string,
  targets: Readonly<Record<string, string>>,
): Promise<void> {
  await control(emulator, "/_emulator/targets", { [account]: targets });
}

async function control<T>(emulator: Pick<Emulator, "endpoint">, page: string, settings?: unknown): Promise<T> {
  const init = settings === undefined ? {} : { method: "POST", body: JSON.stringify(settings) };
  const response = await fetch(emulator.endpoint + page, init);
  const answer = (await response.json()) as T & { error?: string };
  if (!response.ok) {
    throw new Error(`The emulated AWS refused ${page}: ${answer.error ?? String(response.status)}`);
  }
  return answer;
}

function identityOf(body: string, port: number): Emulator | undefined {
  try {
    const answer = JSON.parse(body) as { service?: string; instance?: string; pid?: number };
    if (answer.service !== SERVICE || typeof answer.instance !== "string" || typeof answer.pid !== "number") {
      return undefined;
    }
    return { endpoint: `http://127.0.0.1:${String(port)}`, port, instance: answer.instance, pid: answer.pid };
  } catch {
    return undefined;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}

function tail(file: string): string {
  return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-20).join("\n");
}
