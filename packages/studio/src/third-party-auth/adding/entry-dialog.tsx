// A dialog with the fields of an entry, for a new one and for changing one.

import { type FormEvent, type ReactNode, useId, useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Dialog, SheetCancel } from '../../ui/overlay/panel.tsx'
import { EntryFields } from './entry-fields.tsx'
import { problemsOf, type Texts } from './entry-form.ts'
import type { EntryField } from './providers.ts'

interface EntryDialogProps {
  readonly title: string
  readonly description: ReactNode
  readonly action: string
  readonly fields: readonly EntryField[]
  readonly initial: Texts
  readonly busy: boolean
  readonly error: unknown
  readonly onSubmit: (texts: Texts) => void
  readonly onClose: () => void
}

/** Open while it is rendered. Nothing typed is lost where the server says no. */
export function EntryDialog(props: EntryDialogProps) {
  const { title, description, action, fields, initial, busy, error, onSubmit, onClose } = props
  const [texts, setTexts] = useState(initial)
  const [problems, setProblems] = useState<Texts>({})
  const form = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = problemsOf(fields, texts)
    setProblems(found)
    if (Object.keys(found).length === 0) onSubmit(texts)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      dirty={fields.some(({ key }) => (texts[key] ?? '') !== (initial[key] ?? ''))}
      footer={
        <>
          <SheetCancel />
          <Button variant="primary" type="submit" form={form} busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <EntryFields
          fields={fields}
          texts={texts}
          problems={problems}
          onChange={(key, text) => setTexts({ ...texts, [key]: text })}
        />
        <RefusalNote error={error} />
      </form>
    </Dialog>
  )
}
