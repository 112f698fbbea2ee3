// Database → Functions: those of a schema, and the sheet in which one is made or changed.

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import { Badge } from '../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Button } from '../../ui/button.tsx'
import { Input } from '../../ui/form/input.tsx'
import { SchemaPicker } from '../../ui/form/schema-picker.tsx'
import { Menu } from '../../ui/overlay/menu.tsx'
import { useDatabaseAddress } from '../address.ts'
import { searchOf, usePlatform } from '../../api/platform.ts'
import { DropConfirm } from '../drop-confirm.tsx'
import { TrialSheet } from './trial/trial-sheet.tsx'
import { argumentsText, type DatabaseFunction, isCallable, isEditable } from './function.ts'
import { FunctionSheet } from './form/function-sheet.tsx'

interface Listing {
  readonly functions: readonly DatabaseFunction[]
}

export function FunctionsPage() {
  const { schema, panel, id, show, close } = useDatabaseAddress()
  const listing = usePlatform<Listing>(`/functions${searchOf({ schema })}`)
  const [dropping, setDropping] = useState<DatabaseFunction | null>(null)
  const [search, setSearch] = useState('')
  const all = listing.data?.functions ?? []
  const chosen = all.find(({ oid }) => String(oid) === id)
  const actions: RowActions = {
    edit: ({ oid }) => show({ panel: 'edit', id: String(oid) }),
    test: ({ oid }) => show({ panel: 'try', id: String(oid) }),
    drop: setDropping,
  }
  return (
    <Page
      title="Functions"
      description="What the database can be asked to do: from policies, defaults and triggers, and through supabase.rpc()."
      actions={<CreateButton onCreate={() => show({ panel: 'new' })} />}
    >
      <div className="flex flex-wrap gap-2">
        <SchemaPicker value={schema} onChange={(next) => show({ schema: next })} />
        <Input
          type="search"
          aria-label="Search for a function"
          placeholder="Search for a function"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="w-60"
        />
      </div>
      <RefusalNote error={listing.error} />
      {listing.isPending && <Loading />}
      {listing.data !== undefined && (
        <DataTable
          label="Functions"
          columns={columnsFor(actions)}
          rows={all.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))}
          keyOf={({ oid }) => String(oid)}
          empty={<Nothing schema={schema} search={search} onCreate={() => show({ panel: 'new' })} />}
        />
      )}
      {panel === 'new' && <FunctionSheet key="new" present={null} schema={schema} onClose={close} />}
      {panel === 'edit' && chosen !== undefined && (
        <FunctionSheet key={chosen.oid} present={chosen} schema={schema} onClose={close} />
      )}
      {panel === 'try' && chosen !== undefined && <TrialSheet key={chosen.oid} called={chosen} onClose={close} />}
      {dropping !== null && <DropFunction dropped={dropping} onClose={() => setDropping(null)} />}
    </Page>
  )
}

function CreateButton({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <Button variant="primary" onClick={onCreate}>
      Create a new function
    </Button>
  )
}

interface NothingProps {
  readonly schema: string
  readonly search: string
  readonly onCreate: () => void
}

function Nothing({ schema, search, onCreate }: NothingProps) {
  if (search.trim() !== '') return <Empty title={`No function of schema ${schema} is called like “${search}”`} />
  return (
    <Empty
      title={`Schema ${schema} has no function yet`}
      body="A policy reads best through one, such as requesting_user_id(), which tells who asks."
      action={<CreateButton onCreate={onCreate} />}
    />
  )
}

interface RowActions {
  readonly edit: (edited: DatabaseFunction) => void
  readonly test: (tested: DatabaseFunction) => void
  readonly drop: (dropped: DatabaseFunction) => void
}

function columnsFor(actions: RowActions): readonly Column<DatabaseFunction>[] {
  return [
    { id: 'name', head: 'Name', sortBy: ({ name }) => name, cell: (row) => <NameCell row={row} actions={actions} /> },
    {
      id: 'arguments',
      head: 'Arguments',
      cell: (row) => <code className="font-mono text-xs break-words">{argumentsText(row) || '–'}</code>,
      from: 'sm',
    },
    {
      id: 'returns',
      head: 'Return type',
      cell: ({ returns }) => <code className="font-mono text-xs break-words">{returns ?? '–'}</code>,
    },
    { id: 'behaviour', head: 'Behavior', cell: ({ behaviour }) => behaviour.toUpperCase(), from: 'lg' },
    {
      id: 'security',
      head: 'Security',
      cell: ({ security }) => (
        <Badge tone={security === 'definer' ? 'warning' : 'neutral'}>
          {security === 'definer' ? 'Definer' : 'Invoker'}
        </Badge>
      ),
      from: 'sm',
    },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (row) => <ActionsCell row={row} actions={actions} />,
      align: 'right',
    },
  ]
}

interface CellProps {
  readonly row: DatabaseFunction
  readonly actions: RowActions
}

function NameCell({ row, actions }: CellProps) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      {isEditable(row) ? (
        <button type="button" className="text-left font-medium break-all underline" onClick={() => actions.edit(row)}>
          {row.name}
        </button>
      ) : (
        <span className="font-medium break-all">{row.name}</span>
      )}
      {row.extension !== null && <Badge>{row.extension}</Badge>}
      {row.kind !== 'function' && <Badge>{row.kind}</Badge>}
    </div>
  )
}

function ActionsCell({ row, actions }: CellProps) {
  if (row.extension !== null) return null
  return (
    <Menu
      label={`Actions for ${row.name}`}
      trigger={<Ellipsis aria-hidden />}
      variant="ghost"
      size="icon"
      items={[
        { label: 'Edit function', disabled: !isEditable(row), onSelect: () => actions.edit(row) },
        { label: 'Test function', disabled: !isCallable(row), onSelect: () => actions.test(row) },
        { label: 'Delete function', danger: true, apart: true, onSelect: () => actions.drop(row) },
      ]}
    />
  )
}

function DropFunction({ dropped, onClose }: { readonly dropped: DatabaseFunction; readonly onClose: () => void }) {
  return (
    <DropConfirm
      title={`Delete function ${dropped.name}?`}
      body="Whatever calls it will fail."
      action="Delete function"
      path={`/functions/${dropped.oid}`}
      further={{ search: '?cascade=true', action: 'Delete it with all of these' }}
      done={`The function ${dropped.name} was deleted.`}
      onClose={onClose}
    />
  )
}
