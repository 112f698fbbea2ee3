// What most functions leave as it is: language, behaviour, settings and security.

import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Combobox } from '../../../ui/form/combobox.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { RadioGroup } from '../../../ui/form/radio-group.tsx'
import { Select } from '../../../ui/form/select.tsx'
import { Switch } from '../../../ui/form/toggle.tsx'
import type { FunctionPartProps } from './function-fields.tsx'
import { nextKey, type SettingRow } from './function-form.ts'
import { useFunctionTypes } from './function-types.ts'

const behaviours = [
  { value: 'immutable', label: 'immutable', hint: 'The same answer for the same arguments, for ever' },
  { value: 'stable', label: 'stable', hint: 'The same answer within one statement; changes nothing' },
  { value: 'volatile', label: 'volatile', hint: 'May change rows, or answer differently each time' },
] as const

const securities = [
  { value: 'invoker', label: 'SECURITY INVOKER' },
  { value: 'definer', label: 'SECURITY DEFINER' },
] as const

const rights = {
  invoker: 'It runs with the rights of whoever calls it.',
  definer:
    'It runs with the rights of its owner, past Row Level Security. Set search_path to an empty value and name schemas in the definition: else callers choose what it finds.',
} as const

/** Open from the start where the function is there: one wants to see how it is set. */
export function AdvancedSettings(props: FunctionPartProps) {
  const { form, locked, onChange } = props
  const [shown, setShown] = useState(locked)
  const { languages } = useFunctionTypes()
  return (
    <section className="flex flex-col gap-4 border-t border-line pt-4">
      <Switch
        label="Show advanced settings"
        hint="Language, behavior, configuration parameters and security."
        checked={shown}
        onChange={setShown}
      />
      {shown && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Language">
              <Select value={form.language} onChange={(language) => onChange({ language })} options={languages} />
            </Field>
            <Field label="Behavior">
              <Select value={form.behaviour} onChange={(behaviour) => onChange({ behaviour })} options={behaviours} />
            </Field>
          </div>
          <ConfigurationRows {...props} />
          <RadioGroup
            label="Type of Security"
            value={form.security}
            onChange={(security) => onChange({ security })}
            options={securities}
          />
          <p className="-mt-3 text-xs text-quiet">{rights[form.security]}</p>
        </>
      )}
    </section>
  )
}

const parameters = ['search_path', 'statement_timeout', 'lock_timeout', 'role', 'work_mem', 'timezone'].map((name) => ({
  value: name,
  label: name,
}))

function ConfigurationRows({ form, onChange }: FunctionPartProps) {
  const heading = useId()
  const rows = form.configuration
  const change = (key: number, part: Partial<SettingRow>) =>
    onChange({ configuration: rows.map((row) => (row.key === key ? { ...row, ...part } : row)) })
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-2">
      <h3 id={heading} className="text-sm font-medium">
        Configuration Parameters
      </h3>
      {rows.map((row, index) => (
        <div key={row.key} className="grid grid-cols-[1fr_1fr_auto] gap-2">
          <Combobox
            label={`Name of parameter ${index + 1}`}
            value={row.name}
            onChange={(name) => change(row.key, { name })}
            suggestions={parameters}
            free
            placeholder="parameter"
          />
          <Input
            aria-label={`Value of parameter ${index + 1}`}
            placeholder="value, may be empty"
            value={row.value}
            onChange={(event) => change(row.key, { value: event.target.value })}
            className="font-mono"
            spellCheck={false}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove parameter ${index + 1}`}
            onClick={() => onChange({ configuration: rows.filter(({ key }) => key !== row.key) })}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        onClick={() => onChange({ configuration: [...rows, { key: nextKey(rows), name: '', value: '' }] })}
      >
        <Plus aria-hidden />
        Add a new config
      </Button>
    </section>
  )
}
