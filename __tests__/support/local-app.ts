import { spawn, type ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { readdirSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { appFolder, linkTools } from "./app-folder";

/** A copy of the app that need not install the Python packages once more. */
export function localApp(): string {
  const folder = appFolder();
  linkTools(folder);
  return folder;
}

/** A program that runs. */
export interface Run {
  readonly process: ChildProcess;
  /** Resolves when the output has the text. */
  readonly said: (text: string) => Promise<void>;
  readonly ended: Promise<{ code: number | null; output: string }>;
}

/** `npm run local` or `npm run local:down`. */
export function npmRun(folder: string, program: "up" | "down", port: number, ...args: readonly string[]): Run {
  const child = spawn(process.execPath, ["tools/run.js", `tools/local/${program}.ts`, ...args], {
    cwd: folder,
    env: { ...process.env, METAFLOW_LOCAL_PORT: String(port), NO_COLOR: "1" },
  });
  let output = "";
  const waiting: { text: string; resolve: () => void }[] = [];
  const read = (data: unknown) => {
    output += String(data);
    waiting
      .filter(({ text }) => output.includes(text))
      .forEach(({ resolve }) => {
        resolve();
      });
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const ended = new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, output });
      waiting.forEach((each) => {
        each.resolve();
      });
    });
  });
  const said = (text: string) => new Promise<void>((resolve) => void waiting.push({ text, resolve }));
  return { process: child, said, ended };
}

/** A port that nobody listens on, below those that a system gives to connections: with many of them, one would soon be taken. */
export async function freePort(): Promise<number> {
  const port = randomInt(20_000, 30_000);
  const server = createServer().listen(port, "127.0.0.1");
  const isFree = await new Promise<boolean>((resolve) => {
    server.once("listening", () => {
      server.close(() => {
        resolve(true);
      });
    });
    server.once("error", () => {
      resolve(false);
    });
  });
  return isFree ? port : freePort();
}

/** The processes that work in a folder. */
export function processesIn(folder: string): string[] {
  return readdirSync("/proc").filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(join("/proc", name, "cwd")).startsWith(folder);
    } catch {
      return false;
    }
  });
}
