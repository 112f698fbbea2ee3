// The fields of a policy, in the words of the statement they write.

import { Field } from '../../ui/form/field.tsx'
import { MultiSelect } from '../../ui/form/multi-select.tsx'
import { Combobox } from '../../ui/form/combobox.tsx'
import { Input } from '../../ui/form/input.tsx'
import { RadioGroup } from '../../ui/form/radio-group.tsx'
import { Select } from '../../ui/form/select.tsx'
import { type Behaviour, commands } from '../protected-table.ts'
import type { PolicyDraft, Problems } from './policy-form.ts'

interface PolicyFieldsProps {
  readonly draft: PolicyDraft
  readonly problems: Problems
  readonly tables: readonly string[]
  readonly roles: readonly string[]
  /** A policy stays on its table. */
  readonly isNew: boolean
  readonly onChange: (change: Partial<PolicyDraft>) => void
}

const behaviours: readonly { value: Behaviour; label: string; hint: string }[] = [
  { value: 'permissive', label: 'Permissive', hint: 'Policies are combined with OR' },
  { value: 'restrictive', label: 'Restrictive', hint: 'Policies are combined with AND' },
]

export function PolicyFieldsForm({ draft, problems, tables, roles, isNew, onChange }: PolicyFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Policy Name" error={problems.name}>
        <Input
          value={draft.name}
          placeholder="Provide a name for your policy"
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Field
        label={
          <span>
            Table <code className="text-xs font-normal text-quiet">on</code>{' '}
            <span className="text-xs font-normal text-quiet">clause</span>
          </span>
        }
        error={problems.table}
      >
        <Combobox
          value={draft.table}
          placeholder="Choose a table"
          disabled={!isNew}
          onChange={(table) => onChange({ table })}
          suggestions={tables.map((table) => ({ value: table, label: table }))}
        />
      </Field>
      <Field label="Policy Behavior">
        <Select value={draft.behaviour} options={behaviours} onChange={(behaviour) => onChange({ behaviour })} />
      </Field>
      <RadioGroup
        label="Policy Command"
        value={draft.command}
        options={commands.map((command) => ({ value: command, label: command }))}
        onChange={(command) => onChange({ command })}
      />
      <div className="sm:col-span-2">
        <Field label="Target Roles">
          <MultiSelect
            value={draft.roles}
            placeholder="Defaults to all (public) roles if none selected"
            options={roles.map((role) => ({ value: role, label: role }))}
            onChange={(next) => onChange({ roles: next })}
          />
        </Field>
      </div>
    </div>
  )
}
