// Chance that can be had again: the same seed, the same numbers.

export interface Chance {
  /** From 0 to below `end`. */
  below(end: number): number
  of<Item>(items: readonly [Item, ...Item[]]): Item
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const below = (end: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
  return { below, of: (items) => items[below(items.length)] ?? items[0] }
}
