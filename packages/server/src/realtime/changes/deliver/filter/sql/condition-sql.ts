// A condition as SQL writes it. The values are parameters; the column's value is whatever expression the statement has for it.

import { join, type Sql, sql } from '../../../../../database/sql.ts'
import type { ColumnType } from '../compile/column-type.ts'
import { type Comparison, type Condition, isPattern, type PatternOperator, type Truth } from '../parse/condition.ts'

const COMPARISON: Readonly<Record<Comparison, Sql>> = {
  eq: sql`=`,
  neq: sql`<>`,
  lt: sql`<`,
  lte: sql`<=`,
  gt: sql`>`,
  gte: sql`>=`,
  isdistinct: sql`is distinct from`,
}

const PATTERN: Readonly<Record<PatternOperator, Sql>> = {
  like: sql`like`,
  ilike: sql`ilike`,
  match: sql`~`,
  imatch: sql`~*`,
}

const TRUTH: Readonly<Record<Truth, Sql>> = {
  null: sql`is null`,
  true: sql`is true`,
  false: sql`is false`,
  unknown: sql`is unknown`,
}

/** Adds a value to the statement and returns how to name it. */
export type Bind = (value: string) => Sql

/** The condition over a text that Postgres printed of the column, such as a cell, or NULL. */
export function conditionSql(condition: Condition, cell: Sql, type: ColumnType, bind: Bind): Sql {
  const positive = withoutNot(condition, sql`((${cell})::${type.type}${type.collate})`, type, bind)
  return condition.isNegated ? sql`(not ${positive})` : positive
}

function withoutNot(condition: Condition, value: Sql, type: ColumnType, bind: Bind): Sql {
  if (condition.operator === 'is') return sql`(${value} ${TRUTH[condition.value]})`
  if (condition.operator === 'in') {
    const values = condition.values.map((item) => castValue(item, type, bind))
    return sql`(${value} in (${join(values, sql`, `)}))`
  }
  return isPattern(condition)
    ? sql`(${value} ${PATTERN[condition.operator]} ${bind(condition.value)}::pg_catalog.text)`
    : sql`(${value} ${COMPARISON[condition.operator]} ${castValue(condition.value, type, bind)})`
}

/** A value as the column's type takes it. */
export function castValue(value: string, { type }: ColumnType, bind: Bind): Sql {
  return sql`${bind(value)}::${type}`
}

/** Runs a pattern against an empty text: Postgres reads no regular expression before it has to. */
export function patternProbe(operator: PatternOperator, pattern: Sql): Sql {
  return sql`('' ${PATTERN[operator]} ${pattern}::pg_catalog.text)::pg_catalog.text`
}
