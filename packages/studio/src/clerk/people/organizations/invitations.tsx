// Who was invited to an organization.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Badge, type Tone } from '../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../ui/display/data-table.tsx'
import { Card, Empty, Loading } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { Select } from '../../../ui/form/select.tsx'
import { KeepTyped } from '../../../ui/overlay/keep-typed.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerk, useClerkChange } from '../../api/clerk-request.ts'
import { LIST_ROWS } from '../../parts/list-search.ts'
import { Pages } from '../../parts/pages.tsx'
import { timeOf } from '../../../ui/words/time-of.ts'
import type { Invitation } from './organization.ts'
import { useRoles } from './roles/use-roles.ts'

const tones: Readonly<Record<Invitation['status'], Tone>> = {
  pending: 'brand',
  accepted: 'good',
  revoked: 'neutral',
  expired: 'neutral',
}

export function Invitations({ organizationId }: { readonly organizationId: string }) {
  const path = `/organizations/${organizationId}/invitations`
  const [page, setPage] = useState(1)
  const invitations = useClerk<{ readonly data: readonly Invitation[]; readonly total_count: number }>(
    `${path}?limit=${LIST_ROWS}&offset=${(page - 1) * LIST_ROWS}`,
  )
  const revoke = useClerkChange((id: string) => ({ method: 'POST', path: `${path}/${id}/revoke`, body: {} }))
  const end = (id: string) => revoke.mutate(id, { onSuccess: () => toast.good('The invitation was revoked.') })
  return (
    <div className="flex flex-col gap-5">
      <RefusalNote error={invitations.error ?? revoke.error} />
      {invitations.isPending && <Loading />}
      {invitations.data !== undefined && (
        <DataTable
          label="Invitations"
          columns={columnsFor(end)}
          rows={invitations.data.data}
          keyOf={({ id }) => id}
          empty={<Empty title="Nobody was invited" />}
        />
      )}
      <Pages page={page} rows={LIST_ROWS} total={invitations.data?.total_count ?? 0} onChange={setPage} />
      <Invite path={path} />
    </div>
  )
}

function columnsFor(end: (id: string) => void): readonly Column<Invitation>[] {
  return [
    {
      id: 'address',
      head: 'Email address',
      cell: ({ email_address: address }) => <span className="break-all">{address}</span>,
    },
    { id: 'role', head: 'Role', cell: ({ role }) => <Badge>{role}</Badge>, from: 'sm' },
    { id: 'status', head: 'Status', cell: ({ status }) => <Badge tone={tones[status]}>{status}</Badge> },
    { id: 'sent', head: 'Sent', cell: ({ created_at: at }) => timeOf(at), from: 'sm' },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: ({ id, status, email_address: address }) =>
        status === 'pending' && (
          <Button size="sm" aria-label={`Revoke the invitation of ${address}`} onClick={() => end(id)}>
            Revoke
          </Button>
        ),
      align: 'right',
    },
  ]
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
