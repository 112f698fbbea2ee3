// The statements that change rows, and the one that reads a row by its name.

import { identifier, join, qualified, type Sql, sql } from '../../../database/sql.ts'
import { type Column, namingKey, type Relation } from '../relation/relation.ts'
import type { RowName } from '../row-requests.ts'
import { cutLength, shownCell } from './page-sql.ts'
import type { ValueWriter } from './values.ts'

/** What a column is set to: text that Postgres reads as its type, NULL, or its default. */
export interface Assignment {
  readonly column: string
  readonly value: { readonly text: string | null } | 'default'
}

/** A row as `rowFrom` puts it together, without an order. */
export function rowProjection(relation: Relation, columns: readonly Column[]): Sql {
  const named = relation.rowsBy === null ? [sql`null`, sql`null`] : [sql`xmin::text`, sql`ctid::text`]
  return join(
    [
      ...named,
      ...namingKey(relation).map((name) => identifier(name)),
      ...columns.map((column) => shownCell(column, identifier(column.name))),
      ...columns.filter(({ long }) => long).map(({ name }) => cutLength(identifier(name))),
    ],
    sql`, `,
  )
}

/** INSERT of one row; with nothing assigned, of defaults alone. */
export function insertStatement(relation: Relation, assignments: readonly Assignment[], writer: ValueWriter): Sql {
  const into = sql`insert into ${qualified(relation)}`
  if (assignments.length === 0) return sql`${into} default values`
  const columns = assignments.map(({ column }) => identifier(column))
  const values = assignments.map((assignment) => valueOf(assignment, writer))
  return sql`${into} (${join(columns, sql`, `)}) values (${join(values, sql`, `)})`
}

/** Changes the one row, if it still has its version. */
export function updateStatement(
  relation: Relation,
  assignments: readonly Assignment[],
  row: RowName,
  writer: ValueWriter,
): Sql {
  const sets = assignments.map((each) => sql`${identifier(each.column)} = ${valueOf(each, writer)}`)
  const where = rowCondition(relation, row, writer)
  return sql`update ${qualified(relation)} set ${join(sets, sql`, `)} where ${where}`
}

/** Removes rows by key, whatever their version; by place only as they were seen. */
export function deleteStatement(relation: Relation, rows: readonly RowName[], writer: ValueWriter): Sql {
  const from = sql`delete from ${qualified(relation)} where `
  if (relation.rowsBy === 'place') {
    const places = rows.map((row) => sql`(${rowCondition(relation, row, writer)})`)
    return sql`${from}${join(places, sql` or `)}`
  }
  const key = join(
    relation.key.map((name) => identifier(name)),
    sql`, `,
  )
  const keys = rows.map((row) => sql`(${join(keyValues(relation, row, writer), sql`, `)})`)
  return sql`${from}(${key}) in (${join(keys, sql`, `)})`
}

/** The row of that name, in whatever version. */
export function rowStatement(relation: Relation, row: RowName, shown: Sql, writer: ValueWriter): Sql {
  const where = rowCondition(relation, { ...row, version: null }, writer)
  return sql`select ${shown} from ${qualified(relation)} where ${where}`
}

/** A whole value, however long. */
export function wholeCell({ name }: Column): Sql {
  return sql`${identifier(name)}::text`
}

/** ` returning …` */
export function returning(statement: Sql, shown: Sql): Sql {
  return sql`${statement} returning ${shown}`
}

function valueOf({ column, value }: Assignment, writer: ValueWriter): Sql {
  return value === 'default' ? sql`default` : writer.write(value.text, column)
}

function rowCondition(relation: Relation, row: RowName, writer: ValueWriter): Sql {
  const named =
    relation.rowsBy === 'place'
      ? [sql`ctid = ${writer.write(row.place, 'ctid')}::tid`]
      : relation.key.map((name) => sql`${identifier(name)} = ${writer.write(row.key?.[name] ?? null, name)}`)
  const version = row.version === null ? [] : [sql`xmin = ${writer.write(row.version, 'xmin')}::xid`]
  return join([...named, ...version], sql` and `)
}

function keyValues(relation: Relation, row: RowName, writer: ValueWriter): readonly Sql[] {
  return relation.key.map((name) => writer.write(row.key?.[name] ?? null, name))
}
