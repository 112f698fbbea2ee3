// The sheet in which a trigger is made.

import { useState } from 'react'

import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { FormSheet } from '../../ui/overlay/form-sheet.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { searchOf, usePlatform, usePlatformChange } from '../../api/platform.ts'
import type { Diagram } from '../diagram/diagram.ts'
import { creationOf, emptyTrigger, problemsOf, type Trigger, type TriggerForm } from './trigger.ts'
import { TriggerFields } from './trigger-fields.tsx'

interface TriggerSheetProps {
  readonly schema: string
  readonly onClose: () => void
}

/** Asks before it loses what was typed. */
export function TriggerSheet({ schema, onClose }: TriggerSheetProps) {
  const [form, setForm] = useState(emptyTrigger)
  const [tried, setTried] = useState(false)
  const tables = usePlatform<Diagram>(`/diagram${searchOf({ schema })}`).data?.tables ?? []
  const offered =
    usePlatform<{ readonly functions: readonly Trigger['function'][] }>('/trigger-functions').data?.functions ?? []
  const save = usePlatformChange((wish: TriggerForm) => ({
    method: 'POST',
    path: '/triggers',
    body: creationOf(wish, schema, offered[Number(wish.runs)]),
  }))
  const confirm = () => {
    setTried(true)
    if (problemsOf(form) !== null) return
    save.mutate(form, {
      onSuccess: () => {
        toast.good(`The trigger ${form.name.trim()} was created.`)
        onClose()
      },
    })
  }
  return (
    <FormSheet
      onClose={onClose}
      title="Create a new trigger"
      dirty={form !== emptyTrigger}
      action="Confirm"
      busy={save.isPending}
      onSubmit={confirm}
    >
      <TriggerFields
        form={form}
        problems={tried ? problemsOf(form) : null}
        tables={tables}
        functions={offered}
        onChange={(part) => setForm((before) => ({ ...before, ...part }))}
      />
      <RefusalNote error={save.error} />
    </FormSheet>
  )
}
