// Database → Enumerated Types: lists of values that a column may have.

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { SchemaPicker } from '../../ui/form/schema-picker.tsx'
import { Menu } from '../../ui/overlay/menu.tsx'
import { useDatabaseAddress } from '../address.ts'
import { searchOf, usePlatform } from '../../api/platform.ts'
import { DropConfirm } from '../drop-confirm.tsx'
import { type EnumType, pathOfEnum } from './enum.ts'
import { EnumSheet } from './enum-sheet.tsx'

export function EnumsPage() {
  const { schema, panel, id, show, close } = useDatabaseAddress()
  const listing = usePlatform<{ readonly enums: readonly EnumType[] }>(`/enums${searchOf({ schema })}`)
  const [dropped, setDropped] = useState<EnumType | null>(null)
  const edited = panel === 'edit' ? listing.data?.enums.find(({ name }) => name === id) : undefined
  const create = (
    <Button variant="primary" onClick={() => show({ panel: 'new' })}>
      Create type
    </Button>
  )
  const edit = ({ name }: EnumType) => show({ panel: 'edit', id: name })
  return (
    <Page
      title="Enumerated Types"
      description="Types of your own: a column of one has one of its values."
      actions={create}
    >
      <div>
        <SchemaPicker value={schema} onChange={(next) => show({ schema: next })} />
      </div>
      <RefusalNote error={listing.error} />
      {listing.isPending && <Loading />}
      {listing.data !== undefined && (
        <DataTable
          label="Enumerated Types"
          columns={columnsFor(edit, setDropped)}
          rows={listing.data.enums}
          keyOf={({ name }) => name}
          empty={<Empty title={`Schema ${schema} has no enumerated type`} body="Such as a status: draft, published." />}
        />
      )}
      {panel === 'new' && <EnumSheet key="new" schema={schema} present={null} onClose={close} />}
      {edited !== undefined && <EnumSheet key={edited.name} schema={schema} present={edited} onClose={close} />}
      {dropped !== null && <DropEnum dropped={dropped} onClose={() => setDropped(null)} />}
    </Page>
  )
}

type Act = (type: EnumType) => void

function columnsFor(edit: Act, drop: Act): readonly Column<EnumType>[] {
  return [
    {
      id: 'name',
      head: 'Name',
      cell: (type) => (
        <button type="button" className="text-left font-medium break-all underline" onClick={() => edit(type)}>
          {type.name}
        </button>
      ),
    },
    { id: 'values', head: 'Values', cell: ({ values }) => values.join(', ') },
    {
      id: 'used',
      head: 'Used by',
      cell: ({ usedBy }) => usedBy.map(({ table, column }) => `${table}.${column}`).join(', '),
      from: 'sm',
    },
    { id: 'description', head: 'Description', cell: ({ comment }) => comment ?? '', from: 'lg' },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (type) => (
        <Menu
          label={`Actions for ${type.name}`}
          trigger={<Ellipsis aria-hidden />}
          variant="ghost"
          size="icon"
          items={[
            { label: 'Update type', onSelect: () => edit(type) },
            { label: 'Delete type', danger: true, apart: true, onSelect: () => drop(type) },
          ]}
        />
      ),
      align: 'right',
    },
  ]
}

function DropEnum({ dropped, onClose }: { readonly dropped: EnumType; readonly onClose: () => void }) {
  return (
    <DropConfirm
      title={`Delete type ${dropped.name}?`}
      action="Delete type"
      path={pathOfEnum(dropped)}
      further={{ search: '?cascade=true', action: 'Delete it with all of these' }}
      done={`The type ${dropped.name} was deleted.`}
      onClose={onClose}
    />
  )
}
