import { isMap } from "./tidy";

/** A value as a file holds it: keys in order, one a line, so that two recordings can be compared line by line. */
export function recordedText(value: unknown): string {
  return lines(value, "\n");
}

function lines(value: unknown, newline: string): string {
  const inner = `${newline} `;
  const block = (open: string, items: readonly string[], close: string) =>
    items.length === 0 ? open + close : open + items.map((item) => inner + item).join(",") + newline + close;
  if (Array.isArray(value)) {
    return block(
      "[",
      value.map((item) => lines(item, inner)),
      "]",
    );
  }
  if (!isMap(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const items = entries.map(([key, item]) => `${JSON.stringify(key)}: ${lines(item, inner)}`);
  return block("{", items, "}");
}
