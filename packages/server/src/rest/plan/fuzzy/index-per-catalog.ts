// Indexes are built when the first hint needs one and live as long as their catalog.

import type { Catalog } from '../../../catalog/catalog.ts'
import { buildFuzzyIndex, type FuzzyIndex } from './fuzzy-index.ts'

/** A look-up that builds the index of a catalog and key once. */
export function indexPerCatalog(
  words: (catalog: Catalog, key: string) => Iterable<string>,
): (catalog: Catalog, key: string) => FuzzyIndex {
  const catalogs = new WeakMap<Catalog, Map<string, FuzzyIndex>>()
  return (catalog, key) => {
    const known = catalogs.get(catalog) ?? new Map<string, FuzzyIndex>()
    catalogs.set(catalog, known)
    const index = known.get(key) ?? buildFuzzyIndex(words(catalog, key))
    known.set(key, index)
    return index
  }
}
