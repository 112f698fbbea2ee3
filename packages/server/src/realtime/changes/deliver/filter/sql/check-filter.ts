// Asks Postgres whether a filter means anything: that the operators exist for the columns' types, that the values can be
// cast, that the patterns can be read. It answers with the values as it prints them.

import { join, type Sql, sql } from '../../../../../database/sql.ts'
import type { Rows, Statement } from '../../../../../database/statement.ts'
import type { CheckedCondition } from '../compile/compile-condition.ts'
import type { ColumnType } from '../compile/column-type.ts'
import { type Condition, isPattern } from '../parse/condition.ts'
import { createBinding } from './binding.ts'
import { castValue, conditionSql, patternProbe, type Bind } from './condition-sql.ts'

/** A condition and the type of its column. */
export interface TypedCondition {
  readonly condition: Condition
  readonly type: ColumnType
}

export function checkFilterStatement(conditions: readonly TypedCondition[]): Statement {
  const { bind, values } = createBinding()
  const columns = conditions.flatMap(({ condition, type }) => [
    sql`(${conditionSql(condition, sql`null`, type, bind)})::pg_catalog.text`,
    ...valuesOf(condition, type, bind),
  ])
  return { kind: 'statement', text: sql`select ${join(columns, sql`, `)}`, values }
}

function valuesOf(condition: Condition, type: ColumnType, bind: Bind): readonly Sql[] {
  if (condition.operator === 'is') return []
  if (condition.operator === 'in') return condition.values.map((value) => printedValue(castValue(value, type, bind)))
  return isPattern(condition)
    ? [patternProbe(condition.operator, bind(condition.value))]
    : [printedValue(castValue(condition.value, type, bind))]
}

// As the stream prints the value, which a cast to text does not: it makes `true` of `t`, and cuts what pads a `bpchar`.
function printedValue(value: Sql): Sql {
  return sql`pg_catalog.concat(${value})`
}

/** The conditions with what Postgres printed of their values. */
export function readChecked(conditions: readonly TypedCondition[], { rows }: Rows): readonly CheckedCondition[] {
  const printed = rows[0] ?? []
  let at = 0
  return conditions.map(({ condition, type }) => {
    const count = condition.operator === 'is' ? 0 : condition.operator === 'in' ? condition.values.length : 1
    const own = printed.slice(at + 1, at + 1 + count)
    at += 1 + count
    return { condition, type, printed: own.map((text) => text ?? '') }
  })
}
