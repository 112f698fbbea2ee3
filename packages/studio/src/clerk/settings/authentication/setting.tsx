// Controls whose change holds at once.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { type Option, Select } from '../../../ui/form/select.tsx'
import { KeepTyped } from '../../../ui/overlay/keep-typed.tsx'
import type { Asked } from './user-settings.ts'

const askedOptions: readonly Option<Asked>[] = [
  { value: 'off', label: 'Off' },
  { value: 'optional', label: 'Optional' },
  { value: 'required', label: 'Required at sign-up' },
]

interface AskedProps {
  readonly label: string
  readonly value: Asked
  readonly onChange: (value: Asked) => void
}

/** Whether something is asked of people. */
export function AskedSetting({ label, value, onChange }: AskedProps) {
  return (
    <Field label={label}>
      <Select value={value} onChange={onChange} options={askedOptions} className="sm:w-64" />
    </Field>
  )
}

interface NumberSettingProps {
  readonly label: string
  readonly hint?: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly onChange: (value: number) => void
}

/** A number that holds once it is saved. */
export function NumberSetting({ label, hint, value, least, most, onChange }: NumberSettingProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? String(value)
  const changed = typed !== null && typed !== String(value)
  const good = /^\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most
  const submit = () => {
    if (!good) return
    setTyped(null)
    onChange(Number(text))
  }
  return (
    <form
      noValidate
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="w-full sm:w-64">
        <Field label={label} hint={hint} error={good ? undefined : `A whole number from ${least} to ${most}.`}>
          <Input inputMode="numeric" value={text} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      </div>
      <KeepTyped dirty={changed} />
      {changed && (
        <Button type="submit" className="mt-6" disabled={!good}>
          Save
        </Button>
      )}
    </form>
  )
}
