// How a child query is tied to its parent's row: what it reads from, under which alias, on which columns.

import type { JunctionRelationship, KeyRelationship, RelationName, Relationship } from '../../../catalog/catalog.ts'
import { type EmbedItem, isToOne, type JoinCondition, type Qualifier, type ReadNode, type Source } from './read-tree.ts'
import { shownName } from './draft-node.ts'

/** Where in the tree a query stands. */
export interface Place {
  readonly source: Source
  /** The relation the rows are of; relationships are looked up from it. */
  readonly relation: RelationName
  readonly depth: number
  /** `object`: its columns become the parent's; `arrays`: each becomes an array there. */
  readonly spread: 'object' | 'arrays' | null
  /** An aggregate stands somewhere above. */
  readonly aggregated: boolean
  readonly joins: Pick<ReadNode, 'junction' | 'joins'>
}

/** The place of an embed under `parent`, taken through `relationship`. */
export function joinEmbed(parent: Place, item: EmbedItem, relationship: Relationship): Place {
  const depth = parent.depth + 1
  const alias = `${relationship.target.name}_${depth}`
  const arrays = isToOne(relationship) ? 'object' : 'arrays'
  const source = sourceOf(parent, relationship, alias)
  return {
    source,
    relation: relationship.target,
    depth,
    spread: item.kind === 'spread' ? arrays : null,
    aggregated: parent.aggregated,
    joins: joinsOf(qualifierOf(parent.source), relationship, qualifierOf(source)),
  }
}

/** The lateral join's alias in the parent's query. */
export function joinAliasOf(item: EmbedItem, relationship: Relationship, depth: number): string {
  return `${relationship.origin.name}_${shownName(item)}_${depth}`
}

/** The qualifier of a query's own columns. */
export function qualifierOf(source: Source): Qualifier {
  if (source.kind === 'relation' && source.alias === null) return { relation: source.name }
  return { alias: source.alias ?? '' }
}

function sourceOf(parent: Place, relationship: Relationship, alias: string): Source {
  if (relationship.kind === 'computed') {
    const row = parent.source.alias ?? relationship.origin.name
    return { kind: 'computed', function: relationship.function, row, rowOf: relationship.origin, alias }
  }
  // A junction is joined beside the target, each under its full name.
  return { kind: 'relation', name: relationship.target, alias: relationship.kind === 'junction' ? null : alias }
}

function joinsOf(parent: Qualifier, relationship: Relationship, own: Qualifier): Place['joins'] {
  if (relationship.kind === 'computed') return { junction: null, joins: [] }
  if (relationship.kind === 'key') return { junction: null, joins: keyJoins(parent, relationship, own) }
  return { junction: relationship.junction, joins: junctionJoins(parent, relationship, own) }
}

function keyJoins(parent: Qualifier, { columns }: KeyRelationship, own: Qualifier): readonly JoinCondition[] {
  return columns.map(([origin, target]) => ({
    left: { of: own, column: target },
    right: { of: parent, column: origin },
  }))
}

function junctionJoins(
  parent: Qualifier,
  { junction, originColumns, targetColumns }: JunctionRelationship,
  own: Qualifier,
): readonly JoinCondition[] {
  const between = { relation: junction }
  const toTarget = targetColumns.map(([target, column]) => ({
    left: { of: between, column },
    right: { of: own, column: target },
  }))
  const toOrigin = originColumns.map(([origin, column]) => ({
    left: { of: between, column },
    right: { of: parent, column: origin },
  }))
  return [...toTarget, ...toOrigin]
}
