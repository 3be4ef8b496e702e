/** How wide prose is, in columns. */
export const PROSE_COLUMNS = 80;

/** Breaks each line of prose between words, so that none is wider than {@link PROSE_COLUMNS}. An indented line is a command or a table, and stays. */
export function wrapped(text: string, indent = ""): string {
  return text
    .split("\n")
    .map((line) => (line.startsWith(" ") ? line : wrappedLine(line, indent)))
    .join("\n");
}

function wrappedLine(text: string, indent: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    const longer = last.trim() === "" ? last + word : `${last} ${word}`;
    if (longer.length <= PROSE_COLUMNS || last.trim() === "") lines[lines.length - 1] = longer;
    else lines.push(indent + word);
  }
  return lines.join("\n");
}
