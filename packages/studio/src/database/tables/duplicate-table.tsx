// A copy of a table under another name.

import { type FormEvent, useId, useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Checkbox } from '../../ui/form/toggle.tsx'
import { Dialog, SheetCancel } from '../../ui/overlay/panel.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { usePlatformChange } from '../../api/platform.ts'
import { pathOf } from './table.ts'

interface DuplicateTableProps {
  readonly table: { readonly schema: string; readonly name: string }
  readonly onDone?: (name: string) => void
  readonly onClose: () => void
}

interface Copy {
  readonly name: string
  readonly rows: boolean
}

export function DuplicateTable({ table, onDone, onClose }: DuplicateTableProps) {
  const formId = useId()
  const [initial] = useState<Copy>({ name: `${table.name}_duplicate`, rows: false })
  const [copy, setCopy] = useState(initial)
  const save = usePlatformChange((body: Copy) => ({ method: 'POST', path: `${pathOf(table)}/duplicate`, body }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(copy, {
      onSuccess: () => {
        toast.good(`The table ${copy.name} was created.`)
        onDone?.(copy.name)
        onClose()
      },
    })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      dirty={copy !== initial}
      title={`Duplicate table ${table.name}`}
      description="Columns, keys, checks and indexes are copied; policies and triggers are not."
      footer={
        <>
          <SheetCancel />
          <Button type="submit" form={formId} variant="primary" busy={save.isPending}>
            Duplicate table
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name">
          <Input
            className="font-mono"
            value={copy.name}
            onChange={(event) => setCopy({ ...copy, name: event.target.value })}
          />
        </Field>
        <Checkbox label="Copy the rows, too" checked={copy.rows} onChange={(rows) => setCopy({ ...copy, rows })} />
      </form>
      <RefusalNote error={save.error} />
    </Dialog>
  )
}
