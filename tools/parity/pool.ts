/** Runs `work` for each item, for at most `atOnce` at a time. */
export async function pooled<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** How many are applied at once: each has an emulated AWS of its own, and mostly waits. */
export const AT_ONCE = 3;
