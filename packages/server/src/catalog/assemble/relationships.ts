// Relationships in both directions, from links, junctions and functions. The rules are PostgREST's: a function
// that computes a relationship replaces what was found between its argument's relation and the relation that
// has its own name.

import type {
  Catalog,
  ComputedRelationship,
  JunctionRelationship,
  KeyRelationship,
  Relation,
  Relationship,
  RelationName,
} from '../catalog.ts'
import type { Rows } from '../../database/statement.ts'
import { booleanAt, textAt } from './cells.ts'
import type { Link } from './links.ts'

/**
 * Every relationship, by its origin, in the order in which an ambiguity lists them. `related` names origins that
 * have an entry even if nothing that may be used starts there.
 */
export function readRelationships(
  links: readonly Link[],
  computedRows: Rows,
  relations: ReadonlyMap<string, ReadonlyMap<string, Relation>>,
  related: readonly RelationName[],
): Catalog['relationships'] {
  const computed = computedRows.rows.map((cells): ComputedRelationship => {
    const origin = { schema: textAt(cells, 2), name: textAt(cells, 3) }
    const target = { schema: textAt(cells, 4), name: textAt(cells, 5) }
    return {
      kind: 'computed',
      function: { schema: textAt(cells, 0), name: textAt(cells, 1) },
      origin,
      target,
      selfReferencing: nameKey(origin) === nameKey(target),
      originIsView: isView(relations, origin),
      targetIsView: isView(relations, target),
      toOne: booleanAt(cells, 6),
    }
  })
  const overridden = new Set(computed.map((one) => pairKey(one.origin, one.function)))
  const detected = [...links.flatMap(bothDirections), ...junctionsAmong(links, relations)]
  const usable = [...detected.filter((one) => !overridden.has(pairKey(one.origin, one.target))), ...computed]
  return byOrigin(usable, related)
}

function bothDirections(link: Link): KeyRelationship[] {
  const { from, to, constraint, unique, selfReferencing } = link
  const shared = { kind: 'key', constraint, selfReferencing } as const
  return [
    {
      ...shared,
      cardinality: unique ? 'one-to-one' : 'many-to-one',
      origin: nameOf(from),
      target: nameOf(to),
      originIsView: from.isView,
      targetIsView: to.isView,
      originIsReferenced: false,
      columns: pairs(from.columns, to.columns),
    },
    {
      ...shared,
      cardinality: unique ? 'one-to-one' : 'one-to-many',
      origin: nameOf(to),
      target: nameOf(from),
      originIsView: to.isView,
      targetIsView: from.isView,
      originIsReferenced: true,
      columns: pairs(to.columns, from.columns),
    },
  ]
}

/** A relation is a junction of what two of its foreign keys reference when the columns of both are within its primary key. */
function junctionsAmong(
  links: readonly Link[],
  relations: ReadonlyMap<string, ReadonlyMap<string, Relation>>,
): JunctionRelationship[] {
  const candidates = new Map<string, Link[]>()
  for (const link of links) {
    const primaryKey = relations.get(link.from.schema)?.get(link.from.name)?.primaryKey ?? []
    if (link.unique || !link.from.columns.every((column) => primaryKey.includes(column))) continue
    const key = nameKey(link.from)
    candidates.set(key, [...(candidates.get(key) ?? []), link])
  }
  return [...candidates.values()].flatMap((ofJunction) =>
    ofJunction.flatMap((first) =>
      ofJunction.filter((second) => second.constraint !== first.constraint).map((second) => junction(first, second)),
    ),
  )
}

function junction(first: Link, second: Link): JunctionRelationship {
  return {
    kind: 'junction',
    cardinality: 'many-to-many',
    origin: nameOf(first.to),
    target: nameOf(second.to),
    selfReferencing: nameKey(first.to) === nameKey(second.to),
    originIsView: first.to.isView,
    targetIsView: second.to.isView,
    junction: nameOf(first.from),
    originConstraint: first.constraint,
    targetConstraint: second.constraint,
    originColumns: pairs(first.to.columns, first.from.columns),
    targetColumns: pairs(second.to.columns, second.from.columns),
  }
}

function byOrigin(
  relationships: readonly Relationship[],
  related: readonly RelationName[],
): Map<string, Map<string, Relationship[]>> {
  const schemas = new Map<string, Map<string, Relationship[]>>()
  const sorted = relationships
    .map((relationship) => ({ relationship, key: sortKey(relationship) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  for (const { relationship } of sorted) entryOf(schemas, relationship.origin).push(relationship)
  for (const name of related) entryOf(schemas, name)
  return schemas
}

function entryOf(schemas: Map<string, Map<string, Relationship[]>>, { schema, name }: RelationName): Relationship[] {
  const ofSchema = schemas.get(schema) ?? new Map<string, Relationship[]>()
  schemas.set(schema, ofSchema)
  const entry = ofSchema.get(name) ?? []
  ofSchema.set(name, entry)
  return entry
}

const cardinalityOrder = { 'one-to-many': '1', 'many-to-one': '2', 'one-to-one': '3' }

/** Targets by name, then to-many before to-one before junctions, then constraints by name; computed ones last. */
function sortKey(relationship: Relationship): string {
  const separator = '\u0001'
  if (relationship.kind === 'computed') return ['\uffff', nameKey(relationship.function)].join(separator)
  const parts =
    relationship.kind === 'key'
      ? [cardinalityOrder[relationship.cardinality], relationship.constraint, relationship.columns.join()]
      : ['4', nameKey(relationship.junction), relationship.originConstraint, relationship.targetConstraint]
  return [nameKey(relationship.target), relationship.selfReferencing ? '1' : '0', ...parts].join(separator)
}

function pairs(left: readonly string[], right: readonly string[]): [string, string][] {
  return left.map((column, index) => [column, right[index] ?? ''])
}

function nameOf({ schema, name }: RelationName): RelationName {
  return { schema, name }
}

function nameKey({ schema, name }: RelationName): string {
  return `${schema}\u0000${name}`
}

function pairKey(a: RelationName, b: RelationName): string {
  return `${nameKey(a)}\u0000${nameKey(b)}`
}

function isView(relations: ReadonlyMap<string, ReadonlyMap<string, Relation>>, name: RelationName): boolean {
  const kind = relations.get(name.schema)?.get(name.name)?.kind
  return kind === 'view' || kind === 'materialized-view'
}
