// The sheet in which an index is made.

import { useState } from 'react'

import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Combobox } from '../../ui/form/combobox.tsx'
import { MultiSelect } from '../../ui/form/multi-select.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Select } from '../../ui/form/select.tsx'
import { Checkbox } from '../../ui/form/toggle.tsx'
import { FormSheet } from '../../ui/overlay/form-sheet.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { searchOf, usePlatform, usePlatformChange } from '../../api/platform.ts'
import type { TableSummary } from '../tables/table.ts'
import { indexBody, type IndexForm, methods, newIndexForm } from './table-index.ts'

interface IndexSheetProps {
  readonly schema: string
  readonly onClose: () => void
}

export function IndexSheet({ schema, onClose }: IndexSheetProps) {
  const [form, setForm] = useState(newIndexForm)
  const [tried, setTried] = useState(false)
  const save = usePlatformChange((body: object) => ({ method: 'POST', path: '/indexes', body }))
  const submit = () => {
    setTried(true)
    if (form.table === '' || form.columns.length === 0) return
    save.mutate(indexBody(schema, form), {
      onSuccess: () => {
        toast.good('The index was created.')
        onClose()
      },
    })
  }
  return (
    <FormSheet
      onClose={onClose}
      dirty={form !== newIndexForm && !save.isSuccess}
      title="Create new index"
      description={`Schema ${schema}`}
      action="Create index"
      busy={save.isPending}
      onSubmit={submit}
    >
      <Fields schema={schema} form={form} onChange={setForm} tried={tried} />
      <RefusalNote error={save.error} />
    </FormSheet>
  )
}

interface FieldsProps {
  readonly schema: string
  readonly form: IndexForm
  readonly onChange: (form: IndexForm) => void
  readonly tried: boolean
}

function Fields({ schema, form, onChange, tried }: FieldsProps) {
  const tables =
    usePlatform<{ readonly tables: readonly TableSummary[] }>(`/tables${searchOf({ schema })}`).data?.tables ?? []
  const able = tables.filter(({ kind }) => kind !== 'view' && kind !== 'foreign-table')
  const columns = able.find(({ name }) => name === form.table)?.columns ?? []
  const change = (part: Partial<IndexForm>) => onChange({ ...form, ...part })
  return (
    <>
      <Field label="Table" error={tried && form.table === '' ? 'Choose a table' : undefined}>
        <Combobox
          value={form.table}
          suggestions={able.map(({ name }) => ({ value: name, label: name }))}
          onChange={(table) => change({ table, columns: [] })}
          placeholder="Choose a table"
        />
      </Field>
      <Field
        label="Columns"
        hint="The order counts: the index serves conditions on the first ones alone, too."
        error={tried && form.columns.length === 0 ? 'Choose a column' : undefined}
      >
        <MultiSelect
          value={form.columns}
          options={columns.map(({ name, type }) => ({ value: name, label: name, hint: type }))}
          onChange={(chosen) => change({ columns: chosen })}
          placeholder="Choose columns"
        />
      </Field>
      <Field label="Index type">
        <Select
          value={form.method}
          options={methods.map((value) => ({ value, label: value }))}
          onChange={(method) => change({ method })}
        />
      </Field>
      <Field label="Condition" hint="The index holds only the rows of which it is true" optional>
        <Input className="font-mono" value={form.where} onChange={(event) => change({ where: event.target.value })} />
      </Field>
      <Checkbox
        label="Is Unique"
        hint="No two rows have the same values in these columns"
        checked={form.unique}
        onChange={(unique) => change({ unique })}
      />
      <Checkbox
        label="Build concurrently"
        hint="Takes longer, and keeps nobody waiting who writes meanwhile"
        checked={form.concurrently}
        onChange={(concurrently) => change({ concurrently })}
      />
    </>
  )
}
