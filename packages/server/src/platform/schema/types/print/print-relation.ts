// A table or view: its rows, what may be inserted and updated, and where it refers to.

import type { KeyRelationship } from '../../../../catalog/catalog.ts'
import { byName } from '../reading/read-shape.ts'
import type { ColumnShape, DatabaseShape, RelationShape } from '../reading/shape.ts'
import { block, list, member, text, union } from './layout.ts'
import { orNull, typeOf } from './type-of.ts'

/** A function whose argument is a row of the relation: a column that is computed when it is asked for by name. */
export interface ComputedField {
  readonly name: string
  readonly type: string
}

/** The object type of one relation, under its name. */
export function printRelation(
  shape: DatabaseShape,
  relation: RelationShape,
  computed: readonly ComputedField[],
): string {
  const columns = [...relation.columns].sort((one, other) => byName(one.name, other.name))
  const isView = relation.kind === 'v' || relation.kind === 'm'
  const row = [...rowMembers(shape, columns), ...computed.map(({ name, type }) => member(name, orNull(type)))]
  const written = (change: Change): string => block(columns.map((column) => writtenMember(shape, column, change)))
  return member(
    relation.name,
    block([
      `Row: ${block(row)}`,
      // The client reads the names here; from types without them it has to guess.
      ...(computed.length > 0
        ? [
            `ComputedFields: ${union(
              computed.map(({ name }) => text(name)),
              24,
            )}`,
          ]
        : []),
      ...(relation.insertable || !isView ? [`Insert: ${written(isView ? 'view' : 'insert')}`] : []),
      ...(relation.updatable || !isView ? [`Update: ${written(isView ? 'view' : 'update')}`] : []),
      `Relationships: ${list(relationshipsOf(shape, relation).map(printRelationship))}`,
    ]),
  )
}

/** A member for each column of a row that is read. */
export function rowMembers(shape: DatabaseShape, columns: readonly ColumnShape[]): readonly string[] {
  return columns.map(({ name, type, nullable }) => {
    const known = typeOf(shape, type)
    return member(name, nullable ? orNull(known) : known)
  })
}

type Change = 'insert' | 'update' | 'view'

/**
 * A column that Postgres alone writes takes nothing; so it is with columns that are generated from others, which
 * Supabase's command lets one write to Postgres' refusal. Of a view nobody knows which columns it wants.
 */
function writtenMember(shape: DatabaseShape, column: ColumnShape, change: Change): string {
  const { name, type, nullable, hasDefault, generated, writable } = column
  if (generated || !writable) return member(name, 'never', true)
  const known = typeOf(shape, type)
  const optional = change !== 'insert' || nullable || hasDefault
  return member(name, nullable || change === 'view' ? orNull(known) : known, optional)
}

/** Within the schema: a client sees one at a time. */
function relationshipsOf(
  { relationships }: DatabaseShape,
  { schema, name }: RelationShape,
): readonly KeyRelationship[] {
  return relationships
    .filter(({ origin, target }) => origin.schema === schema && origin.name === name && target.schema === schema)
    .sort(
      (one, other) =>
        byName(one.constraint, other.constraint) ||
        byName(one.target.name, other.target.name) ||
        byName(columnsOf(one, 1), columnsOf(other, 1)),
    )
}

function printRelationship(relationship: KeyRelationship): string {
  return block([
    `foreignKeyName: ${text(relationship.constraint)}`,
    `columns: ${columnsOf(relationship, 0)}`,
    `isOneToOne: ${relationship.cardinality === 'one-to-one'}`,
    `referencedRelation: ${text(relationship.target.name)}`,
    `referencedColumns: ${columnsOf(relationship, 1)}`,
  ])
}

function columnsOf({ columns }: KeyRelationship, side: 0 | 1): string {
  return `[${columns.map((pair) => text(pair[side])).join(', ')}]`
}
