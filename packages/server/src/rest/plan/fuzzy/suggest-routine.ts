// The function that was meant by a call nobody answers: another name, or other arguments for this one.

import { findRoutines, type Catalog, type RelationName } from '../../../catalog/catalog.ts'
import { buildFuzzyIndex, fuzzyMatches } from './fuzzy-index.ts'
import { indexPerCatalog } from './index-per-catalog.ts'

const leastNameScore = 0.75
const leastParametersScore = 0.33

const routineIndex = indexPerCatalog((catalog, schema) => catalog.routines.get(schema)?.keys() ?? [])

/** A function's name, or where this name exists the name with the parameters that come closest: `add(a, b)`. */
export function suggestRoutine(catalog: Catalog, name: RelationName, argumentNames: readonly string[]): string | null {
  const overloads = findRoutines(catalog, name)
  if (overloads.length === 0) {
    return fuzzyMatches(routineIndex(catalog, name.schema), name.name, leastNameScore)[0]?.word ?? null
  }
  const signatures = overloads.map(({ parameters }) => signature(parameters.map((parameter) => parameter.name)))
  const index = buildFuzzyIndex(signatures)
  const [best] = fuzzyMatches(index, signature(argumentNames), leastParametersScore)
  return best === undefined ? null : `${name.name}${best.word}`
}

function signature(names: readonly string[]): string {
  return `(${names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(', ')})`
}
