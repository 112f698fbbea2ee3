// Who was invited to an organization.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { Select } from '../../../ui/form/select.tsx'
import { KeepTyped } from '../../../ui/overlay/keep-typed.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../api/clerk-request.ts'
import { InvitationList } from '../invitations/invitation-list.tsx'
import { useRoles } from './roles/use-roles.ts'

export function Invitations({ organizationId }: { readonly organizationId: string }) {
  const path = `/organizations/${organizationId}/invitations`
  return (
    <div className="flex flex-col gap-5">
      <InvitationList list={path} path={path} />
      <Invite path={path} />
    </div>
  )
}

/** The letter arrives in the mailbox. */
function Invite({ path }: { readonly path: string }) {
  const [address, setAddress] = useState('')
  const [role, setRole] = useState('org:member')
  const roles = useRoles()
  const invite = useClerkChange<void>(() => ({ method: 'POST', path, body: { email_address: address.trim(), role } }))
  const submit = () =>
    invite.mutate(undefined, {
      onSuccess: () => {
        setAddress('')
        toast.good('The invitation was sent.')
      },
    })
  return (
    <Card title="Invite">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (address.trim() !== '') submit()
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Email address" error={complaintAt(invite.error, 'email_address')}>
            <Input type="email" value={address} onChange={(event) => setAddress(event.target.value)} />
          </Field>
          <Field label="Role" error={complaintAt(invite.error, 'role')}>
            <Select
              value={role}
              onChange={setRole}
              options={roles.map(({ key, name }) => ({ value: key, label: name, hint: key }))}
            />
          </Field>
        </div>
        <KeepTyped dirty={address.trim() !== ''} />
        <RefusalNote error={complaintBeside(invite.error, 'email_address', 'role')} />
        <div>
          <Button type="submit" disabled={address.trim() === ''} busy={invite.isPending}>
            Send invitation
          </Button>
        </div>
      </form>
    </Card>
  )
}
