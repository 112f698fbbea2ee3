// Approximate look-up of names by the FuzzySet algorithm, which PostgREST's hints come from: candidates are ranked
// by the cosine between vectors of letter groups (three letters first, two where three find nothing), the best
// fifty are scored again by their normalised Levenshtein distance.

/** Words with the letter groups they consist of. */
export interface FuzzyIndex {
  /** Lower-case word → the word as it was given first. */
  readonly words: ReadonlyMap<string, string>
  /** One for each size of group, the larger first. */
  readonly tables: readonly GramTable[]
}

export interface FuzzyMatch {
  /** From 0 (nothing in common) to 1 (the same but for case). */
  readonly score: number
  readonly word: string
}

interface GramTable {
  readonly size: number
  readonly magnitudes: ReadonlyMap<string, number>
  readonly holders: ReadonlyMap<string, readonly (readonly [word: string, count: number])[]>
}

const gramSizes = [3, 2]
const mostCandidates = 50

export function buildFuzzyIndex(given: Iterable<string>): FuzzyIndex {
  const words = new Map<string, string>()
  for (const word of given) {
    const key = word.toLowerCase()
    if (!words.has(key)) words.set(key, word)
  }
  return { words, tables: gramSizes.map((size) => buildTable([...words.keys()], size)) }
}

/** Words at least as similar as `least`, the most similar first. A word that is there is its own only match. */
export function fuzzyMatches(index: FuzzyIndex, text: string, least: number): FuzzyMatch[] {
  const key = text.toLowerCase()
  const exact = index.words.get(key)
  if (exact !== undefined) return [{ score: 1, word: exact }]
  for (const table of index.tables) {
    const found = rank(table, key)
      .map((word) => ({ score: similarity(key, word), word: index.words.get(word) ?? word }))
      .filter(({ score }) => score >= least)
    if (found.length > 0) return found.toSorted((a, b) => b.score - a.score)
  }
  return []
}

function buildTable(words: readonly string[], size: number): GramTable {
  const magnitudes = new Map<string, number>()
  const holders = new Map<string, [string, number][]>()
  for (const word of words) {
    const grams = gramsOf(word, size)
    magnitudes.set(word, magnitude(grams))
    for (const [gram, count] of grams) {
      const known = holders.get(gram)
      if (known === undefined) holders.set(gram, [[word, count]])
      else known.push([word, count])
    }
  }
  return { size, magnitudes, holders }
}

/** The words that share most groups with `key`, by cosine. */
function rank(table: GramTable, key: string): string[] {
  const products = new Map<string, number>()
  for (const [gram, count] of gramsOf(key, table.size)) {
    for (const [word, times] of table.holders.get(gram) ?? []) {
      products.set(word, (products.get(word) ?? 0) + count * times)
    }
  }
  // The query's own magnitude divides all alike.
  const cosines = [...products].map(([word, product]) => ({
    word,
    cosine: product / (table.magnitudes.get(word) ?? 1),
  }))
  return cosines
    .toSorted((a, b) => b.cosine - a.cosine)
    .slice(0, mostCandidates)
    .map(({ word }) => word)
}

/** How often each group of letters stands in the word; hyphens mark where it begins and ends. */
function gramsOf(word: string, size: number): Map<string, number> {
  const letters = Array.from(`-${word.replaceAll(/[^\p{L}\p{N}\s,]/gu, '')}-`)
  const grams = new Map<string, number>()
  for (let start = 0; start + size <= letters.length; start += 1) {
    const gram = letters.slice(start, start + size).join('')
    grams.set(gram, (grams.get(gram) ?? 0) + 1)
  }
  return grams
}

function magnitude(grams: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const count of grams.values()) sum += count * count
  return Math.sqrt(sum)
}

/** 1 − Levenshtein distance ÷ length of the longer one. */
function similarity(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)]
  const longest = Math.max(left.length, right.length)
  return longest === 0 ? 1 : 1 - editDistance(left, right) / longest
}

function editDistance(left: readonly string[], right: readonly string[]): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [row, letter] of left.entries()) {
    const current = [row + 1]
    for (const [column, other] of right.entries()) {
      const substituted = (previous[column] ?? 0) + (letter === other ? 0 : 1)
      const removed = (previous[column + 1] ?? 0) + 1
      const inserted = (current[column] ?? 0) + 1
      current.push(Math.min(substituted, removed, inserted))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
