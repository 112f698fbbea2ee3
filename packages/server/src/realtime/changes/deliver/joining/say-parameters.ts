// What was asked for, as upstream's sentences show it: in the notation of its own language.

import type { Condition } from '../filter/parse/condition.ts'
import { parseFilter } from '../filter/parse/parse-filter.ts'
import type { ChangeRequest } from '../subscribing/change-request.ts'

/** `event: *, schema: public, table: tasks, filters: [{"id", "eq", "1", false}], select: nil`. The filter has been read. */
export function sayParameters({ event, schema, table, filter, select }: ChangeRequest): string {
  const filters = filter === null ? [] : parseFilter(filter).map(sayCondition)
  const columns = select === null ? 'nil' : `[${select.map((name) => JSON.stringify(name)).join(', ')}]`
  return `event: ${event}, schema: ${schema}, table: ${table ?? '*'}, filters: [${filters.join(', ')}], select: ${columns}`
}

function sayCondition(condition: Condition): string {
  const { column, operator, isNegated } = condition
  const value = condition.operator === 'in' ? `{${condition.values.join(',')}}` : condition.value
  return `{${[column, operator, value].map((text) => JSON.stringify(text)).join(', ')}, ${isNegated}}`
}
