// Where a user is signed in.

import { Button } from '../../../../ui/button.tsx'
import { Badge } from '../../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../../ui/display/data-table.tsx'
import { Empty, Loading } from '../../../../ui/display/page.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { useClerkChange } from '../../../api/clerk-request.ts'
import { Pages, usePagedList } from '../../../parts/pages.tsx'
import { timeOf } from '../../../../ui/words/time-of.ts'

interface Session {
  readonly id: string
  readonly status: string
  readonly actor: { readonly sub?: string } | null
  readonly last_active_at: number
  readonly expire_at: number
}

export function UserSessions({ userId }: { readonly userId: string }) {
  const { rows, error, pages } = usePagedList<Session>(`/sessions?user_id=${userId}&paginated=true`)
  const revoke = useClerkChange((id: string) => ({ method: 'POST', path: `/sessions/${id}/revoke` }))
  const end = (id: string) => revoke.mutate(id, { onSuccess: () => toast.good('The session was revoked.') })
  return (
    <div className="flex flex-col gap-3">
      <RefusalNote error={error ?? revoke.error} />
      {rows === undefined && <Loading />}
      {rows !== undefined && (
        <DataTable
          label="Sessions"
          columns={columnsFor(end, revoke.isPending)}
          rows={rows}
          keyOf={({ id }) => id}
          empty={<Empty title="She has never been signed in" />}
        />
      )}
      <Pages {...pages} />
    </div>
  )
}

function columnsFor(end: (id: string) => void, busy: boolean): readonly Column<Session>[] {
  return [
    { id: 'id', head: 'Session', cell: ({ id }) => <code className="font-mono text-xs break-all">{id}</code> },
    {
      id: 'status',
      head: 'Status',
      cell: ({ status, actor }) => (
        <div className="flex flex-wrap gap-1">
          <Badge tone={status === 'active' ? 'good' : 'neutral'}>{status}</Badge>
          {actor !== null && <Badge tone="warning">Impersonated</Badge>}
        </div>
      ),
    },
    { id: 'active', head: 'Last active', cell: ({ last_active_at: at }) => timeOf(at), from: 'sm' },
    { id: 'expires', head: 'Expires', cell: ({ expire_at: at }) => timeOf(at), from: 'lg' },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: ({ id, status }) =>
        (status === 'active' || status === 'pending') && (
          <Button size="sm" disabled={busy} aria-label={`Revoke ${id}`} onClick={() => end(id)}>
            Revoke
          </Button>
        ),
      align: 'right',
    },
  ]
}
