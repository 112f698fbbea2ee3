// Who was invited, to the instance or to an organization of it.

import { Button } from '../../../ui/button.tsx'
import { Badge, type Tone } from '../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../ui/display/data-table.tsx'
import { Empty, Loading } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { useClerkChange } from '../../api/clerk-request.ts'
import { Pages, usePagedList } from '../../parts/pages.tsx'
import { timeOf } from '../../../ui/words/time-of.ts'

interface Invitation {
  readonly id: string
  readonly email_address: string
  /** Of those to an organization. */
  readonly role?: string
  readonly status: 'pending' | 'accepted' | 'revoked' | 'expired'
  readonly created_at: number
}

const tones: Readonly<Record<Invitation['status'], Tone>> = {
  pending: 'brand',
  accepted: 'good',
  revoked: 'neutral',
  expired: 'neutral',
}

interface InvitationListProps {
  /** Where they are listed, below `/v1`. */
  readonly list: string
  /** Where each of them is. */
  readonly path: string
}

/** The invitations, newest first, with a way to revoke those that are still open. */
export function InvitationList({ list, path }: InvitationListProps) {
  const { rows, error, pages } = usePagedList<Invitation>(list)
  const revoke = useClerkChange((id: string) => ({ method: 'POST', path: `${path}/${id}/revoke`, body: {} }))
  const end = (id: string) => revoke.mutate(id, { onSuccess: () => toast.good('The invitation was revoked.') })
  return (
    <>
      <RefusalNote error={error ?? revoke.error} />
      {rows === undefined ? (
        <Loading />
      ) : (
        <DataTable
          label="Invitations"
          columns={columnsFor(end, rows)}
          rows={rows}
          keyOf={({ id }) => id}
          empty={<Empty title="Nobody was invited" />}
        />
      )}
      <Pages {...pages} />
    </>
  )
}

function columnsFor(end: (id: string) => void, rows: readonly Invitation[]): readonly Column<Invitation>[] {
  const role: Column<Invitation> = {
    id: 'role',
    head: 'Role',
    cell: (invitation) => <Badge>{invitation.role}</Badge>,
    from: 'sm',
  }
  return [
    {
      id: 'address',
      head: 'Email address',
      cell: ({ email_address: address }) => <span className="break-all">{address}</span>,
    },
    ...(rows.some((invitation) => invitation.role !== undefined) ? [role] : []),
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
