// The sheet in which SQL becomes a migration.

import { useState } from 'react'

import { CodeEditor } from '../../ui/code-editor/code-editor.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { RadioGroup } from '../../ui/form/radio-group.tsx'
import { FormSheet } from '../../ui/overlay/form-sheet.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { usePlatformChange } from '../../api/platform.ts'
import type { MigrationText } from './migration.ts'

const choices = [
  { value: 'run', label: 'Run it now' },
  { value: 'note', label: 'It was run already' },
  { value: 'leave', label: 'Leave it pending' },
] as const

interface Wish {
  readonly name: string
  readonly sql: string
  readonly afterwards: (typeof choices)[number]['value']
}

const empty: Wish = { name: '', sql: '', afterwards: 'run' }

interface SaveSheetProps {
  readonly onClose: () => void
  /** SQL that was written elsewhere; whether it was run there, the person says. */
  readonly sql?: string
}

/** Asks before it loses what was typed. */
export function SaveSheet({ onClose, sql = '' }: SaveSheetProps) {
  const [given] = useState<Wish>({ ...empty, sql, afterwards: sql === '' ? 'run' : 'note' })
  const [wish, setWish] = useState(given)
  const [tried, setTried] = useState(false)
  const save = usePlatformChange<Wish, { readonly migration: MigrationText }>((body) => ({
    method: 'POST',
    path: '/migrations',
    body,
  }))
  const change = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }))
  const missing = { name: wish.name.trim() === '', sql: wish.sql.trim() === '' }
  const confirm = () => {
    setTried(true)
    if (missing.name || missing.sql) return
    save.mutate(
      { ...wish, name: wish.name.trim() },
      {
        onSuccess: ({ migration }) => {
          toast.good(`${migration.file} was written.`)
          onClose()
        },
      },
    )
  }
  return (
    <FormSheet
      onClose={onClose}
      title="Save as migration"
      description="A new file in supabase/migrations, under the present time."
      dirty={wish !== given}
      action="Save migration"
      busy={save.isPending}
      onSubmit={confirm}
    >
      <WishFields wish={wish} missing={tried ? missing : null} onChange={change} onConfirm={confirm} />
      <RefusalNote error={save.error} />
    </FormSheet>
  )
}

interface WishFieldsProps {
  readonly wish: Wish
  readonly missing: { readonly name: boolean; readonly sql: boolean } | null
  readonly onChange: (part: Partial<Wish>) => void
  readonly onConfirm: () => void
}

function WishFields({ wish, missing, onChange, onConfirm }: WishFieldsProps) {
  return (
    <>
      <Field
        label="Name"
        hint="What it does in a few words, such as add_tasks."
        error={missing?.name === true ? 'Give the migration a name' : undefined}
      >
        <Input
          autoFocus
          value={wish.name}
          onChange={(event) => onChange({ name: event.target.value })}
          className="font-mono"
        />
      </Field>
      <Field label="SQL" hint="Ctrl+Enter saves." error={missing?.sql === true ? 'Write the statements' : undefined}>
        <CodeEditor
          label="SQL"
          language="sql"
          value={wish.sql}
          onChange={(sql) => onChange({ sql })}
          onRun={onConfirm}
          minLines={12}
        />
      </Field>
      <RadioGroup
        label="Afterwards"
        value={wish.afterwards}
        onChange={(afterwards) => onChange({ afterwards })}
        options={choices}
      />
    </>
  )
}
