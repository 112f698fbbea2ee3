// One page of a list.

import type { Bindings } from './statement-builder.ts'
import type { Store } from './store.ts'

export interface Page {
  readonly limit: number
  readonly offset: number
}

/** Rows of one page and how many there are without it. */
export interface Listed<Item> {
  readonly items: readonly Item[]
  readonly total: number
}

/** Which column to sort by, as the request named it. */
export interface Order<Column extends string> {
  readonly column: Column
  readonly direction: 'asc' | 'desc'
}

/** What a list is read from. `from` filters by the instance, and has to take every value that is bound before. */
export interface ListedRows {
  readonly columns: string
  /** `from … where …`. */
  readonly from: string
  readonly orderBy: string
}

/** Reads one page, or (null) all of the rows, and counts them. */
export async function readPage<Item>(
  store: Store,
  { columns, from, orderBy }: ListedRows,
  bound: Bindings,
  page: Page | null,
): Promise<Listed<Item>> {
  const [counted] = await store.db.query<{ count: number }>(`select count(*) as count ${from}`, bound.values)
  const span = page === null ? '' : `limit ${bound.bind(page.limit)} offset ${bound.bind(page.offset)}`
  const items = await store.db.query<Item>(`select ${columns} ${from} order by ${orderBy} ${span}`, bound.values)
  return { items, total: counted?.count ?? 0 }
}
