// Database → Publications: which changes of which tables are announced.

import { type FormEvent, useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Switch } from '../../ui/form/toggle.tsx'
import { Dialog, SheetCancel } from '../../ui/overlay/panel.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { counted } from '../../ui/words/amounts.ts'
import { useDatabaseAddress } from '../address.ts'
import { usePlatform, usePlatformChange } from '../../api/platform.ts'
import { DropConfirm } from '../drop-confirm.tsx'
import { type Operation, operations, pathOfPublication, type Publication } from './publication.ts'
import { PublicationTables } from './publication-tables.tsx'

interface OperationsChange {
  readonly name: string
  readonly operations: readonly Operation[]
}

export function PublicationsPage() {
  const { panel, id, show, close } = useDatabaseAddress()
  const listing = usePlatform<{ readonly publications: readonly Publication[] }>('/publications')
  const [dropped, setDropped] = useState<Publication | null>(null)
  const change = usePlatformChange(({ name, ...body }: OperationsChange) => ({
    method: 'PATCH',
    path: pathOfPublication(name),
    body,
  }))
  const opened = panel === 'edit' ? listing.data?.publications.find(({ name }) => name === id) : undefined
  const create = (
    <Button variant="primary" onClick={() => show({ panel: 'new' })}>
      Create publication
    </Button>
  )
  return (
    <Page
      title="Publications"
      description="Which changes of which tables are announced. Realtime listens to supabase_realtime."
      actions={create}
    >
      <RefusalNote error={listing.error ?? change.error} />
      {listing.isPending && <Loading />}
      {listing.data !== undefined && (
        <DataTable
          label="Publications"
          columns={columnsFor({
            open: ({ name }) => show({ panel: 'edit', id: name }),
            drop: setDropped,
            set: (publication) => change.mutate(publication),
          })}
          rows={listing.data.publications}
          keyOf={({ name }) => name}
          empty={<Empty title="There is no publication" />}
        />
      )}
      {panel === 'new' && <NewPublication onClose={close} />}
      {opened !== undefined && <PublicationTables publication={opened} onClose={close} />}
      {dropped !== null && (
        <DropConfirm
          title={`Delete publication ${dropped.name}?`}
          body="Whoever subscribes to it hears of no more changes."
          action="Delete publication"
          typed={dropped.name}
          path={pathOfPublication(dropped.name)}
          done={`The publication ${dropped.name} was deleted.`}
          onClose={() => setDropped(null)}
        />
      )}
    </Page>
  )
}

interface RowActions {
  readonly open: (publication: Publication) => void
  readonly drop: (publication: Publication) => void
  readonly set: (change: OperationsChange) => void
}

function columnsFor({ open, drop, set }: RowActions): readonly Column<Publication>[] {
  return [
    { id: 'name', head: 'Name', cell: ({ name }) => <span className="font-medium break-all">{name}</span> },
    ...operations.map((operation): Column<Publication> => ({
      id: operation,
      head: operation.charAt(0).toUpperCase() + operation.slice(1),
      cell: (publication) => <OperationCell publication={publication} operation={operation} onSet={set} />,
    })),
    {
      id: 'tables',
      head: 'Source',
      cell: (publication) => (
        <Button
          size="sm"
          aria-label={`${sourceOf(publication)} of ${publication.name}`}
          onClick={() => open(publication)}
        >
          {sourceOf(publication)}
        </Button>
      ),
    },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (publication) => (
        <Button size="sm" aria-label={`Delete publication ${publication.name}`} onClick={() => drop(publication)}>
          Delete
        </Button>
      ),
      align: 'right',
    },
  ]
}

function sourceOf({ allTables, tables }: Publication): string {
  if (allTables) return 'All tables'
  return counted(tables.length, 'table')
}

interface OperationCellProps {
  readonly publication: Publication
  readonly operation: Operation
  readonly onSet: (change: OperationsChange) => void
}

function OperationCell({ publication: { name, operations: announced }, operation, onSet }: OperationCellProps) {
  const set = (on: boolean) =>
    onSet({ name, operations: on ? [...announced, operation] : announced.filter((each) => each !== operation) })
  return <Switch label={`${operation} of ${name}`} hideLabel checked={announced.includes(operation)} onChange={set} />
}

function NewPublication({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('')
  const save = usePlatformChange((body: { readonly name: string }) => ({ method: 'POST', path: '/publications', body }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(
      { name },
      {
        onSuccess: () => {
          toast.good(`The publication ${name} was created. Choose its tables now.`)
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Create publication"
      dirty={name !== ''}
      footer={
        <>
          <SheetCancel />
          <Button type="submit" form="new-publication" variant="primary" busy={save.isPending}>
            Create publication
          </Button>
        </>
      }
    >
      <form id="new-publication" onSubmit={submit}>
        <Field label="Name">
          <Input className="font-mono" required value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
      <RefusalNote error={save.error} />
    </Dialog>
  )
}
