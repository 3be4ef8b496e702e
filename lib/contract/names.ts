/**
 * What is wrong with the names in something that comes from a file, where no compiler checks them: those that are unknown, each with the
 * nearest one that there is, and all that there are. Empty where nothing is wrong.
 *
 * @param label - what has the names, such as "backend"
 * @param kind - what the names are of, such as "option"
 */
export function unknownNames(
  label: string,
  kind: string,
  known: readonly string[],
  given: readonly string[],
): string[] {
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return [];
  const names = unknown.map((name) => `no ${kind} ${name}${hint(name, known)}`);
  return [`${label} has ${names.join(", ")}; it has ${known.join(", ")}.`];
}

function hint(name: string, known: readonly string[]): string {
  const [nearest = ""] = [...known].sort((a, b) => distance(name, a) - distance(name, b));
  return distance(name, nearest) <= Math.max(2, name.length / 3) ? ` (did you mean ${nearest}?)` : "";
}

/** How many letters have to be put in, left out or replaced to make one word of another. */
function distance(from: string, to: string): number {
  const first = Array.from({ length: to.length + 1 }, (_, column) => column);
  const last = [...from].reduce<number[]>(
    (above, letter) =>
      above.reduce<number[]>((row, up, column) => {
        if (column === 0) return [up + 1];
        const [left = 0, corner = 0] = [row[column - 1], above[column - 1]];
        return [...row, Math.min(up + 1, left + 1, corner + (letter === to[column - 1] ? 0 : 1))];
      }, []),
    first,
  );
  return last[to.length] ?? 0;
}
