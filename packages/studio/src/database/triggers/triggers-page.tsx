// Database → Triggers: which functions run when rows of which tables change.

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { SchemaPicker } from '../../ui/form/schema-picker.tsx'
import { Switch } from '../../ui/form/toggle.tsx'
import { Menu } from '../../ui/overlay/menu.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { useDatabaseAddress } from '../address.ts'
import { searchOf, usePlatform, usePlatformChange } from '../../api/platform.ts'
import { DropConfirm } from '../drop-confirm.tsx'
import type { Trigger } from './trigger.ts'
import { TriggerSheet } from './trigger-sheet.tsx'

interface Listing {
  readonly triggers: readonly Trigger[]
}

export function TriggersPage() {
  const { schema, panel, show, close } = useDatabaseAddress()
  const listing = usePlatform<Listing>(`/triggers${searchOf({ schema })}`)
  const [dropping, setDropping] = useState<Trigger | null>(null)
  const create = <CreateButton onCreate={() => show({ panel: 'new' })} />
  return (
    <Page title="Triggers" description="Functions that run when rows of a table change." actions={create}>
      <div>
        <SchemaPicker value={schema} onChange={(next) => show({ schema: next })} />
      </div>
      <RefusalNote error={listing.error} />
      {listing.isPending && <Loading />}
      {listing.data !== undefined && (
        <DataTable
          label="Triggers"
          columns={columnsFor(setDropping)}
          rows={listing.data.triggers}
          keyOf={({ oid }) => String(oid)}
          empty={<Empty title={`No table of schema ${schema} has a trigger yet`} action={create} />}
        />
      )}
      {panel === 'new' && <TriggerSheet schema={schema} onClose={close} />}
      {dropping !== null && (
        <DropConfirm
          title={`Delete trigger ${dropping.name}?`}
          body={`Nothing will run for table ${dropping.table} in its place.`}
          action="Delete trigger"
          path={`/triggers/${dropping.oid}`}
          done={`The trigger ${dropping.name} was deleted.`}
          onClose={() => setDropping(null)}
        />
      )}
    </Page>
  )
}

function CreateButton({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <Button variant="primary" onClick={onCreate}>
      Create a new trigger
    </Button>
  )
}

function columnsFor(onDrop: (trigger: Trigger) => void): readonly Column<Trigger>[] {
  return [
    { id: 'name', head: 'Name', cell: ({ name }) => <span className="font-medium break-all">{name}</span> },
    { id: 'table', head: 'Table', cell: ({ table }) => table },
    { id: 'function', head: 'Function', cell: (row) => `${row.function.schema}.${row.function.name}`, from: 'sm' },
    { id: 'events', head: 'Events', cell: (row) => <Events row={row} />, from: 'lg' },
    { id: 'enabled', head: 'Enabled', cell: (row) => <EnabledSwitch row={row} /> },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      align: 'right',
      cell: (row) => (
        <Menu
          label={`Actions for ${row.name}`}
          trigger={<Ellipsis aria-hidden />}
          variant="ghost"
          size="icon"
          items={[{ label: 'Delete trigger', danger: true, onSelect: () => onDrop(row) }]}
        />
      ),
    },
  ]
}

function Events({ row }: { readonly row: Trigger }) {
  const { timing, events, columns, orientation, when } = row
  const narrowed = columns.length === 0 ? '' : ` of ${columns.join(', ')}`
  return (
    <span className="text-xs">
      {`${timing} ${events.map((event) => (event === 'update' ? event + narrowed : event)).join(' or ')}, for each ${orientation}`}
      {when !== null && (
        <>
          {' when '}
          <code className="font-mono">{when}</code>
        </>
      )}
    </span>
  )
}

function EnabledSwitch({ row }: { readonly row: Trigger }) {
  const change = usePlatformChange((on: boolean) => ({
    method: 'PATCH',
    path: `/triggers/${row.oid}`,
    body: { enabled: on ? 'origin' : 'disabled' },
  }))
  return (
    <Switch
      label={`${row.name} is enabled`}
      hideLabel
      checked={row.enabled !== 'disabled'}
      disabled={change.isPending}
      onChange={(on) => change.mutate(on, { onError: (error) => toast.bad(error.message) })}
    />
  )
}
