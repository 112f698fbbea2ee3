// The same work for many, some of it at the same time.

/** Identities that are put into their classes at the same time, when all have to be. */
const AT_ONCE = 64

/** The results in the order of the items. Where one fails, nothing is still under way when that is thrown. */
export async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const group = await Promise.allSettled(items.slice(at, at + AT_ONCE).map(work))
    for (const one of group) {
      if (one.status === 'rejected') throw one.reason
      results.push(one.value)
    }
  }
  return results
}
