import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Content } from "../../lib/synth/project";

/** Writes files by their paths, leaving alone what is current. */
export function writeChanged(files: ReadonlyMap<string, Content>): void {
  for (const [path, content] of files) {
    if (read(path)?.equals(Buffer.from(content))) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    process.stdout.write(`wrote ${path}\n`);
  }
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
