// Conditions of the filter bar as SQL.

import { identifier, join, type Sql, sql } from '../../../database/sql.ts'
import type { Column } from '../relation/relation.ts'
import type { ValueWriter } from './values.ts'

/** The operators of the filter bar, as the wire names them. */
export const filterOperators = [
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  'like',
  'ilike',
  'contains',
  'in',
  'is null',
  'is not null',
] as const

export type FilterOperator = (typeof filterOperators)[number]

export interface ColumnFilter {
  readonly column: Column
  readonly operator: FilterOperator
  /** One for most, any number for `in`, none for the tests for null. */
  readonly values: readonly string[]
}

/** ` where …`, empty without filters. */
export function whereAll(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`` : sql` where ${join(conditions, sql` and `)}`
}

/** One condition; the value takes the column's type. */
export function filterCondition({ column, operator, values }: ColumnFilter, writer: ValueWriter): Sql {
  const name = identifier(column.name)
  const value = (): Sql => writer.write(values[0] ?? '', column.name)
  switch (operator) {
    case 'is null':
      return sql`${name} is null`
    case 'is not null':
      return sql`${name} is not null`
    case 'like':
      return sql`${name}::text like ${value()}`
    case 'ilike':
      return sql`${name}::text ilike ${value()}`
    case 'contains':
      return containsCondition(column, value())
    case 'in':
      return inCondition(column, values, writer)
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return sql`${comparable(column)} ${comparisons[operator]} ${value()}`
  }
}

const comparisons = {
  '=': sql`=`,
  '<>': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
} as const

/** Types that Postgres does not compare are compared by what they print. */
const INCOMPARABLE = new Set(['json', 'xml', 'point', 'polygon', 'path', 'line'])

function comparable({ name, base }: Column): Sql {
  return INCOMPARABLE.has(base) ? sql`${identifier(name)}::text` : identifier(name)
}

/** Containment where the type knows it, else a text within the text, whatever its case. */
function containsCondition({ name, category, base }: Column, value: Sql): Sql {
  if (category === 'A' || base === 'jsonb' || category === 'R') return sql`${identifier(name)} @> ${value}`
  return sql`strpos(lower(${identifier(name)}::text), lower(${value}::text)) > 0`
}

function inCondition(column: Column, values: readonly string[], writer: ValueWriter): Sql {
  if (values.length === 0) return sql`false`
  const list = values.map((value) => writer.write(value, column.name))
  return sql`${comparable(column)} in (${join(list, sql`, `)})`
}
