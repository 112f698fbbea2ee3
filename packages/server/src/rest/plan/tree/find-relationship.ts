// Which relationship an embed means. The rules are PostgREST's: by the target's name, or by the foreign
// key's constraint or single column; a hint narrows by constraint, column or junction.

import { type Catalog, type Relationship, relationshipsFrom } from '../../../catalog/catalog.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import { suggestRelationship } from '../fuzzy/suggest-relationship.ts'

export interface Wanted {
  readonly schema: string
  readonly origin: string
  readonly target: string
  readonly hint: string | null
}

/**
 * The one relationship from `origin` to `target`, both in `schema`.
 * Refuses `catalog.relationship-unknown` for none and `catalog.relationship-ambiguous` for several.
 */
export function findRelationship(catalog: Catalog, wanted: Wanted): Relationship {
  const { schema, origin, target } = wanted
  const candidates = relationshipsFrom(catalog, { schema, name: origin }).filter(
    (relationship) => relationship.target.schema === schema && means(relationship, wanted),
  )
  const [only, another] = candidates
  if (only === undefined) {
    const suggestion = suggestRelationship(catalog, schema, origin, target)
    throw new Refusal('catalog.relationship-unknown', { schema, origin, target, hint: wanted.hint, suggestion })
  }
  if (another !== undefined) {
    const keyed = candidates.filter((relationship) => relationship.kind !== 'computed')
    throw new Refusal('catalog.relationship-ambiguous', { origin, target, candidates: keyed })
  }
  return only
}

function means(relationship: Relationship, { target, hint }: Wanted): boolean {
  if (relationship.kind === 'computed') return relationship.function.name === target
  const named = relationship.target.name === target
  if (relationship.selfReferencing) return meansSelf(relationship, target, hint)
  if (hint === null) {
    return (
      named || (!relationship.targetIsView && (isConstraint(relationship, target) || isOwnColumn(relationship, target)))
    )
  }
  return (
    named &&
    (isConstraint(relationship, hint) ||
      isOwnColumn(relationship, hint) ||
      isTargetColumn(relationship, hint) ||
      (relationship.kind === 'junction' && relationship.junction.name === hint))
  )
}

/** One foreign key is two relationships here: the table's name means the children, the column's name the parent. */
function meansSelf(relationship: Relationship, target: string, hint: string | null): boolean {
  if (relationship.kind !== 'key') return false
  const children = relationship.target.name === target && relationship.cardinality === 'one-to-many'
  if (hint !== null) return children && isTargetColumn(relationship, hint)
  return children || (relationship.cardinality === 'many-to-one' && isOwnColumn(relationship, target))
}

function isConstraint(relationship: Relationship, name: string): boolean {
  return relationship.kind === 'key' && relationship.constraint === name
}

function isOwnColumn(relationship: Relationship, name: string): boolean {
  return relationship.kind === 'key' && relationship.columns.length === 1 && relationship.columns[0]?.[0] === name
}

function isTargetColumn(relationship: Relationship, name: string): boolean {
  return relationship.kind === 'key' && relationship.columns.length === 1 && relationship.columns[0]?.[1] === name
}
