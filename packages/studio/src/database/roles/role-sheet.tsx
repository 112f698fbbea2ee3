// The sheet in which a role is made.

import { useState } from 'react'

import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { MultiSelect } from '../../ui/form/multi-select.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Switch } from '../../ui/form/toggle.tsx'
import { FormSheet } from '../../ui/overlay/form-sheet.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { usePlatformChange } from '../../api/platform.ts'
import { creationOf, emptyRole, type Role, type RoleForm } from './role.ts'

interface RoleSheetProps {
  readonly roles: readonly Role[]
  readonly onClose: () => void
}

/** Asks before it loses what was typed. */
export function RoleSheet({ roles, onClose }: RoleSheetProps) {
  const [form, setForm] = useState(emptyRole)
  const [tried, setTried] = useState(false)
  const save = usePlatformChange((wish: RoleForm) => ({ method: 'POST', path: '/roles', body: creationOf(wish) }))
  const nameless = form.name.trim() === ''
  const confirm = () => {
    setTried(true)
    if (nameless) return
    save.mutate(form, {
      onSuccess: () => {
        toast.good(`The role ${form.name.trim()} was created.`)
        onClose()
      },
    })
  }
  return (
    <FormSheet
      onClose={onClose}
      title="Create a new role"
      dirty={form !== emptyRole}
      action="Confirm"
      busy={save.isPending}
      onSubmit={confirm}
    >
      <RoleFields
        form={form}
        roles={roles}
        problem={tried && nameless ? 'Give the role a name' : undefined}
        onChange={(part) => setForm((before) => ({ ...before, ...part }))}
      />
      <RefusalNote error={save.error} />
    </FormSheet>
  )
}

interface RoleFieldsProps {
  readonly form: RoleForm
  readonly roles: readonly Role[]
  readonly problem: string | undefined
  readonly onChange: (part: Partial<RoleForm>) => void
}

const privileges = [
  ['canCreateDatabases', 'User can create databases', undefined],
  ['canCreateRoles', 'User can create roles', undefined],
  ['bypassesRls', 'User bypasses every row level security policy', 'Such a role sees and changes all rows.'],
] as const

function RoleFields({ form, roles, problem, onChange }: RoleFieldsProps) {
  return (
    <>
      <Field label="Name" hint="What a token’s role claim says." error={problem}>
        <Input
          autoFocus
          value={form.name}
          onChange={(event) => onChange({ name: event.target.value })}
          className="font-mono"
        />
      </Field>
      <Field label="Member of" hint="It has the privileges of these, and their policies apply to it." optional>
        <MultiSelect
          value={form.memberOf}
          onChange={(memberOf) => onChange({ memberOf })}
          options={roles.filter(isOffered).map(({ name }) => ({ value: name, label: name }))}
        />
      </Field>
      <Switch
        label="Tokens may name it"
        hint="The API can become this role. A third party’s tokens need it in allowed_roles, too."
        checked={form.usableByApi}
        onChange={(usableByApi) => onChange({ usableByApi })}
      />
      <Switch
        label="User can login"
        hint="It connects by itself, with a password."
        checked={form.canLogin}
        onChange={(canLogin) => onChange({ canLogin })}
      />
      {form.canLogin && (
        <Field label="Password" hint="Kept by Postgres in a form from which nobody reads it." optional>
          <Input
            type="password"
            autoComplete="new-password"
            value={form.password}
            onChange={(event) => onChange({ password: event.target.value })}
          />
        </Field>
      )}
      {privileges.map(([privilege, label, hint]) => (
        <Switch
          key={privilege}
          label={label}
          hint={hint}
          checked={form[privilege]}
          onChange={(on) => onChange({ [privilege]: on })}
        />
      ))}
    </>
  )
}

/** Of the server's own, only those whose privileges requests have. */
function isOffered({ name, reserved }: Role): boolean {
  return !reserved || name === 'anon' || name === 'authenticated'
}
