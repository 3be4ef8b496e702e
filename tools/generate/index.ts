import { readFileSync, writeFileSync } from "node:fs";
import { generatedFiles } from "./files";

// `npm run generate`: writes the files that are derived from the contracts, leaving alone what is current.
for (const [path, text] of generatedFiles()) {
  if (read(path) === text) continue;
  writeFileSync(path, text);
  process.stdout.write(`wrote ${path}\n`);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
