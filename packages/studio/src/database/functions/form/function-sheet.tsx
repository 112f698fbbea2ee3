// The sheet in which a function is made or changed.

import { useState } from 'react'

import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { FormSheet } from '../../../ui/overlay/form-sheet.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { usePlatformChange } from '../../../api/platform.ts'
import { AdvancedSettings } from './advanced-settings.tsx'
import { AdviceNote } from './advice/advice-note.tsx'
import type { DatabaseFunction } from '../function.ts'
import { FunctionFields } from './function-fields.tsx'
import { changeOf, creationOf, emptyForm, type FunctionForm, formOf, problemsOf } from './function-form.ts'

interface FunctionSheetProps {
  /** Null for a new one. */
  readonly present: DatabaseFunction | null
  readonly schema: string
  readonly onClose: () => void
}

/** Asks before it loses what was typed, and tells beside the field what is missing once saving was tried. */
export function FunctionSheet({ present, schema, onClose }: FunctionSheetProps) {
  const [begun] = useState(() => (present === null ? emptyForm(schema) : formOf(present)))
  const [form, setForm] = useState(begun)
  // The one that the form began with: the list behind it is read again now and then.
  const [version] = useState(present?.version)
  const [tried, setTried] = useState(false)
  const save = usePlatformChange((body: FunctionForm) =>
    present === null
      ? { method: 'POST', path: '/functions', body: creationOf(body) }
      : { method: 'PATCH', path: `/functions/${present.oid}`, body: { ...changeOf(body), version } },
  )
  const change = (part: Partial<FunctionForm>) => setForm((before) => ({ ...before, ...part }))
  const confirm = () => {
    setTried(true)
    if (problemsOf(form) !== null) return
    save.mutate(form, {
      onSuccess: () => {
        toast.good(`The function ${form.name.trim()} was ${present === null ? 'created' : 'saved'}.`)
        onClose()
      },
    })
  }
  const parts = { form, problems: tried ? problemsOf(form) : null, locked: present !== null, onChange: change }
  return (
    <FormSheet
      onClose={onClose}
      title={present === null ? 'Create a new function' : `Edit function ${present.name}`}
      dirty={JSON.stringify(form) !== JSON.stringify(begun)}
      action="Confirm"
      busy={save.isPending}
      onSubmit={confirm}
    >
      <FunctionFields {...parts} onConfirm={confirm} />
      <AdviceNote form={form} inPolicies={(present?.policies.length ?? 0) > 0} onChange={change} />
      <AdvancedSettings {...parts} />
      <RefusalNote error={save.error} />
    </FormSheet>
  )
}
