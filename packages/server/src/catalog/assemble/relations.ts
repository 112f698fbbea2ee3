// Relations with their columns, keys and policies, from the flat rows of `sql/relations.ts`.

import type { Rows } from '../../database/statement.ts'
import type { Column, Policy, Relation, RelationKind } from '../catalog.ts'
import { booleanAt, groupByCell, jsonAt, numberAt, textAt, textOrNullAt, type Cells } from './cells.ts'
import type { UniqueKey } from './constraints.ts'

/** The answers that make relations. */
export interface RelationRows {
  readonly relations: Rows
  readonly columns: Rows
  readonly enumLabels: Rows
  readonly policies: Rows
}

const kinds: Readonly<Record<string, RelationKind>> = {
  r: 'table',
  p: 'partitioned-table',
  v: 'view',
  m: 'materialized-view',
  f: 'foreign-table',
}

const policyCommands: Readonly<Record<string, Policy['command']>> = {
  r: 'select',
  a: 'insert',
  w: 'update',
  d: 'delete',
  '*': 'all',
}

// Bits of pg_relation_is_updatable: 1 << CMD_UPDATE, CMD_INSERT, CMD_DELETE.
const updateBit = 4
const insertBit = 8
const deleteBit = 16

/** schema → name → relation. */
export function readRelations(
  rows: RelationRows,
  primaryKeys: readonly UniqueKey[],
  viewKeys: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
): Map<string, Map<string, Relation>> {
  const columnsOf = groupByCell(rows.columns, 0)
  const policiesOf = groupByCell(rows.policies, 0)
  const labels = readEnumLabels(rows.enumLabels)
  const keyOf = new Map(primaryKeys.map((key) => [key.oid, key.columns.map(([, name]) => name).toSorted(byCodePoint)]))
  const relations = new Map<string, Map<string, Relation>>()
  for (const cells of rows.relations.rows) {
    const oid = textAt(cells, 0)
    const relation = readRelation(cells, {
      columns: readColumns(columnsOf.get(oid) ?? [], labels),
      primaryKey: keyOf.get(oid) ?? viewKeys.get(textAt(cells, 1))?.get(textAt(cells, 2)) ?? [],
      policies: (policiesOf.get(oid) ?? []).map(readPolicy),
    })
    const ofSchema = relations.get(relation.schema) ?? new Map<string, Relation>()
    relations.set(relation.schema, ofSchema.set(relation.name, relation))
  }
  return relations
}

function readRelation(cells: Cells, parts: Pick<Relation, 'columns' | 'primaryKey' | 'policies'>): Relation {
  const kind = kinds[textAt(cells, 3)] ?? 'table'
  const bits = kind === 'table' || kind === 'partitioned-table' ? -1 : numberAt(cells, 5)
  return {
    schema: textAt(cells, 1),
    name: textAt(cells, 2),
    kind,
    description: textOrNullAt(cells, 4),
    insertable: (bits & insertBit) !== 0,
    updatable: (bits & updateBit) !== 0,
    deletable: (bits & deleteBit) !== 0,
    ...parts,
    rowSecurity: { enabled: booleanAt(cells, 6), forced: booleanAt(cells, 7) },
  }
}

function readColumns(rows: readonly Cells[], labels: ReadonlyMap<string, readonly string[]>): Map<string, Column> {
  return new Map(
    rows.map((cells) => {
      const maxLength = textOrNullAt(cells, 10)
      const column: Column = {
        name: textAt(cells, 2),
        description: textOrNullAt(cells, 3),
        type: textAt(cells, 4),
        baseType: textAt(cells, 5),
        typeName: textAt(cells, 6),
        nullable: booleanAt(cells, 7),
        defaultExpression: textOrNullAt(cells, 8),
        generated: booleanAt(cells, 9),
        maxLength: maxLength === null ? null : Number(maxLength),
        enumLabels: labels.get(textOrNullAt(cells, 11) ?? '') ?? [],
      }
      return [column.name, column]
    }),
  )
}

function readPolicy(cells: Cells): Policy {
  return {
    name: textAt(cells, 1),
    permissive: booleanAt(cells, 2),
    command: policyCommands[textAt(cells, 3)] ?? 'all',
    roles: jsonAt<readonly string[]>(cells, 4, []),
    using: textOrNullAt(cells, 5),
    check: textOrNullAt(cells, 6),
  }
}

function readEnumLabels(rows: Rows): Map<string, string[]> {
  const labels = new Map<string, string[]>()
  for (const [type, cells] of groupByCell(rows, 0)) {
    labels.set(
      type,
      cells.map((row) => textAt(row, 1)),
    )
  }
  return labels
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
