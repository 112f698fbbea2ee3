// The form in its sheet: what was typed stays until it is saved or given up.

import { type FormEvent, type KeyboardEvent, useId, useState } from 'react'

import { RequestRefused } from '../../../api/request.ts'
import { usePlatformChange } from '../../../api/platform.ts'
import type { TableDetail } from '../table.ts'
import { Button } from '../../../ui/button.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { Sheet, SheetCancel } from '../../../ui/overlay/panel.tsx'
import { ColumnList } from './columns/column-list.tsx'
import { ForeignKeyList } from './foreign-keys/foreign-key-list.tsx'
import { isSound, type Problems, problemsOf } from './form/problems.ts'
import type { TableForm } from './form/table-form.ts'
import { type SaveRequest, saveRequest } from './save-request.ts'
import { SqlPreview } from './sql-preview.tsx'
import { TableActions } from './table-actions.tsx'
import { TableFields } from './table-fields.tsx'

interface TableFormSheetProps {
  readonly schema: string
  /** Null: a new one is made. */
  readonly table: TableDetail | null
  readonly before: TableForm
  readonly onSaved: (at: { readonly schema: string; readonly name: string }) => void
  readonly onDropped: () => void
  readonly onClose: () => void
  /** Gives up what was typed for the table as it is now. */
  readonly onReload: () => void
}

const none: Problems = { columns: new Map() }

export function TableFormSheet(props: TableFormSheetProps) {
  const { schema, table, before, onSaved, onDropped, onClose, onReload } = props
  const formId = useId()
  const [form, setForm] = useState(before)
  const [tried, setTried] = useState(false)
  const save = usePlatformChange<SaveRequest>((wanted) => wanted)
  const change = (part: Partial<TableForm>) => setForm({ ...form, ...part })
  const problems = problemsOf(form)
  const request = saveRequest(schema, table, before, form)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isSound(problems) || save.isPending) return
    save.mutate(request, {
      onSuccess: () => {
        toast.good(table === null ? `The table ${form.name} was created.` : `The table ${form.name} was saved.`)
        onSaved({ schema, name: form.name })
        onClose()
      },
    })
  }
  const shown = tried ? problems : none
  return (
    <Sheet
      open
      onClose={onClose}
      dirty={form !== before && !save.isSuccess}
      title={table === null ? 'Create a new table' : `Edit table ${table.name}`}
      description={`Schema ${schema}`}
      className="sm:w-[min(54rem,100vw)]"
      footer={
        <>
          <Refused missing={tried && !isSound(problems)} error={save.error} onReload={onReload} />
          <SqlPreview save={request} disabled={!isSound(problems)} />
          <SheetCancel />
          <Button type="submit" form={formId} variant="primary" busy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} onKeyDown={saveOnControlEnter} noValidate className="flex flex-col gap-5">
        <TableFields form={form} onChange={change} nameProblem={shown.name ?? taken(save.error)} />
        <ColumnList columns={form.columns} onChange={(columns) => change({ columns })} problems={shown.columns} />
        <ForeignKeyList schema={schema} form={form} onChange={(foreignKeys) => change({ foreignKeys })} />
      </form>
      {table !== null && (
        <TableActions
          table={table}
          onDuplicated={(name) => {
            onSaved({ schema, name })
            onClose()
          }}
          onDropped={onDropped}
        />
      )}
    </Sheet>
  )
}

interface RefusedProps {
  /** Something is wrong at a field. */
  readonly missing: boolean
  readonly error: unknown
  readonly onReload: () => void
}

/** Above the buttons, where it is seen however far the form is scrolled. */
function Refused({ missing, error, onReload }: RefusedProps) {
  if (!missing && error === null) return null
  return (
    <div className="flex max-h-48 basis-full flex-col items-start gap-2 overflow-y-auto">
      {missing && (
        <p role="alert" className="text-sm text-danger">
          Something is missing or there twice: see the fields in red.
        </p>
      )}
      <div className="w-full">
        <RefusalNote error={error} />
      </div>
      {isChanged(error) && <Button onClick={onReload}>Discard this and read the table again</Button>}
    </div>
  )
}

function saveOnControlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  event.currentTarget.requestSubmit()
}

/** Postgres' code for a relation that exists (42P07). */
function taken(error: unknown): string | undefined {
  return error instanceof RequestRefused && error.code === '42P07' ? 'This name is taken' : undefined
}

function isChanged(error: unknown): boolean {
  return error instanceof RequestRefused && error.code === 'platform.table-changed'
}
