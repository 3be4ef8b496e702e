import { Refusal } from "../../lib/contract/checks";

/** Runs a program, and shows what it refuses in words: the reader's files are at fault, and no code. */
export function showingRefusals(program: () => void): void {
  try {
    program();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
