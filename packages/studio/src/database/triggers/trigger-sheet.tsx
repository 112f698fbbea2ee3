// The sheet in which a trigger is made.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Sheet, SheetCancel } from '../../ui/overlay/panel.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { searchOf, usePlatform, usePlatformChange } from '../../api/platform.ts'
import type { Diagram } from '../diagram/diagram.ts'
import { creationOf, emptyTrigger, problemsOf, type Trigger, type TriggerForm } from './trigger.ts'
import { TriggerFields } from './trigger-fields.tsx'

interface TriggerSheetProps {
  readonly schema: string
  readonly onClose: () => void
}

const FORM = 'trigger-form'

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
    <Sheet
      open
      onClose={onClose}
      title="Create a new trigger"
      dirty={form !== emptyTrigger}
      footer={
        <>
          <SheetCancel />
          <Button variant="primary" type="submit" form={FORM} busy={save.isPending}>
            Confirm
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          confirm()
        }}
      >
        <TriggerFields
          form={form}
          problems={tried ? problemsOf(form) : null}
          tables={tables}
          functions={offered}
          onChange={(part) => setForm((before) => ({ ...before, ...part }))}
        />
        <RefusalNote error={save.error} />
      </form>
    </Sheet>
  )
}
