/** Items in as few lists as have no more than `most` each, and about as many. */
export function batches<Item>(items: readonly Item[], most: number): Item[][] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, index) => items.filter((_item, place) => place % count === index));
}
