// The rows a screen shows, kept for as long as it asks the same.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'

import type { RowsAsked } from './window/page-request.ts'
import type { Relation, TableName } from './relation.ts'
import { fetchCount, fetchPage, fetchRelation, fetchRelations } from './requests.ts'
import { RowWindow } from './window/row-window.ts'

/** Up to here rows are counted unasked. */
const COUNTED_UNASKED = 3_000_000

/** Tables and views of a schema. */
export function useRelations(schema: string) {
  return useQuery({ queryKey: ['tables', 'rows-relations', schema], queryFn: () => fetchRelations(schema) })
}

/** What a table is to whoever is looked through. */
export function useRelation(table: TableName, as: object | null) {
  return useQuery({
    queryKey: ['tables', 'rows-relation', table.schema, table.name, as],
    queryFn: async () => readablePart(await fetchRelation(table, as)),
  })
}

/** Rows come with the columns that the role may read; one that may read none is told so by Postgres. */
function readablePart(relation: Relation): Relation {
  const columns = relation.columns.filter(({ readable }) => readable)
  return columns.length === 0 ? relation : { ...relation, columns }
}

/** The rows asked for, and how many; `refresh` reads both anew. */
export function useRows(relation: Relation, { filters, sort, as }: Omit<RowsAsked, 'table'>) {
  const asked = JSON.stringify({ table: { schema: relation.schema, name: relation.name }, filters, sort, as })
  const columns = relation.columns.map(({ name }) => name).join('\0')
  const rows = useMemo(() => {
    void columns
    const request = JSON.parse(asked) as RowsAsked
    return new RowWindow(async (start, signal) => await fetchPage(request, start, signal))
  }, [asked, columns])
  useSyncExternalStore(rows.subscribe, rows.snapshot)
  useEffect(() => () => rows.close(), [rows])
  const counted = useCount(rows, asked)
  const refresh = async (): Promise<void> => {
    await Promise.all([rows.refresh(), counted.recount()])
  }
  return { rows, refresh, countExactly: counted.countExactly }
}

function useCount(rows: RowWindow, asked: string) {
  const client = useQueryClient()
  const queryKey = ['rows', 'count', asked]
  const { data } = useQuery({
    queryKey,
    queryFn: async () => {
      const request = JSON.parse(asked) as RowsAsked
      const guess = await fetchCount(request, false)
      return guess.exact || guess.count > COUNTED_UNASKED ? guess : await fetchCount(request, true)
    },
  })
  useEffect(() => {
    if (data !== undefined) rows.setTotal(data)
  }, [rows, data])
  return {
    recount: async () => await client.invalidateQueries({ queryKey }),
    countExactly: async () => client.setQueryData(queryKey, await fetchCount(JSON.parse(asked) as RowsAsked, true)),
  }
}
