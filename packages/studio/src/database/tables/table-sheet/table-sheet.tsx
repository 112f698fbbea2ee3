// The sheet in which a table is made, and changed.

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { usePlatform } from '../../../api/platform.ts'
import { pathOf, type TableDetail } from '../table.ts'
import { Loading } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Sheet } from '../../../ui/overlay/panel.tsx'
import { useColumnTypes } from './columns/type-picker.tsx'
import { formOf, newTableForm, type TableForm } from './form/table-form.ts'
import { TableFormSheet } from './table-form-sheet.tsx'

export interface TableSheetProps {
  readonly schema: string
  /** The name of the one that is changed; without it a new one is made. */
  readonly table?: string | undefined
  readonly open: boolean
  readonly onClose: () => void
  /** With where it is now, since its name may be another one. */
  readonly onSaved?: (at: { readonly schema: string; readonly name: string }) => void
  /** In place of `onClose` where the table was deleted from here. */
  readonly onDropped?: () => void
}

/** Create a new table, or edit one. Asks before it loses what was typed. */
export function TableSheet({ open, table, ...rest }: TableSheetProps) {
  if (!open) return null
  return table === undefined ? <NewTable {...rest} /> : <PresentTable key={table} {...rest} table={table} />
}

interface Opened {
  readonly table: TableDetail
  readonly form: TableForm
}

type InnerProps = Omit<TableSheetProps, 'open' | 'table'>

const nothing = () => {}

function NewTable({ schema, onClose, onSaved = nothing }: InnerProps) {
  const [before] = useState(newTableForm)
  return (
    <TableFormSheet
      schema={schema}
      table={null}
      before={before}
      onSaved={onSaved}
      onDropped={nothing}
      onClose={onClose}
      onReload={nothing}
    />
  )
}

function PresentTable(props: InnerProps & { readonly table: string }) {
  const { schema, table: name, onClose, onSaved = nothing, onDropped = onClose } = props
  const path = pathOf({ schema, name })
  const read = usePlatform<TableDetail>(path)
  const types = useColumnTypes()
  const client = useQueryClient()
  // The form keeps what it was opened with, whatever is read later on.
  const [kept, setKept] = useState<Opened | null>(null)
  if (kept === null && read.data !== undefined && !read.isFetching && types.length > 0) {
    setKept({ table: read.data, form: formOf(read.data, types) })
  }
  const reload = async () => {
    await client.invalidateQueries({ queryKey: ['platform', path] })
    setKept(null)
  }
  if (kept === null) {
    return (
      <Sheet open onClose={onClose} title={`Edit table ${name}`}>
        {read.error === null ? <Loading /> : <RefusalNote error={read.error} />}
      </Sheet>
    )
  }
  return (
    <TableFormSheet
      key={kept.table.version}
      schema={schema}
      table={kept.table}
      before={kept.form}
      onSaved={onSaved}
      onDropped={onDropped}
      onClose={onClose}
      onReload={() => void reload()}
    />
  )
}
