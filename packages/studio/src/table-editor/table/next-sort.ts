// What a click on a column's head makes of the order.

import type { RowSort } from '../address.ts'

/** Up, then down, then not at all; `add` keeps the other columns of the order. Undefined where nothing sorts. */
export function nextSort(sort: readonly RowSort[], column: string, add: boolean): RowSort[] | undefined {
  const present = sort.find((term) => term.column === column)
  const others = add ? sort.filter((term) => term !== present) : []
  const next = present === undefined ? [{ column, descending: false }] : turned(present)
  const order = [...others, ...next]
  return order.length === 0 ? undefined : order
}

function turned({ column, descending }: RowSort): RowSort[] {
  return descending ? [] : [{ column, descending: true }]
}
