// One condition → a function over the cell, in SQL's three values. Null where the answer is not ours to give.

import type { Condition } from '../parse/condition.ts'
import type { ColumnType } from './column-type.ts'
import { type Compare, comparingOf, isPlainText } from './comparison-of.ts'
import { likePattern } from './like-pattern.ts'

/** A condition whose column and values Postgres has accepted. */
export interface CheckedCondition {
  readonly condition: Condition
  readonly type: ColumnType
  /** The values as Postgres prints them once cast to the column's type. */
  readonly printed: readonly string[]
}

/** True, false, null for SQL's unknown; `undefined` where this cell has to be shown to Postgres. */
export type Decide = (cell: string | null) => boolean | null | undefined

/** Null for a condition that only Postgres can decide. */
export function compileCondition(checked: CheckedCondition): Decide | null {
  const decide = withoutNot(checked)
  if (decide === null || !checked.condition.isNegated) return decide
  return (cell) => {
    const answer = decide(cell)
    return typeof answer === 'boolean' ? !answer : answer
  }
}

function withoutNot({ condition, type, printed }: CheckedCondition): Decide | null {
  if (condition.operator === 'is') return decideIs(condition.value)
  if (condition.operator === 'like') return decideLike(condition.value, type)
  const comparing = comparingOf(type.typeOid)
  if (comparing === null || !type.isDeterministic) return null
  const [value = ''] = printed
  const { equal, order } = comparing
  switch (condition.operator) {
    case 'eq':
      return comparison(equal, value, (sign) => sign === 0)
    case 'neq':
      return comparison(equal, value, (sign) => sign !== 0)
    case 'isdistinct':
      return (cell) => (cell === null ? true : signed(equal(cell, value), (sign) => sign !== 0))
    case 'in':
      return decideIn(equal, printed)
    case 'lt':
      return comparison(order, value, (sign) => sign < 0)
    case 'lte':
      return comparison(order, value, (sign) => sign <= 0)
    case 'gt':
      return comparison(order, value, (sign) => sign > 0)
    case 'gte':
      return comparison(order, value, (sign) => sign >= 0)
    // Lower case is the locale's, and regular expressions are Postgres' own dialect.
    case 'ilike':
    case 'match':
    case 'imatch':
      return null
  }
}

function comparison(compare: Compare | null, value: string, holds: (sign: number) => boolean): Decide | null {
  return compare === null ? null : (cell) => (cell === null ? null : signed(compare(cell, value), holds))
}

function signed(sign: number | null, holds: (sign: number) => boolean): boolean | undefined {
  return sign === null ? undefined : holds(sign)
}

function decideIn(equal: Compare, values: readonly string[]): Decide {
  return (cell) => {
    if (cell === null) return null
    const signs = new Set(values.map((value) => equal(cell, value)))
    return signs.has(0) ? true : signs.has(null) ? undefined : false
  }
}

function decideIs(truth: 'null' | 'true' | 'false' | 'unknown'): Decide {
  if (truth === 'null' || truth === 'unknown') return (cell) => cell === null
  return (cell) => cell === truth.slice(0, 1)
}

function decideLike(pattern: string, { typeOid, isDeterministic }: ColumnType): Decide | null {
  const matches = isPlainText(typeOid) && isDeterministic ? likePattern(pattern) : null
  return matches === null ? null : (cell) => (cell === null ? null : matches(cell))
}
