// What concerns the table as a whole.

import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { Checkbox } from '../../../ui/form/toggle.tsx'
import type { TableForm } from './form/table-form.ts'

interface TableFieldsProps {
  readonly form: TableForm
  readonly onChange: (part: Partial<TableForm>) => void
  readonly nameProblem: string | undefined
}

export function TableFields({ form, onChange, nameProblem }: TableFieldsProps) {
  return (
    <>
      <Field label="Name" error={nameProblem}>
        <Input
          className="font-mono"
          placeholder="table_name"
          value={form.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Field label="Description" optional>
        <Input value={form.comment} onChange={(event) => onChange({ comment: event.target.value })} />
      </Field>
      <Checkbox
        label="Enable Row Level Security"
        hint="Requests see and change only rows that a policy lets them. Recommended."
        checked={form.rowSecurity}
        onChange={(rowSecurity) => onChange({ rowSecurity })}
      />
      {!form.rowSecurity && (
        <p role="status" className="rounded-md border border-warning/40 bg-warning-soft px-3 py-2 text-sm">
          <strong className="font-medium">The table is open.</strong> Without Row Level Security, whoever has the
          project’s publishable key can read and change every row.
        </p>
      )}
      <Checkbox
        label="Enable Realtime"
        hint="Changes of this table are announced to those who subscribe"
        checked={form.realtime}
        onChange={(realtime) => onChange({ realtime })}
      />
    </>
  )
}
