// The relation that was meant by an embed nobody can resolve.

import { relationshipsFrom, type Catalog } from '../../../catalog/catalog.ts'
import { buildFuzzyIndex, fuzzyMatches } from './fuzzy-index.ts'
import { indexPerCatalog } from './index-per-catalog.ts'

const leastScore = 0.33

const originIndex = indexPerCatalog((catalog, schema) => {
  const origins = catalog.relationships.get(schema) ?? new Map<string, never>()
  return [...origins.keys()].filter((origin) => isRelated(catalog, schema, origin))
})

/**
 * Which of the two names is wrong, and what comes closest: the origin where nothing starts there, else the target.
 * Null where both are right (then the hint is wrong) or nothing comes close.
 */
export function suggestRelationship(
  catalog: Catalog,
  schema: string,
  origin: string,
  target: string,
): { readonly written: string; readonly meant: string } | null {
  if (!isRelated(catalog, schema, origin)) {
    const [best] = fuzzyMatches(originIndex(catalog, schema), origin, leastScore)
    return best === undefined ? null : { written: origin, meant: best.word }
  }
  const best = fuzzyMatches(buildFuzzyIndex(targetsOf(catalog, schema, origin)), target, leastScore).find(
    ({ score }) => score < 1,
  )
  return best === undefined ? null : { written: target, meant: best.word }
}

/** Whether anything leads from the origin into the same schema, be it hidden: then the origin's name is right. */
function isRelated(catalog: Catalog, schema: string, origin: string): boolean {
  const known = catalog.relationships.get(schema)?.get(origin)
  return known !== undefined && (known.length === 0 || targetsOf(catalog, schema, origin).length > 0)
}

/** Names of the relations of the same schema that relationships lead to. */
function targetsOf(catalog: Catalog, schema: string, origin: string): string[] {
  return relationshipsFrom(catalog, { schema, name: origin })
    .filter((relationship) => relationship.target.schema === schema)
    .map((relationship) => relationship.target.name)
}
