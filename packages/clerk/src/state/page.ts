// One page of a list.

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
