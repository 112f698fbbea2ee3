// Database → Schema Visualizer: tables and what ties them together, as a picture and as a list.

import { lazy, Suspense } from 'react'

import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { SchemaPicker } from '../../ui/form/schema-picker.tsx'
import { useDatabaseAddress } from '../address.ts'
import { searchOf, usePlatform } from '../../api/platform.ts'
import type { Diagram } from './diagram.ts'
import { TableList } from './table-list.tsx'

const Picture = lazy(async () => ({ default: (await import('./picture.tsx')).Picture }))

export function DiagramPage() {
  const { schema, show } = useDatabaseAddress()
  const diagram = usePlatform<Diagram>(`/diagram${searchOf({ schema })}`)
  const tables = diagram.data?.tables ?? []
  return (
    <Page
      title="Schema Visualizer"
      description="A schema’s tables and the foreign keys between them. Choose a table to open it in the Table Editor."
      wide
    >
      <div className="flex flex-wrap items-center gap-3">
        <SchemaPicker value={schema} onChange={(next) => show({ schema: next })} />
        {tables.length > 0 && (
          <a href="#tables" className="text-sm underline">
            Skip to the list of tables
          </a>
        )}
      </div>
      <RefusalNote error={diagram.error} />
      {diagram.isPending && <Loading />}
      {diagram.data !== undefined && tables.length === 0 && (
        <Empty title={`Schema ${schema} has no table yet`} body="Make one in the Table Editor or the SQL Editor." />
      )}
      {diagram.data !== undefined && tables.length > 0 && (
        <>
          <div className="h-[65dvh] min-h-80 overflow-hidden rounded-lg border border-line bg-surface">
            <Suspense fallback={<Loading />}>
              <Picture key={schema} diagram={diagram.data} />
            </Suspense>
          </div>
          <TableList diagram={diagram.data} />
        </>
      )}
    </Page>
  )
}
