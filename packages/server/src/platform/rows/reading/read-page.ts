// One page of a table, in order, from wherever it begins.

import type { PlatformSession } from '../../database/platform-database.ts'
import { describeRelation } from '../relation/describe-relation.ts'
import { namingKey, type Relation } from '../relation/relation.ts'
import type { ReadRequest } from '../row-requests.ts'
import { tellColumn } from '../refusing/tell-column.ts'
import { filterCondition } from '../sql/filter-sql.ts'
import { comesAfter, type OrderTerm, reversed } from '../sql/order-sql.ts'
import { pageStatement } from '../sql/page-sql.ts'
import { parameters } from '../sql/values.ts'
import { readCursor, writeCursor } from './page-cursor.ts'
import { chosenColumns, chosenFilters, fullOrder } from './resolve-names.ts'
import { type Row, rowFrom } from './row.ts'

export interface Page {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly Row[]
  /** Where the page's first and last row stand; null where the order cannot be taken up again. */
  readonly cursors: { readonly first: string | null; readonly last: string | null }
}

/** Refuses `platform.relation-unknown`, `platform.column-unknown`, `platform.value-refused`, `postgres.*`. */
export async function readPage(session: PlatformSession, request: ReadRequest): Promise<Page> {
  const relation = await describeRelation(session, request.table)
  const columns = chosenColumns(relation, request.columns)
  const order = fullOrder(relation, request.sort)
  const { limit, offset, from } = request
  const writer = parameters()
  const conditions = chosenFilters(relation, request.filters).map((filter) => filterCondition(filter, writer))
  const backwards = from === 'end' || (typeof from === 'object' && 'before' in from)
  const walked = backwards ? reversed(order) : order
  if (typeof from === 'object') {
    const cursor = 'after' in from ? from.after : from.before
    conditions.push(comesAfter(walked, readCursor(cursor, order.length), writer))
  }
  const statement = pageStatement({ relation, columns, conditions, order: walked, limit, offset })
  const found = await tellColumn(writer.columns, session.cells(statement, writer.values))
  const rows = backwards ? found.rows.toReversed() : found.rows
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map((cells) => rowFrom(cells, relation, columns, order.length)),
    cursors: { first: cursorOf(rows[0], relation, order), last: cursorOf(rows.at(-1), relation, order) },
  }
}

function cursorOf(
  cells: readonly (string | null)[] | undefined,
  relation: Relation,
  order: readonly OrderTerm[],
): string | null {
  if (cells === undefined || relation.rowsBy === null) return null
  const from = 2 + namingKey(relation).length
  return writeCursor(cells.slice(from, from + order.length))
}
