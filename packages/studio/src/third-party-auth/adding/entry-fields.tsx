// The fields of one provider.

import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import type { Texts } from './entry-form.ts'
import type { EntryField } from './providers.ts'

interface EntryFieldsProps {
  readonly fields: readonly EntryField[]
  readonly texts: Texts
  readonly problems: Texts
  readonly onChange: (key: string, text: string) => void
}

export function EntryFields({ fields, texts, problems, onChange }: EntryFieldsProps) {
  return fields.map(({ key, label, hint, placeholder, optional = false }, index) => (
    <Field key={key} label={label} hint={hint} error={problems[key]} optional={optional}>
      <Input
        className="font-mono"
        value={texts[key] ?? ''}
        placeholder={placeholder}
        autoFocus={index === 0}
        spellCheck={false}
        onChange={(event) => onChange(key, event.target.value)}
      />
    </Field>
  ))
}
