// The relation that was meant by a name nobody has.

import type { Catalog, RelationName } from '../../../catalog/catalog.ts'
import { fuzzyMatches } from './fuzzy-index.ts'
import { indexPerCatalog } from './index-per-catalog.ts'

/** Schemas with as many relations get no hints: their index would take too much memory. */
const tooMany = 500
const leastScore = 0.75

const relationIndex = indexPerCatalog((catalog, schema) => catalog.relations.get(schema)?.keys() ?? [])

/** The name in the same schema that comes closest, or null where none comes close. */
export function suggestRelation(catalog: Catalog, name: RelationName): string | null {
  const relations = catalog.relations.get(name.schema)
  if (relations === undefined || relations.size >= tooMany) return null
  return fuzzyMatches(relationIndex(catalog, name.schema), name.name, leastScore)[0]?.word ?? null
}
