// A change to a table as statements: what goes first, then new names, then the columns, then what is added.

import { identifier, qualified, type Sql, sql } from '../../../../../database/sql.ts'
import { cascadeIf } from '../../../../database/sql/cascade.ts'
import { bracketed } from '../../../../database/sql/expression.ts'
import { columnClause, columnList, foreignKeyClause } from '../../columns/sql/column-clause.ts'
import type { TableDetail } from '../../reading/table.ts'
import type { TableChange } from '../table-input.ts'
import { alterColumn } from './alter-column.ts'
import { commentOn, commentOnColumn, kindWord, publishTable, rowSecurity } from './table-words.ts'

/** Its types must have been checked, and its columns must exist. Refuses `platform.expression-invalid`. */
export function alterTable(table: TableDetail, change: TableChange): readonly Sql[] {
  const alter = (action: Sql): Sql => sql`alter table ${qualified(table)} ${action}`
  return [
    ...removals(table, change).map(alter),
    ...looseIndexes(table, change),
    ...renames(change).map(alter),
    ...change.columns.change.flatMap((one) => alterColumn(table, columnOf(table, one.name), one)),
    ...additions(table, change).map(alter),
    ...change.columns.add
      .filter(({ comment }) => comment !== null && comment !== '')
      .map(({ name, comment }) => commentOnColumn(table, name, comment)),
    ...aboutTheTable(table, change),
  ]
}

function columnOf(table: TableDetail, name: string): TableDetail['columns'][number] {
  const column = table.columns.find((one) => one.name === name)
  if (column === undefined) throw new Error(`“${name}” was looked for before`)
  return column
}

function removals(table: TableDetail, change: TableChange): readonly Sql[] {
  const key = table.constraints.find(({ kind }) => kind === 'primary key')
  const gone = [
    ...change.foreignKeys.drop,
    ...change.checks.drop,
    ...noLongerUnique(change).flatMap((name) => uniqueConstraints(table, name)),
    ...(change.primaryKey !== undefined && key !== undefined ? [key.name] : []),
  ]
  const cascade = cascadeIf(change.cascade)
  return [
    ...gone.map((name) => sql`drop constraint ${identifier(name)}`),
    ...change.columns.drop.map((name) => sql`drop column ${identifier(name)}${cascade}`),
  ]
}

function noLongerUnique(change: TableChange): readonly string[] {
  return change.columns.change.filter(({ unique }) => unique === false).map(({ name }) => name)
}

function uniqueConstraints(table: TableDetail, column: string): readonly string[] {
  return table.constraints
    .filter(({ kind, columns }) => kind === 'unique' && columns.length === 1 && columns[0] === column)
    .map(({ name }) => name)
}

/** A unique index that no constraint made keeps values apart as well. */
function looseIndexes(table: TableDetail, change: TableChange): readonly Sql[] {
  const columns = new Set<string>(noLongerUnique(change).map(identifier))
  return table.indexes
    .filter(({ unique, constraint, where }) => unique && !constraint && where === null)
    .filter((index) => index.columns.length === 1 && index.columns.every((column) => columns.has(spelled(column))))
    .map(({ name }) => sql`drop index ${qualified({ schema: table.schema, name })}`)
}

/** Postgres quotes a name only where it must. */
function spelled(column: string): string {
  return column.startsWith('"') ? column : identifier(column)
}

function renames({ columns }: TableChange): readonly Sql[] {
  return columns.change
    .filter(({ name, newName }) => newName !== undefined && newName !== name)
    .map(({ name, newName = name }) => sql`rename column ${identifier(name)} to ${identifier(newName)}`)
}

function additions(table: TableDetail, change: TableChange): readonly Sql[] {
  const { columns, primaryKey = [], checks, foreignKeys } = change
  const newlyUnique = columns.change.filter(({ name, unique }) => unique === true && !columnOf(table, name).unique)
  return [
    ...columns.add.map((column) => sql`add column ${columnClause(column)}`),
    ...(primaryKey.length === 0 ? [] : [sql`add primary key ${columnList(primaryKey)}`]),
    ...newlyUnique.map(({ name, newName = name }) => sql`add unique ${columnList([newName])}`),
    ...checks.add.map(({ name, expression }) => sql`add ${named(name)}check ${bracketed('The check', expression)}`),
    ...foreignKeys.add.map((key) => sql`add ${foreignKeyClause(key)}`),
  ]
}

function named(name: string | undefined): Sql {
  return name === undefined ? sql`` : sql`constraint ${identifier(name)} `
}

function aboutTheTable(table: TableDetail, change: TableChange): readonly Sql[] {
  const at = qualified(table)
  const { comment, rowSecurity: secured, forceRowSecurity: forced, realtime, name, schema } = change
  const statements: Sql[] = []
  if (comment !== undefined) statements.push(commentOn(sql`${kindWord(table.kind)} ${at}`, comment))
  if (secured !== undefined && secured !== table.rowSecurity) statements.push(rowSecurity(table, secured))
  if (forced !== undefined && forced !== table.forceRowSecurity) {
    statements.push(sql`alter table ${at} ${forced ? sql`force` : sql`no force`} row level security`)
  }
  if (realtime !== undefined && realtime !== table.realtime) statements.push(publishTable(table, realtime))
  const renamed = name ?? table.name
  if (renamed !== table.name) statements.push(sql`alter ${kindWord(table.kind)} ${at} rename to ${identifier(renamed)}`)
  if (schema !== undefined && schema !== table.schema) {
    const now = qualified({ schema: table.schema, name: renamed })
    statements.push(sql`alter ${kindWord(table.kind)} ${now} set schema ${identifier(schema)}`)
  }
  return statements
}
