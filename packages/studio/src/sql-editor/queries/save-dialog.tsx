// Gives a query a name, when it is first saved, saved under another one, or was changed elsewhere meanwhile.

import { useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useId, useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Dialog } from '../../ui/overlay/panel.tsx'
import { type QueryTab, type SavedAs, titleOf } from '../tabs/tabs-state.ts'
import { savedQuery, useSaveQuery } from './saved-queries.ts'

interface SaveDialogProps {
  readonly tab: QueryTab
  /** Why it could not be saved as it was. */
  readonly conflict: unknown
  readonly onSaved: (saved: SavedAs) => void
  readonly onClose: () => void
}

/** Shown while mounted. */
export function SaveDialog({ tab, conflict, onSaved, onClose }: SaveDialogProps) {
  const [proposed] = useState(tab.saved === null ? '' : `${titleOf(tab)} (mine)`)
  const [name, setName] = useState(proposed)
  const save = useSaveQuery()
  const client = useQueryClient()
  const formId = useId()
  const onSuccess = (next: SavedAs | null) => next !== null && onSaved(next)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    save.mutate({ name, sql: tab.sql, version: null }, { onSuccess })
  }
  const overwrite = async (saved: SavedAs) => {
    const now = await client.fetchQuery({ ...savedQuery(saved.name), staleTime: 0 }).catch(() => null)
    save.mutate({ name: saved.name, sql: tab.sql, version: now?.version ?? null }, { onSuccess })
  }
  const { saved } = tab
  return (
    <Dialog
      open
      onClose={onClose}
      dirty={name !== proposed}
      title={conflict === null ? 'Save query' : 'The file is not what you opened'}
      description="A file of this name in supabase/snippets, where the Supabase CLI keeps them, too."
      footer={
        <>
          {conflict !== null && saved !== null && (
            <Button variant="danger" onClick={() => void overwrite(saved)}>
              Overwrite {saved.name}
            </Button>
          )}
          <Button type="submit" form={formId} variant="primary" busy={save.isPending}>
            {conflict === null ? 'Save' : 'Save under this name'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <RefusalNote error={conflict} />
        <Field label="Name">
          <Input value={name} onChange={(event) => setName(event.target.value)} autoFocus spellCheck={false} />
        </Field>
        <RefusalNote error={save.error} />
      </form>
    </Dialog>
  )
}
