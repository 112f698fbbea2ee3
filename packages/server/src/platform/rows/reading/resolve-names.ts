// The names of a request, found in the relation.

import { Refusal } from '../../../refusal/refusal.ts'
import { columnOf } from '../relation/describe-relation.ts'
import type { Column, Relation } from '../relation/relation.ts'
import type { Filter } from '../row-requests.ts'
import type { ColumnFilter } from '../sql/filter-sql.ts'
import type { OrderTerm } from '../sql/order-sql.ts'

/** The columns asked for, else all that the role may read. Refuses `platform.column-unknown`. */
export function chosenColumns(relation: Relation, names: readonly string[] | null): readonly Column[] {
  if (names !== null) return names.map((name) => columnOf(relation, name))
  const readable = relation.columns.filter((column) => column.readable)
  // Whoever may read none of them is told so by Postgres.
  return readable.length === 0 ? relation.columns : readable
}

/** Refuses `platform.column-unknown`, and `request.body-invalid` for an operator without its value. */
export function chosenFilters(relation: Relation, filters: readonly Filter[]): readonly ColumnFilter[] {
  return filters.map(({ column, operator, value }) => {
    const values = value === undefined ? [] : [value].flat()
    const needless = operator === 'in' || operator === 'is null' || operator === 'is not null'
    if (!needless && values.length !== 1) {
      throw new Refusal('request.body-invalid', { reason: `filters: ${operator} takes one value` })
    }
    return { column: columnOf(relation, column), operator, values }
  })
}

/** The order asked for, made unique by the key, which runs the way of the last term. */
export function fullOrder(
  relation: Relation,
  sort: readonly { readonly column: string; readonly descending: boolean }[],
): readonly OrderTerm[] {
  const asked = sort.map(({ column, descending }) => {
    const { name, nullable } = columnOf(relation, column)
    return { column: name, descending, nullable }
  })
  const taken = new Set(asked.map(({ column }) => column))
  const descending = asked.at(-1)?.descending ?? false
  const tie =
    relation.rowsBy === 'place'
      ? ['ctid']
      : relation.key.filter((name) => !taken.has(name) && columnOf(relation, name).readable)
  return [...asked, ...tie.map((column) => ({ column, descending, nullable: false }))]
}
