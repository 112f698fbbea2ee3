// Who a user is: names, addresses, numbers, accounts at other providers.

import { useState } from 'react'

import { Button } from '../../../../ui/button.tsx'
import { Card } from '../../../../ui/display/page.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Field } from '../../../../ui/form/field.tsx'
import { Input } from '../../../../ui/form/input.tsx'
import { KeepTyped } from '../../../../ui/overlay/keep-typed.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../../api/clerk-request.ts'
import type { User } from '../user.ts'
import { Identifiers } from './identifiers.tsx'

export function UserProfile({ user }: { readonly user: User }) {
  return (
    <div className="flex flex-col gap-5">
      <Names user={user} />
      <Identifiers
        kind="email_address"
        userId={user.id}
        primaryId={user.primary_email_address_id}
        entries={user.email_addresses.map((entry) => ({ ...entry, text: entry.email_address }))}
      />
      <Identifiers
        kind="phone_number"
        userId={user.id}
        primaryId={user.primary_phone_number_id}
        entries={user.phone_numbers.map((entry) => ({ ...entry, text: entry.phone_number }))}
      />
      <ExternalAccounts user={user} />
    </div>
  )
}

const fields = [
  { name: 'first_name', label: 'First name' },
  { name: 'last_name', label: 'Last name' },
  { name: 'username', label: 'Username' },
  { name: 'external_id', label: 'External ID' },
] as const

type Names = { readonly [Name in (typeof fields)[number]['name']]?: string }

function Names({ user }: { readonly user: User }) {
  const [typed, setTyped] = useState<Names>({})
  const save = useClerkChange((body: Names) => ({ method: 'PATCH', path: `/users/${user.id}`, body }))
  const dirty = fields.some(({ name }) => typed[name] !== undefined && typed[name] !== (user[name] ?? ''))
  const submit = () =>
    save.mutate(typed, {
      onSuccess: () => {
        setTyped({})
        toast.good('The profile was saved.')
      },
    })
  return (
    <Card title="Personal information">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (dirty) submit()
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          {fields.map(({ name, label }) => (
            <Field key={name} label={label} error={complaintAt(save.error, name)}>
              <Input
                value={typed[name] ?? user[name] ?? ''}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              />
            </Field>
          ))}
        </div>
        <RefusalNote error={complaintBeside(save.error, ...fields.map(({ name }) => name))} />
        <KeepTyped dirty={dirty} />
        <div className="flex justify-end">
          <Button type="submit" disabled={!dirty} busy={save.isPending}>
            Save profile
          </Button>
        </div>
      </form>
    </Card>
  )
}

function ExternalAccounts({ user }: { readonly user: User }) {
  const remove = useClerkChange((id: string) => ({
    method: 'DELETE',
    path: `/users/${user.id}/external_accounts/${id}`,
  }))
  if (user.external_accounts.length === 0) return null
  return (
    <Card title="Social accounts">
      <RefusalNote error={remove.error} />
      <ul className="flex flex-col gap-2">
        {user.external_accounts.map(({ id, provider, email_address: email }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2 text-sm">
            <span>
              {provider.replace(/^oauth_/, '')} <span className="text-quiet">{email}</span>
            </span>
            <Button size="sm" disabled={remove.isPending} onClick={() => remove.mutate(id)}>
              Disconnect
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
