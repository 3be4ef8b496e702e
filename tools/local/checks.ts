import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { probePort, type PortState } from "../emulator/emulator";
import { atLeast, findPython, type Python } from "../system/python";
import { livingEmulator, type LocalRecord } from "./record";
import { findTerraform, type Terraform } from "../terraform/terraform";

/** The variable that chooses the emulated AWS's port. */
export const PORT_VARIABLE = "METAFLOW_LOCAL_PORT";

/** The variable that chooses the Python of Batch's jobs. */
export const PYTHON_VARIABLE = "METAFLOW_LOCAL_PYTHON";

/** Neither moto's own 5000, which macOS uses, nor LocalStack's 4566. */
export const DEFAULT_PORT = 7766;

/** How many ports are tried where none is asked for. */
const PORTS = 20;

const MINIMUM_NODE = "20.9.0";

/** What `npm run local` works with. */
export interface Tools {
  readonly terraform: Terraform;
  readonly python: Python;
  readonly port: number;
  /** The Python of jobs. @default - that of their image, as far as this machine has it */
  readonly jobPython: string | undefined;
}

/**
 * Looks for everything that `npm run local` needs, before anything is started.
 * @throws with all that is missing.
 */
export async function checkTools(
  record: LocalRecord | undefined,
  source: NodeJS.ProcessEnv = process.env,
): Promise<Tools> {
  const problems: string[] = [];
  const attempt = async <T>(check: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await check();
    } catch (error) {
      problems.push((error as Error).message);
      return undefined;
    }
  };
  await attempt(checkNode);
  const terraform = await attempt(() => findTerraform(undefined, source));
  const python = await attempt(() => findPython(undefined, source));
  const port = await attempt(() => checkPort(record, source));
  const jobPython = await attempt(() => requestedPython(source));
  if (terraform === undefined || python === undefined || port === undefined || problems.length > 0) {
    throw new Error(problems.join("\n"));
  }
  return { terraform, python, port, jobPython };
}

/** The interpreter that METAFLOW_LOCAL_PYTHON asks for. @throws when it is none. */
export function requestedPython(source: NodeJS.ProcessEnv): string | undefined {
  const command = source[PYTHON_VARIABLE];
  if (command === undefined || command === "") {
    return undefined;
  }
  const code = "import sys; print(sys.executable)";
  const found = spawnSync(command, ["-c", code], { env: source, encoding: "utf8", timeout: 30_000 });
  if (found.status !== 0) {
    throw new Error(
      `${PYTHON_VARIABLE} is "${command}", which is no Python; name an interpreter, such as .venv/bin/python.`,
    );
  }
  return found.stdout.trim();
}

function checkNode(): void {
  if (!atLeast(process.versions.node, MINIMUM_NODE)) {
    throw new Error(
      `Node.js ${MINIMUM_NODE} or newer is needed, and this is ${process.versions.node}. Install a newer one and try again.`,
    );
  }
}

/** The port that METAFLOW_LOCAL_PORT asks for. @throws when it is none. */
export function requestedPort(source: NodeJS.ProcessEnv): number | undefined {
  const text = source[PORT_VARIABLE];
  if (text === undefined || text === "") {
    return undefined;
  }
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1024 || port > 65_535) {
    throw new Error(`${PORT_VARIABLE} is "${text}"; a port is a number from 1024 to 65535.`);
  }
  return port;
}

async function checkPort(record: LocalRecord | undefined, source: NodeJS.ProcessEnv): Promise<number> {
  const requested = requestedPort(source);
  const own = await livingEmulator(record);
  if (own !== undefined) {
    if (requested !== undefined && requested !== own.port) {
      const which = `${PORT_VARIABLE} asks for port ${String(requested)}, and the emulated AWS of this checkout is up on port ${String(own.port)}`;
      throw new Error(`${which}: run "npm run local:down" first, or unset the variable.`);
    }
    return own.port;
  }
  if (requested === undefined) {
    return nextFreePort(DEFAULT_PORT);
  }
  const state = await settledPort(requested);
  if (state.kind === "free") {
    return requested;
  }
  const user =
    state.kind === "emulator"
      ? `the emulated AWS of another checkout (process ${String(state.emulator.pid)})`
      : "another program";
  throw new Error(
    `Port ${String(requested)} is in use by ${user}. Choose another one:\n  ${PORT_VARIABLE}=${String(requested + 1)} npm run local`,
  );
}

/**
 * The first port from this one on that nobody listens on.
 * @throws where there is none among {@link PORTS} of them
 */
export async function nextFreePort(first: number): Promise<number> {
  for (let port = first; port < first + PORTS; port++) {
    if ((await settledPort(port)).kind === "free") return port;
  }
  throw new Error(
    `The ports ${String(first)} to ${String(first + PORTS - 1)} are in use. Choose another one:\n  ${PORT_VARIABLE}=${String(first + PORTS)} npm run local`,
  );
}

/** An emulated AWS whose starter was killed before it was claimed ends within a second. */
async function settledPort(port: number): Promise<PortState> {
  for (let attempts = 0; ; attempts++) {
    const state = await probePort(port);
    if (state.kind !== "emulator" || attempts === 10) {
      return state;
    }
    await sleep(200);
  }
}
