// The fields of a trigger.

import { Combobox } from '../../ui/form/combobox.tsx'
import { MultiSelect } from '../../ui/form/multi-select.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Select } from '../../ui/form/select.tsx'
import { Checkbox } from '../../ui/form/toggle.tsx'
import type { DiagramTable } from '../diagram/diagram.ts'
import { events, type Trigger, type TriggerForm, type TriggerProblems } from './trigger.ts'

interface TriggerFieldsProps {
  readonly form: TriggerForm
  readonly problems: TriggerProblems | null
  readonly tables: readonly DiagramTable[]
  readonly functions: readonly Trigger['function'][]
  readonly onChange: (part: Partial<TriggerForm>) => void
}

const timings = [
  { value: 'before', label: 'Before the event', hint: 'May change or refuse the row' },
  { value: 'after', label: 'After the event', hint: 'Sees what was done' },
  { value: 'instead of', label: 'Instead of the event', hint: 'For views' },
] as const

const orientations = [
  { value: 'row', label: 'Row', hint: 'Once for each row' },
  { value: 'statement', label: 'Statement', hint: 'Once, however many rows' },
] as const

export function TriggerFields(props: TriggerFieldsProps) {
  const { form, problems, tables, functions, onChange } = props
  return (
    <>
      <Field label="Name of trigger" error={problems?.name}>
        <Input
          autoFocus
          value={form.name}
          onChange={(event) => onChange({ name: event.target.value })}
          className="font-mono"
        />
      </Field>
      <Field label="Table" hint="The table or view that it watches." error={problems?.table}>
        <Combobox
          value={form.table}
          onChange={(table) => onChange({ table, columns: [] })}
          suggestions={tables.map(({ name }) => ({ value: name, label: name }))}
        />
      </Field>
      <EventFields {...props} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Trigger type">
          <Select value={form.timing} onChange={(timing) => onChange({ timing })} options={timings} />
        </Field>
        <Field label="Orientation">
          <Select
            value={form.orientation}
            onChange={(orientation) => onChange({ orientation })}
            options={orientations}
          />
        </Field>
      </div>
      <Field
        label="Function to trigger"
        hint={
          functions.length === 0
            ? 'There is none yet: create a function whose return type is trigger.'
            : 'One without arguments whose return type is trigger.'
        }
        error={problems?.runs}
      >
        <Combobox
          value={form.runs}
          onChange={(runs) => onChange({ runs })}
          suggestions={functions.map(({ schema, name }, place) => ({
            value: String(place),
            label: `${schema}.${name}`,
          }))}
        />
      </Field>
      <Field label="Condition" hint="SQL over new and old, such as new.done is distinct from old.done." optional>
        <Input value={form.when} onChange={(event) => onChange({ when: event.target.value })} className="font-mono" />
      </Field>
    </>
  )
}

function EventFields({ form, problems, tables, onChange }: TriggerFieldsProps) {
  const columns = tables.find(({ name }) => name === form.table)?.columns ?? []
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">Events</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {events.map((event) => (
          <Checkbox
            key={event}
            label={event.charAt(0).toUpperCase() + event.slice(1)}
            checked={form.events.includes(event)}
            onChange={(on) =>
              onChange({ events: events.filter((each) => (each === event ? on : form.events.includes(each))) })
            }
          />
        ))}
      </div>
      {problems?.events !== undefined && <p className="text-xs text-danger">{problems.events}</p>}
      {form.events.includes('update') && columns.length > 0 && (
        <Field label="Columns" hint="Only an update of one of these counts; none chosen, of any." optional>
          <MultiSelect
            value={form.columns}
            onChange={(chosen) => onChange({ columns: chosen })}
            options={columns.map(({ name }) => ({ value: name, label: name }))}
          />
        </Field>
      )}
    </fieldset>
  )
}
