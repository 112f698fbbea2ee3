// A role to be, or one to change.

import { useState } from 'react'

import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Field } from '../../../../ui/form/field.tsx'
import { Input } from '../../../../ui/form/input.tsx'
import { Checkbox } from '../../../../ui/form/toggle.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../../api/clerk-request.ts'
import { FormSheet } from '../../../../ui/overlay/form-sheet.tsx'
import type { Role } from '../organization.ts'
import { usePermissions } from './use-roles.ts'

interface RoleSheetProps {
  /** Null for a new one. */
  readonly role: Role | null
  /** It is the role of whoever founds an organization. */
  readonly isCreator: boolean
  readonly onClose: () => void
}

interface Form {
  readonly name: string
  readonly key: string
  readonly description: string
  readonly permissions: readonly string[]
}

export function RoleSheet({ role, isCreator, onClose }: RoleSheetProps) {
  const [initial] = useState(() => formOf(role))
  const [form, setForm] = useState(initial)
  const [tried, setTried] = useState(false)
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }))
  const save = useClerkChange<Form, Role>((body) =>
    role === null
      ? { method: 'POST', path: '/organization_roles', body }
      : { method: 'PATCH', path: `/organization_roles/${role.id}`, body },
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
  const nameless = tried && form.name.trim() === '' ? 'A role has a name.' : undefined
  return (
    <FormSheet
      title={role === null ? 'Create role' : 'Edit role'}
      action={role === null ? 'Create' : 'Save'}
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
        hint="As policies see it. Members follow where it changes; tokens that are out keep the old one."
        error={complaintAt(save.error, 'key')}
      >
        <Input value={form.key} className="font-mono" onChange={(event) => change({ key: event.target.value })} />
      </Field>
      <Field label="Description" optional error={complaintAt(save.error, 'description')}>
        <Input value={form.description} onChange={(event) => change({ description: event.target.value })} />
      </Field>
      <Permissions
        held={form.permissions}
        onChange={(permissions) => change({ permissions })}
        note={isCreator ? 'The creator’s role has to keep reading and managing members, and deleting.' : null}
      />
      <RefusalNote error={complaintBeside(save.error, 'name', 'key', 'description')} />
    </FormSheet>
  )
}

interface PermissionsProps {
  readonly held: readonly string[]
  readonly onChange: (held: readonly string[]) => void
  readonly note: string | null
}

function Permissions({ held, onChange, note }: PermissionsProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">Permissions</legend>
      {note !== null && <p className="text-xs text-quiet">{note}</p>}
      {usePermissions().map(({ id, key, name }) => (
        <Checkbox
          key={id}
          label={key}
          hint={name}
          checked={held.includes(key)}
          onChange={(on) => onChange(on ? [...held, key] : held.filter((other) => other !== key))}
        />
      ))}
    </fieldset>
  )
}

function formOf(role: Role | null): Form {
  if (role === null) return { name: '', key: 'org:', description: '', permissions: [] }
  const { name, key, description, permissions } = role
  return { name, key, description: description ?? '', permissions: permissions.map((each) => each.key) }
}
