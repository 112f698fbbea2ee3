// The form as the server takes it: a new table whole, of one that exists only what is otherwise.

import type { TableDetail } from '../../table.ts'
import { defaultOf } from './default-value.ts'
import type { ColumnForm, ForeignKeyForm, TableForm } from './table-form.ts'

/** For `POST /tables`. */
export function newTableBody(schema: string, form: TableForm): object {
  return {
    schema,
    name: form.name,
    comment: form.comment === '' ? null : form.comment,
    rowSecurity: form.rowSecurity,
    realtime: form.realtime,
    columns: form.columns.map((column) => ({ ...newColumn(column), primaryKey: column.primaryKey })),
    foreignKeys: form.foreignKeys.map(foreignKey),
  }
}

/** For `PATCH` of `table`; `before` is the form as it was opened. */
export function changeBody(table: TableDetail, before: TableForm, form: TableForm): object {
  const kept = new Set(form.columns.map(({ original }) => original))
  const keptKeys = new Set(form.foreignKeys.map(({ original }) => original))
  return {
    version: table.version,
    ...(form.name !== before.name && { name: form.name }),
    ...(form.comment !== before.comment && { comment: form.comment }),
    ...(form.rowSecurity !== before.rowSecurity && { rowSecurity: form.rowSecurity }),
    ...(form.realtime !== before.realtime && { realtime: form.realtime }),
    columns: {
      add: form.columns.filter(isNew).map(newColumn),
      change: form.columns.flatMap((column) => changedColumn(columnIn(before, column.original), column)),
      drop: table.columns.map(({ name }) => name).filter((name) => !kept.has(name)),
    },
    ...primaryKey(before, form),
    checks: changedChecks(table, before, form),
    foreignKeys: {
      add: form.foreignKeys.filter(({ original }) => original === null).map(foreignKey),
      drop: table.foreignKeys.map(({ name }) => name).filter((name) => !keptKeys.has(name)),
    },
  }
}

const isNew = ({ original }: ColumnForm): boolean => original === null

function columnIn(form: TableForm, original: string | null): ColumnForm | undefined {
  return original === null ? undefined : form.columns.find((column) => column.original === original)
}

function newColumn(column: ColumnForm): object {
  const { name, type, isArray, nullable, unique, identity, check, comment } = column
  return {
    name,
    type,
    isArray,
    default: identity === null ? defaultOf(column.defaultText, column.defaultReading) : null,
    nullable,
    unique,
    identity,
    check: check.trim() === '' ? null : check,
    comment: comment === '' ? null : comment,
  }
}

function changedColumn(before: ColumnForm | undefined, now: ColumnForm): readonly object[] {
  if (before === undefined) return []
  const otherDefault = before.defaultText !== now.defaultText || before.defaultReading !== now.defaultReading
  const change = {
    ...(now.name !== before.name && { newName: now.name }),
    ...changedType(before, now),
    ...(otherDefault && { default: defaultOf(now.defaultText, now.defaultReading) }),
    ...(now.nullable !== before.nullable && { nullable: now.nullable }),
    ...(now.unique !== before.unique && { unique: now.unique }),
    ...(now.identity !== before.identity && { identity: now.identity }),
    ...(now.comment !== before.comment && { comment: now.comment }),
  }
  return Object.keys(change).length === 0 ? [] : [{ name: before.name, ...change }]
}

function changedType(before: ColumnForm, { type, isArray, using }: ColumnForm): object {
  if (type === before.type && isArray === before.isArray) return {}
  return { type, isArray, ...(using.trim() !== '' && { using }) }
}

/** Sent where other columns belong to it than did; a new name alone changes nothing. */
function primaryKey(before: TableForm, form: TableForm): { readonly primaryKey?: readonly string[] } {
  const was = before.columns.filter((column) => column.primaryKey).map(({ original }) => original)
  const now = form.columns.filter((column) => column.primaryKey)
  const same = was.length === now.length && now.every(({ original }) => original !== null && was.includes(original))
  return same ? {} : { primaryKey: now.map(({ name }) => name) }
}

/** A column shows the first of its checks; another text in its place replaces that one. */
function changedChecks(table: TableDetail, before: TableForm, form: TableForm): object {
  const changed = form.columns.filter((column) => {
    const was = columnIn(before, column.original)
    return was !== undefined && was.check !== column.check
  })
  return {
    add: changed.filter(({ check }) => check.trim() !== '').map(({ check }) => ({ expression: check })),
    drop: changed.flatMap(({ original }) => {
      const first = table.columns.find(({ name }) => name === original)?.checks[0]
      return first === undefined ? [] : [first.name]
    }),
  }
}

function foreignKey({ key: _key, original: _original, ...rest }: ForeignKeyForm): object {
  return rest
}
