import type { Resolution } from "./resolution";

/**
 * The JSON of a stack's value, its tokens resolved: byte for byte what CDKTF writes, with sorted names and without
 * undefined values.
 *
 * The value is walked once. CDKTF makes a copy with the tokens resolved, and lists of texts of that.
 *
 * @param indent - the line break and the spaces before the line that the value begins on
 * @returns undefined for undefined
 */
export function jsonText(value: unknown, resolution: Resolution, indent = "\n"): string | undefined {
  const outer = resolution.outermost(value);
  if (typeof outer !== "object" || outer === null) return JSON.stringify(outer);
  const inner = `${indent}  `;
  let text = "";
  if (Array.isArray(outer)) {
    for (const item of outer) {
      const json = jsonText(item, resolution, inner);
      if (json !== undefined) text += (text === "" ? inner : `,${inner}`) + json;
    }
    return `[${text}${indent}]`;
  }
  for (const name of Object.keys(outer).sort()) {
    const json = jsonText(outer[name as keyof typeof outer], resolution, inner);
    if (json !== undefined) text += `${text === "" ? inner : `,${inner}`}${JSON.stringify(name)}: ${json}`;
  }
  return `{${text}${indent}}`;
}
