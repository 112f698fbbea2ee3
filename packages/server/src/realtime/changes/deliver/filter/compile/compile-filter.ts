// Checked conditions → one filter, which answers for a row or says that Postgres must.

import type { Cell } from '../../../change.ts'
import { type CheckedCondition, compileCondition } from './compile-condition.ts'
import { comparingOf } from './comparison-of.ts'

/** A filter that is ready for rows. Shared by whoever wrote the same one. */
export interface Filter {
  readonly kind: 'filter'
  /** The filter as the client wrote it. */
  readonly text: string
  readonly conditions: readonly CheckedCondition[]
  /** Only rows whose cell in this column is this text can match; null where that cannot be said. */
  readonly pin: { readonly column: string; readonly text: string } | null
  /** Whether a row matches: `ask` where only Postgres knows. A column that the row lacks matches nothing. */
  matches(cellOf: (column: string) => Cell): boolean | 'ask'
}

export function compileFilter(text: string, conditions: readonly CheckedCondition[]): Filter {
  const decided = conditions.map((checked) => ({ column: checked.type.column, decide: compileCondition(checked) }))
  return {
    kind: 'filter',
    text,
    conditions,
    pin: pinOf(conditions),
    matches(cellOf) {
      let isAsked = false
      for (const { column, decide } of decided) {
        const cell = cellOf(column)
        const answer = cell === undefined ? false : decide?.(cell)
        if (answer === false || answer === null) return false
        if (answer === undefined) isAsked = true
      }
      return isAsked ? 'ask' : true
    },
  }
}

function pinOf(conditions: readonly CheckedCondition[]): Filter['pin'] {
  for (const { condition, type, printed } of conditions) {
    const isPin = condition.operator === 'eq' && !condition.isNegated && type.isDeterministic
    const [text] = printed
    if (isPin && text !== undefined && comparingOf(type.typeOid)?.isEqualAsText === true) {
      return { column: type.column, text }
    }
  }
  return null
}
