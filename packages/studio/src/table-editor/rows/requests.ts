// The endpoints of rows, as functions.

import { request, send } from '../../api/request.ts'
import type { PageStart, RowsAsked, Total } from './window/page-request.ts'
import type { Relation, RelationHead, Row, TableName } from './relation.ts'

export interface Page {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly Row[]
  readonly cursors: { readonly first: string | null; readonly last: string | null }
}

export interface ChangedRow {
  readonly row: Row | null
  readonly sql: string
}

type As = object | null
type Named = Pick<Row, 'key' | 'place' | 'version'>
export type Values = Readonly<Record<string, string | null>>

export async function fetchRelations(schema: string): Promise<readonly RelationHead[]> {
  const path = `/platform/v1/rows/relations?${new URLSearchParams({ schema }).toString()}`
  return (await request<{ relations: readonly RelationHead[] }>('GET', path)).relations
}

export async function fetchRelation(table: TableName, as: As): Promise<Relation> {
  return await request('POST', '/platform/v1/rows/describe', { table, as })
}

/** Ends early when `signal` says so. */
export async function fetchPage(asked: RowsAsked, start: PageStart, signal?: AbortSignal): Promise<Page> {
  const response = await send('/platform/v1/rows/read', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...asked, ...start }),
    ...(signal !== undefined && { signal }),
  })
  return (await response.json()) as Page
}

export async function fetchCount(asked: RowsAsked, exact: boolean): Promise<Total> {
  const { table, filters, as } = asked
  return await request('POST', '/platform/v1/rows/count', { table, filters, as, exact })
}

export async function fetchCell(table: TableName, row: Named, column: string, as: As): Promise<string | null> {
  const { value } = await request<{ value: string | null }>('POST', '/platform/v1/rows/cell', {
    table,
    row,
    column,
    as,
  })
  return value
}

export async function insertRow(table: TableName, values: Values, as: As): Promise<ChangedRow> {
  return await request('POST', '/platform/v1/rows/insert', { table, values, as })
}

export async function updateRow(
  table: TableName,
  row: Named,
  change: { readonly values?: Values; readonly defaults?: readonly string[] },
  as: As,
): Promise<ChangedRow> {
  return await request('POST', '/platform/v1/rows/update', { table, row, ...change, as })
}

export async function deleteRows(table: TableName, rows: readonly Named[], as: As): Promise<number> {
  const { deleted } = await request<{ deleted: number }>('POST', '/platform/v1/rows/delete', { table, rows, as })
  return deleted
}
