// The tables of one publication, each with a switch.

import { useState } from 'react'

import { DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Switch } from '../../ui/form/toggle.tsx'
import { Sheet } from '../../ui/overlay/panel.tsx'
import { usePlatform, usePlatformChange } from '../../api/platform.ts'
import type { TableSummary } from '../tables/table.ts'
import { pathOfPublication, type Publication } from './publication.ts'

interface PublicationTablesProps {
  readonly publication: Publication
  readonly onClose: () => void
}

interface Toggle {
  readonly schema: string
  readonly name: string
  readonly on: boolean
}

/** The system's schemas announce nothing by themselves. */
const internal = new Set([
  'auth',
  'clerk',
  'extensions',
  'graphql',
  'pgbouncer',
  'realtime',
  'storage',
  'tenon',
  'vault',
])

export function PublicationTables({ publication, onClose }: PublicationTablesProps) {
  const listing = usePlatform<{ readonly tables: readonly TableSummary[] }>('/tables')
  const [search, setSearch] = useState('')
  const change = usePlatformChange(({ on, ...table }: Toggle) => ({
    method: 'PATCH',
    path: pathOfPublication(publication.name),
    body: { tables: on ? { add: [table] } : { drop: [table] } },
  }))
  const rows = (listing.data?.tables ?? [])
    .filter(({ kind, schema }) => (kind === 'table' || kind === 'partitioned-table') && !internal.has(schema))
    .filter(({ name }) => name.includes(search.trim()))
  const has = ({ schema, name }: TableSummary) =>
    publication.tables.some((table) => table.schema === schema && table.name === name)
  return (
    <Sheet open onClose={onClose} title={`Tables of ${publication.name}`} description="Changes take effect at once.">
      <Input
        type="search"
        aria-label="Search for a table"
        placeholder="Search for a table"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <RefusalNote error={listing.error ?? change.error} />
      {listing.isPending && <Loading />}
      <DataTable
        label={`Tables of ${publication.name}`}
        columns={[
          { id: 'name', head: 'Name', cell: ({ name }) => <span className="font-medium break-all">{name}</span> },
          { id: 'schema', head: 'Schema', cell: ({ schema }) => schema },
          {
            id: 'announced',
            head: 'Announced',
            cell: (table) => (
              <Switch
                label={`Announce ${table.schema}.${table.name}`}
                hideLabel
                checked={has(table)}
                disabled={publication.allTables || change.isPending}
                onChange={(on) => change.mutate({ schema: table.schema, name: table.name, on })}
              />
            ),
          },
        ]}
        rows={rows}
        keyOf={({ schema, name }) => `${schema}.${name}`}
        empty={listing.data === undefined ? null : <Empty title="There is no table to announce" />}
      />
    </Sheet>
  )
}
