// Database → Tables: those of a schema, with their size and protection.

import { useState } from 'react'

import { TableSheet } from './table-sheet/table-sheet.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Input } from '../../ui/form/input.tsx'
import { SchemaPicker } from '../../ui/form/schema-picker.tsx'
import { useDatabaseAddress } from '../address.ts'
import { searchOf, usePlatform } from '../../api/platform.ts'
import { DropTable } from './drop-table.tsx'
import { DuplicateTable } from './duplicate-table.tsx'
import { SchemaActions } from './schema-actions.tsx'
import type { TableSummary } from './table.ts'
import { tableColumns } from './table-columns.tsx'

type Asked = { readonly what: 'drop' | 'duplicate'; readonly table: TableSummary } | null

export function TablesPage() {
  const { schema, panel, id, show, close } = useDatabaseAddress()
  const listing = usePlatform<{ readonly tables: readonly TableSummary[] }>(`/tables${searchOf({ schema })}`)
  const [search, setSearch] = useState('')
  const [asked, setAsked] = useState<Asked>(null)
  const found = (listing.data?.tables ?? []).filter(({ name }) =>
    name.toLowerCase().includes(search.trim().toLowerCase()),
  )
  const create = (
    <Button variant="primary" onClick={() => show({ panel: 'new' })}>
      New table
    </Button>
  )
  return (
    <Page title="Tables" description="What is kept, how much of it there is, and who may reach it." actions={create}>
      <div className="flex flex-wrap gap-2">
        <SchemaPicker value={schema} onChange={(next) => show({ schema: next })} />
        <SchemaActions schema={schema} onShow={(next) => show({ schema: next })} />
        <Input
          type="search"
          aria-label="Search for a table"
          placeholder="Search for a table"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="w-60"
        />
      </div>
      <RefusalNote error={listing.error} />
      {listing.isPending && <Loading />}
      {listing.data !== undefined && (
        <DataTable
          label="Tables"
          columns={tableColumns({
            edit: ({ name }) => show({ panel: 'edit', id: name }),
            duplicate: (table) => setAsked({ what: 'duplicate', table }),
            drop: (table) => setAsked({ what: 'drop', table }),
          })}
          rows={found}
          keyOf={({ name }) => name}
          empty={<Nothing schema={schema} search={search.trim()} />}
        />
      )}
      <TableSheet
        schema={schema}
        table={panel === 'edit' ? (id ?? undefined) : undefined}
        open={panel === 'new' || (panel === 'edit' && id !== null)}
        onClose={close}
      />
      {asked?.what === 'drop' && <DropTable table={asked.table} onClose={() => setAsked(null)} />}
      {asked?.what === 'duplicate' && <DuplicateTable table={asked.table} onClose={() => setAsked(null)} />}
    </Page>
  )
}

function Nothing({ schema, search }: { readonly schema: string; readonly search: string }) {
  if (search !== '') return <Empty title={`No table of schema ${schema} is called like “${search}”`} />
  return (
    <Empty title={`Schema ${schema} has no table yet`} body="Make one with “New table”, or let a migration do it." />
  )
}
