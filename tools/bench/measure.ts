import { spawn } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** A Node.js program to measure as a whole process. */
export interface Subject {
  readonly name: string;
  /** Node's arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
}

/** What a process took. */
export interface Cost {
  readonly seconds: number;
  /** MiB */
  readonly memory: number;
}

/**
 * The median cost of each subject over some rounds, in each of which every subject runs once, so that they meet the
 * same conditions. A first round is not counted.
 */
export async function medianCosts(subjects: readonly Subject[], rounds: number): Promise<Map<string, Cost>> {
  const costs = new Map(subjects.map(({ name }) => [name, [] as Cost[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const subject of subjects) {
      const cost = await run(subject);
      if (round > 0) costs.get(subject.name)?.push(cost);
    }
  }
  return new Map(
    [...costs].map(([name, all]) => [
      name,
      { seconds: median(all.map(({ seconds }) => seconds)), memory: median(all.map(({ memory }) => memory)) },
    ]),
  );
}

function run({ name, args, cwd }: Subject): Promise<Cost> {
  const start = performance.now();
  const child = spawn(process.execPath, ["--require", join(__dirname, "tools", "bench", "peak-memory.js"), ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let [errors, peak] = ["", ""];
  child.stderr?.on("data", (data) => (errors += String(data)));
  child.stdio[3]?.on("data", (data) => (peak += String(data)));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0) reject(new Error(`${name} failed (${code}):\n${errors}`));
      else resolve({ seconds: (performance.now() - start) / 1000, memory: Number(peak) / 1024 });
    });
  });
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] =
    sorted.length % 2 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
}
