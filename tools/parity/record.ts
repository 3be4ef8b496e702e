import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ParityCases, ParityResult } from "./cases";
import { corrected, differences } from "./differences";
import { onFreshAws, type Tools } from "./emulated";
import { AT_ONCE, pooled } from "./pool";
import { recordedText } from "./recorded-text";
import { applied, planned, type Modules } from "./resolve";

/** Told a case's result, or why there is none. */
export type OnResult = (name: string, result: ParityResult | Error) => void;

/** Resolves cases: first all that are planned, then each that is applied. */
export async function resolve(cases: ParityCases, modules: Modules, tools: Tools, onResult: OnResult): Promise<void> {
  const all = Object.entries(cases);
  const toPlan = Object.fromEntries(all.filter(([, { mode }]) => mode === "plan"));
  if (Object.keys(toPlan).length > 0) {
    const results = await onFreshAws(tools, (endpoint) => planned(toPlan, modules, tools, endpoint));
    Object.entries(results).forEach(([name, result]) => {
      onResult(name, result);
    });
  }
  const toApply = all.filter(([, { mode }]) => mode === "apply");
  await pooled(toApply, AT_ONCE, async ([name, parityCase]) => {
    const result = await onFreshAws(tools, (endpoint) => applied(parityCase, modules, tools, endpoint)).catch(
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    onResult(name, result);
  });
}

/** Writes a case's result among the expected ones. @returns how it compares with what was recorded before */
export function keep(expected: string, name: string, result: ParityResult): string {
  return writeRecorded(join(expected, `${name}.json`), recordedText(result));
}

/** Writes a text that ends with a newline, unless the file says so already. @returns how it compares with the file */
export function writeRecorded(file: string, text: string): string {
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  if (before?.trimEnd() === text) return "as recorded before";
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
  return before === undefined ? "recorded" : "recorded, other than before";
}

/** Where a case's result differs from what was recorded, but for the texts that correct the reference. */
export function compare(
  expected: string,
  name: string,
  result: ParityResult,
  texts?: Readonly<Record<string, string>>,
): string[] {
  const recorded = JSON.parse(readFileSync(join(expected, `${name}.json`), "utf8")) as ParityResult;
  return differences(corrected(recorded, texts), result);
}

/**
 * Makes sure that there is something to compare with.
 * @throws Error that names the cases of which nothing was recorded
 */
export function requireRecorded(expected: string, names: readonly string[]): void {
  const missing = names.filter((name) => !existsSync(join(expected, `${name}.json`)));
  if (missing.length === 0) return;
  const cases = missing.join(" ");
  throw new Error(
    `--expected ${expected}: nothing is recorded of ${cases}. Record it: npm run parity -- record --reference FOLDER ${cases}`,
  );
}
