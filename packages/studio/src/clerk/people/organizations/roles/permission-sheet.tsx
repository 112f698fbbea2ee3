// A permission to be, or one to change.

import { useState } from 'react'

import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Field } from '../../../../ui/form/field.tsx'
import { Input } from '../../../../ui/form/input.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../../api/clerk-request.ts'
import { FormSheet } from '../../../../ui/overlay/form-sheet.tsx'
import type { Permission } from '../organization.ts'

interface PermissionSheetProps {
  /** Null for a new one. */
  readonly permission: Permission | null
  readonly onClose: () => void
}

interface Form {
  readonly name: string
  readonly key: string
  readonly description: string
}

export function PermissionSheet({ permission, onClose }: PermissionSheetProps) {
  const [initial] = useState<Form>(() => formOf(permission))
  const [form, setForm] = useState(initial)
  const [tried, setTried] = useState(false)
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }))
  const save = useClerkChange<Form, Permission>((body) =>
    permission === null
      ? { method: 'POST', path: '/organization_permissions', body }
      : { method: 'PATCH', path: `/organization_permissions/${permission.id}`, body },
  )
  const submit = () => {
    setTried(true)
    if (form.name.trim() === '') return
    save.mutate(form, {
      onSuccess: ({ name }) => {
        toast.good(`${name} was saved.`)
        onClose()
      },
    })
  }
  const nameless = tried && form.name.trim() === '' ? 'A permission has a name.' : undefined
  return (
    <FormSheet
      title={permission === null ? 'Create permission' : 'Edit permission'}
      action={permission === null ? 'Create' : 'Save'}
      dirty={form !== initial}
      busy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" error={complaintAt(save.error, 'name') ?? nameless}>
        <Input value={form.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field
        label="Key"
        hint="org:feature:action, such as org:invoices:read. Tokens carry it."
        error={complaintAt(save.error, 'key')}
      >
        <Input value={form.key} className="font-mono" onChange={(event) => change({ key: event.target.value })} />
      </Field>
      <Field label="Description" optional error={complaintAt(save.error, 'description')}>
        <Input value={form.description} onChange={(event) => change({ description: event.target.value })} />
      </Field>
      <RefusalNote error={complaintBeside(save.error, 'name', 'key', 'description')} />
    </FormSheet>
  )
}

function formOf(permission: Permission | null): Form {
  if (permission === null) return { name: '', key: 'org:', description: '' }
  const { name, key, description } = permission
  return { name, key, description: description ?? '' }
}
