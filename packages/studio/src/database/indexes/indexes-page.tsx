// Database → Indexes: those of a schema, with how large they are and whether they are used.

import { useState } from 'react'

import { Badge } from '../../ui/display/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { SchemaPicker } from '../../ui/form/schema-picker.tsx'
import { useDatabaseAddress } from '../address.ts'
import { searchOf, usePlatform } from '../../api/platform.ts'
import { DropConfirm } from '../drop-confirm.tsx'
import { countText, sizeText } from '../../ui/words/amounts.ts'
import { IndexSheet } from './index-sheet.tsx'
import type { TableIndex } from './table-index.ts'

export function IndexesPage() {
  const { schema, panel, show, close } = useDatabaseAddress()
  const listing = usePlatform<{ readonly indexes: readonly TableIndex[] }>(`/indexes${searchOf({ schema })}`)
  const [dropped, setDropped] = useState<TableIndex | null>(null)
  const create = (
    <Button variant="primary" onClick={() => show({ panel: 'new' })}>
      Create index
    </Button>
  )
  return (
    <Page
      title="Indexes"
      description="What lets Postgres find rows without reading the whole table: columns that policies and filters compare belong in one."
      actions={create}
    >
      <div>
        <SchemaPicker value={schema} onChange={(next) => show({ schema: next })} />
      </div>
      <RefusalNote error={listing.error} />
      {listing.isPending && <Loading />}
      {listing.data !== undefined && (
        <DataTable
          label="Indexes"
          columns={columnsFor(setDropped)}
          rows={listing.data.indexes}
          keyOf={({ name }) => name}
          empty={<Empty title={`Schema ${schema} has no index`} />}
        />
      )}
      {panel === 'new' && <IndexSheet schema={schema} onClose={close} />}
      {dropped !== null && (
        <DropConfirm
          title={`Delete index ${dropped.name}?`}
          body="Requests that it served will read the whole table."
          action="Delete index"
          path={`/indexes/${encodeURIComponent(dropped.schema)}/${encodeURIComponent(dropped.name)}`}
          done={`The index ${dropped.name} was deleted.`}
          onClose={() => setDropped(null)}
        />
      )}
    </Page>
  )
}

function columnsFor(drop: (index: TableIndex) => void): readonly Column<TableIndex>[] {
  return [
    { id: 'table', head: 'Table', sortBy: ({ table }) => table, cell: ({ table }) => table },
    {
      id: 'columns',
      head: 'Columns',
      cell: ({ columns }) => <code className="text-xs">{columns.join(', ')}</code>,
      from: 'sm',
    },
    { id: 'name', head: 'Name', sortBy: ({ name }) => name, cell: (index) => <NameCell index={index} /> },
    {
      id: 'size',
      head: 'Size',
      sortBy: ({ bytes }) => bytes ?? 0,
      cell: ({ bytes }) => sizeText(bytes),
      align: 'right',
      from: 'sm',
    },
    {
      id: 'scans',
      head: 'Times used',
      sortBy: ({ scans }) => scans,
      cell: ({ scans }) => countText(scans),
      align: 'right',
      from: 'sm',
    },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (index) =>
        index.constraint ? null : (
          <Button size="sm" aria-label={`Delete index ${index.name}`} onClick={() => drop(index)}>
            Delete
          </Button>
        ),
      align: 'right',
    },
  ]
}

function NameCell({ index }: { readonly index: TableIndex }) {
  return (
    <details>
      <summary className="cursor-pointer">
        <span className="font-medium break-all">{index.name}</span> {index.unique && <Badge>unique</Badge>}{' '}
        {index.method !== 'btree' && <Badge>{index.method}</Badge>}{' '}
        {!index.valid && <Badge tone="danger">not built</Badge>}
      </summary>
      <code className="mt-1 block font-mono text-xs break-words">{index.definition}</code>
    </details>
  )
}
