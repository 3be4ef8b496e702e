import { fixture, type ParityCase } from "./fixtures";

/** The inputs of a parity case. */
export function parityInputs(name: string): ParityCase["inputs"] {
  const found = fixture<Record<string, ParityCase>>("parity/cases.json")[name];
  if (!found) throw new Error(`There is no case ${name}.`);
  return found.inputs;
}
