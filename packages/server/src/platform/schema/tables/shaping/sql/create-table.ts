// CREATE TABLE and what belongs to a new table.

import { join, qualified, type Sql, sql } from '../../../../../database/sql.ts'
import { columnClause, columnList, foreignKeyClause } from '../../columns/sql/column-clause.ts'
import type { NewTable } from '../table-input.ts'
import { commentOn, commentOnColumn, publishTable, rowSecurity } from './table-words.ts'

/** Its types must have been checked. Refuses `platform.expression-invalid`. */
export function createTable(table: NewTable): readonly Sql[] {
  const described = table.columns.filter(({ comment }) => comment !== null && comment !== '')
  return [
    sql`create table ${qualified(table)} (${lines(clauses(table))})`,
    ...(table.rowSecurity ? [rowSecurity(table, true)] : []),
    ...(table.comment === null || table.comment === ''
      ? []
      : [commentOn(sql`table ${qualified(table)}`, table.comment)]),
    ...described.map(({ name, comment }) => commentOnColumn(table, name, comment)),
    ...(table.realtime ? [publishTable(table, true)] : []),
  ]
}

function clauses({ columns, foreignKeys }: NewTable): readonly Sql[] {
  const key = columns.filter(({ primaryKey }) => primaryKey).map(({ name }) => name)
  return [
    ...columns.map(columnClause),
    ...(key.length === 0 ? [] : [sql`primary key ${columnList(key)}`]),
    ...foreignKeys.map(foreignKeyClause),
  ]
}

function lines(all: readonly Sql[]): Sql {
  return all.length === 0 ? sql`` : sql`\n  ${join(all, sql`,\n  `)}\n`
}
