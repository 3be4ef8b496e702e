/**
 * What is wrong with names that nobody asked for: one sentence each, with the nearest name that there is.
 *
 * @param unknown - the beginning of the sentence, such as `there is no prop colour`
 * @param known - the names that there are
 * @param given - what was given; undefined counts as not given
 * @param otherwise - what to say of a name that is known elsewhere
 */
export function unknownNames(
  unknown: (name: string) => string,
  known: readonly string[],
  given: Readonly<Record<string, unknown>>,
  otherwise: (name: string) => string | undefined = () => undefined,
): string[] {
  const names = Object.keys(given).filter((name) => given[name] !== undefined && !known.includes(name));
  const hints = names.map((name) => {
    const [elsewhere, nearest] = [otherwise(name), nearestName(name, known)];
    // Of many names, the nearest says more than all of them.
    const needsAll = elsewhere === undefined && known.length > 0 && (nearest === undefined || known.length <= 20);
    return { name, elsewhere, nearest, needsAll };
  });
  // All of them are said once.
  const last = hints.filter(({ needsAll }) => needsAll).at(-1)?.name;
  return hints.map(({ name, elsewhere, nearest }) => {
    if (elsewhere !== undefined) return `${unknown(name)}: ${elsewhere}.`;
    const hint = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
    return `${unknown(name)}${hint}${name === last ? `; it has ${known.join(", ")}` : ""}.`;
  });
}

/** The known name that a misspelt one is nearest to, in Terraform's spelling too; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const distances = known.map((each) => [each, distance(spelt(name), spelt(each))] as const);
  const [nearest] = distances.sort(([, a], [, b]) => a - b);
  return nearest && nearest[1] <= Math.max(2, name.length / 3) ? nearest[0] : undefined;
}

/** A name without what differs between languages: `subnet1_id` and `subnet1Id` are the same. */
function spelt(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
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
