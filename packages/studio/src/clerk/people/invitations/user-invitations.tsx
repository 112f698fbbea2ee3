// Who was invited to sign up.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../api/clerk-request.ts'
import { InvitationList } from './invitation-list.tsx'

export function UserInvitations() {
  return (
    <div className="flex flex-col gap-5">
      <InvitationList list="/invitations?paginated=true" path="/invitations" />
      <Invite />
    </div>
  )
}

const empty = { address: '', redirect: '' }

/** The letter arrives in the mailbox. */
function Invite() {
  const [form, setForm] = useState(empty)
  const invite = useClerkChange<void>(() => {
    const redirect = form.redirect.trim()
    const body = { email_address: form.address.trim(), ...(redirect !== '' && { redirect_url: redirect }) }
    return { method: 'POST', path: '/invitations', body }
  })
  const submit = () =>
    invite.mutate(undefined, {
      onSuccess: () => {
        setForm(empty)
        toast.good('The invitation was sent.')
      },
    })
  const isNobody = form.address.trim() === ''
  return (
    <Card title="Invite">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isNobody) submit()
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Email address" error={complaintAt(invite.error, 'email_address')}>
            <Input
              type="email"
              value={form.address}
              onChange={(event) => setForm({ ...form, address: event.target.value })}
            />
          </Field>
          <Field
            label="Redirect URL"
            optional
            hint="Where the link in the letter leads, with its ticket."
            error={complaintAt(invite.error, 'redirect_url')}
          >
            <Input value={form.redirect} onChange={(event) => setForm({ ...form, redirect: event.target.value })} />
          </Field>
        </div>
        <RefusalNote error={complaintBeside(invite.error, 'email_address', 'redirect_url')} />
        <div>
          <Button type="submit" disabled={isNobody} busy={invite.isPending}>
            Send invitation
          </Button>
        </div>
      </form>
    </Card>
  )
}
