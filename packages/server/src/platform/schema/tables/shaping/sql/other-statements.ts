// Locking, dropping and copying a table.

import { identifier, join, literal, qualified, type QualifiedName, type Sql, sql } from '../../../../../database/sql.ts'
import { cascadeIf } from '../../../../database/sql/cascade.ts'
import { foreignKeyClause } from '../../columns/sql/column-clause.ts'
import { foreignKeyInput } from '../../columns/column-input.ts'
import type { TableDetail } from '../../reading/table.ts'
import { commentOn, kindWord, rowSecurity } from './table-words.ts'

/** Nobody else changes its shape until the transaction ends; readers are not kept waiting. */
export function lockTable(table: QualifiedName): Sql {
  return sql`lock table ${qualified(table)} in share row exclusive mode`
}

/** DROP TABLE, VIEW or whatever it is. */
export function dropTable({ kind, ...table }: QualifiedName & Pick<TableDetail, 'kind'>, cascade: boolean): Sql {
  return sql`drop ${kindWord(kind)} ${qualified(table)}${cascadeIf(cascade)}`
}

/**
 * A table of the same structure: defaults, identities, checks, indexes, foreign keys and comments, closed by Row Level
 * Security where its model is; policies and triggers stay behind.
 */
export function duplicateTable(table: TableDetail, copy: QualifiedName, rows: boolean): readonly Sql[] {
  const to = qualified(copy)
  const keys = table.foreignKeys.map(({ name: _name, schema: _schema, table: _table, ...key }) =>
    foreignKeyInput.parse(pointedAt(table, copy, key)),
  )
  return [
    sql`create table ${to} (like ${qualified(table)} including all)`,
    ...(rows ? [copyRows(table, copy), ...countersOf(table, copy)] : []),
    ...keys.map((key) => sql`alter table ${to} add ${foreignKeyClause(key)}`),
    ...(table.rowSecurity ? [rowSecurity(copy, true)] : []),
    ...(table.comment === null ? [] : [commentOn(sql`table ${to}`, table.comment)]),
  ]
}

/** A table that refers to itself has a copy that does. */
function pointedAt<Key extends { referencedSchema: string; referencedTable: string }>(
  table: QualifiedName,
  copy: QualifiedName,
  key: Key,
): Key {
  const itself = key.referencedSchema === table.schema && key.referencedTable === table.name
  return itself ? { ...key, referencedSchema: copy.schema, referencedTable: copy.name } : key
}

function copyRows(table: TableDetail, copy: QualifiedName): Sql {
  const written = table.columns.filter(({ generated }) => generated === null)
  const names = join(
    written.map(({ name }) => identifier(name)),
    sql`, `,
  )
  return sql`insert into ${qualified(copy)} (${names}) overriding system value select ${names} from ${qualified(table)}`
}

function countersOf(table: TableDetail, copy: QualifiedName): readonly Sql[] {
  return table.columns.filter(({ identity }) => identity !== null).map(({ name }) => countOn(copy, name))
}

/** The identity's next value is one more than the largest that is there. */
export function countOn(table: QualifiedName, column: string): Sql {
  const sequence = sql`pg_get_serial_sequence(${literal(qualified(table))}, ${literal(column)})`
  return sql`select setval(${sequence}, coalesce(max(${identifier(column)}), 0) + 1, false) from ${qualified(table)}`
}
