// Which rows are asked for, in which order, in whose name.

import type { RowFilter, RowSort } from '../../address.ts'
import type { TableName } from '../relation.ts'

export interface RowsAsked {
  readonly table: TableName
  readonly filters: readonly RowFilter[]
  readonly sort: readonly RowSort[]
  /** The role and claims of whoever is looked through; null is the owner. */
  readonly as: object | null
}

/** Rows of a page. */
export const PAGE = 100

/** Where a page begins, and how many rows it may have. */
export interface PageStart {
  readonly from: 'start' | 'end' | { readonly after: string } | { readonly before: string }
  readonly offset: number
  readonly limit: number
}

/** What is known of the number of rows. */
export interface Total {
  readonly count: number
  readonly exact: boolean
}
