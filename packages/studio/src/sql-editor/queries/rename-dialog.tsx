// Gives a saved query another name.

import { type SyntheticEvent, useId, useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Dialog } from '../../ui/overlay/panel.tsx'
import type { SavedAs } from '../tabs/tabs-state.ts'
import { useRenameQuery } from './saved-queries.ts'

interface RenameDialogProps {
  readonly saved: SavedAs
  readonly onRenamed: (saved: SavedAs) => void
  readonly onClose: () => void
}

/** Shown while mounted. */
export function RenameDialog({ saved, onRenamed, onClose }: RenameDialogProps) {
  const [name, setName] = useState(saved.name)
  const rename = useRenameQuery()
  const formId = useId()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    rename.mutate({ from: saved, to: name }, { onSuccess: (next) => next !== null && onRenamed(next) })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      dirty={name !== saved.name}
      title="Rename query"
      footer={
        <Button type="submit" form={formId} variant="primary" busy={rename.isPending}>
          Rename
        </Button>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label="Name">
          <Input value={name} onChange={(event) => setName(event.target.value)} autoFocus spellCheck={false} />
        </Field>
        <RefusalNote error={rename.error} />
      </form>
    </Dialog>
  )
}
