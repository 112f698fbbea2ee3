// A relation by the name a request gives it.

import { type Catalog, findRelation, type Relation, type RelationName } from '../../catalog/catalog.ts'
import { Refusal } from '../../refusal/refusal.ts'
import { suggestRelation } from './fuzzy/suggest-relation.ts'

/** Refuses `catalog.relation-unknown`. */
export function knownRelation(catalog: Catalog, name: RelationName): Relation {
  const relation = findRelation(catalog, name)
  if (relation !== undefined) return relation
  const suggestion = suggestRelation(catalog, name)
  throw new Refusal('catalog.relation-unknown', { schema: name.schema, relation: name.name, suggestion })
}
