import type { Resolution } from "./resolution";

/**
 * The JSON of a stack's value in UTF-8, its tokens resolved: byte for byte what CDKTF writes, with sorted names and without
 * undefined values.
 *
 * The value is walked once. CDKTF makes a copy with the tokens resolved, lists of texts of that, and one text of those.
 */
export function jsonText(value: unknown, resolution: Resolution): Buffer {
  const text = new Utf8();
  const outer = resolution.outermost(value);
  if (outer !== undefined) write(text, outer, resolution, 0);
  return text.bytes();
}

/** @param depth - how many lists and maps are around the value */
function write(text: Utf8, value: unknown, resolution: Resolution, depth: number): void {
  if (typeof value !== "object" || value === null) {
    text.add(typeof value === "string" ? quoted(value) : JSON.stringify(value));
    return;
  }
  const [last, first, next] = lineBreaks(depth);
  let before = first;
  if (Array.isArray(value)) {
    text.add("[");
    for (const item of value) {
      const outer = resolution.outermost(item);
      if (outer === undefined) continue;
      text.add(before);
      write(text, outer, resolution, depth + 1);
      before = next;
    }
    text.add(`${last}]`);
    return;
  }
  text.add("{");
  for (const name of sorted(Object.keys(value))) {
    const outer = resolution.outermost(value[name as keyof typeof value]);
    if (outer === undefined) continue;
    text.add(`${before}${quoted(name)}: `);
    write(text, outer, resolution, depth + 1);
    before = next;
  }
  text.add(`${last}}`);
}

/** Most names are in order already. */
function sorted(names: string[]): string[] {
  for (let index = 1; index < names.length; index++) {
    if ((names[index - 1] ?? "") > (names[index] ?? "")) return names.sort();
  }
  return names;
}

/** What stands before the end of a list or map, before its first item, and before each other one. */
function lineBreaks(depth: number): readonly [string, string, string] {
  return (LINE_BREAKS[depth] ??= [line(depth), line(depth + 1), `,${line(depth + 1)}`]);
}

function line(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}

const LINE_BREAKS: (readonly [string, string, string])[] = [];

/** Most texts have nothing in them that JSON has to escape. */
function quoted(text: string): string {
  return TO_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}

const TO_ESCAPE = /["\\\0-\x1f\ud800-\udfff]/;

/** A text that is added to, as bytes: one long text would be put together and then copied. */
class Utf8 {
  private pending = "";
  private written = Buffer.allocUnsafe(2 * PIECE);
  private length = 0;

  public add(text: string): void {
    this.pending += text;
    if (this.pending.length > PIECE) this.flush();
  }

  public bytes(): Buffer {
    this.flush();
    return Buffer.from(this.written.subarray(0, this.length));
  }

  private flush(): void {
    const most = this.length + 3 * this.pending.length;
    if (most > this.written.length) this.written = Buffer.concat([this.written], 2 * most);
    this.length += this.written.write(this.pending, this.length);
    this.pending = "";
  }
}

const PIECE = 8192;
