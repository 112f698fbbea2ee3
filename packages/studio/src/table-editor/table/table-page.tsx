// One table: its toolbar, its filters, its rows.

import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'

import { Loading } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { runAs, useViewAs } from '../../view-as/view-as.ts'
import { useRelation } from '../rows/use-rows.ts'
import { TableHead } from './table-head.tsx'
import { TableRows } from './table-rows.tsx'

export function TablePage() {
  const { schema, table } = useParams({ from: '/table-editor/$schema/$table' })
  const viewAs = useViewAs()
  const as = runAs(viewAs)
  const relation = useRelation({ schema, name: table }, as)
  useEffect(() => {
    document.title = `${table} · Table Editor · Tenon Studio`
  }, [table])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <TableHead schema={schema} name={table} relation={relation.data ?? null} />
      {relation.isPending && <Loading />}
      {relation.isError && (
        <div className="p-3">
          <RefusalNote error={relation.error} />
        </div>
      )}
      {relation.isSuccess && (
        <TableRows
          key={`${schema}.${table}.${JSON.stringify(as)}`}
          relation={relation.data}
          as={as}
          viewer={viewAs?.label ?? null}
        />
      )}
    </div>
  )
}
