// One field and a button, to add to a list.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { KeepTyped } from '../../ui/overlay/keep-typed.tsx'

interface AddLineProps {
  readonly label: string
  readonly hint?: string
  readonly placeholder: string
  readonly action: string
  readonly busy: boolean
  readonly error: string | undefined
  /** `done` empties the field. */
  readonly onAdd: (value: string, done: () => void) => void
}

/** What was typed stays until it has been added. */
export function AddLine({ label, hint, placeholder, action, busy, error, onAdd }: AddLineProps) {
  const [value, setValue] = useState('')
  return (
    <form
      noValidate
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (value.trim() !== '') onAdd(value.trim(), () => setValue(''))
      }}
    >
      <div className="min-w-48 flex-1">
        <Field label={label} hint={hint} error={error}>
          <Input placeholder={placeholder} value={value} onChange={(event) => setValue(event.target.value)} />
        </Field>
      </div>
      <KeepTyped dirty={value.trim() !== ''} />
      <Button type="submit" className="mt-6" busy={busy} disabled={value.trim() === ''}>
        {action}
      </Button>
    </form>
  )
}
