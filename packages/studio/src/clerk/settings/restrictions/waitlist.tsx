// Who waits to be let in.

import { Ellipsis } from 'lucide-react'

import type { ClerkCall } from '../../../api/clerk/ask-clerk.ts'
import { Badge, type Tone } from '../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../ui/display/data-table.tsx'
import { Card } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Menu } from '../../../ui/overlay/menu.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../api/clerk-request.ts'
import { timeOf } from '../../../ui/words/time-of.ts'
import { AddLine } from '../../parts/add-line.tsx'
import { Pages, usePagedList } from '../../parts/pages.tsx'

interface WaitlistEntry {
  readonly id: string
  readonly email_address: string
  readonly status: 'pending' | 'invited' | 'completed' | 'rejected'
  readonly created_at: number
}

/** One thing that can be done to an entry, and what is said afterwards. */
interface Deed {
  readonly call: ClerkCall
  readonly said: string
}

const tones: Readonly<Record<WaitlistEntry['status'], Tone>> = {
  pending: 'neutral',
  invited: 'brand',
  completed: 'good',
  rejected: 'danger',
}

export function Waitlist() {
  const { rows, error, pages } = usePagedList<WaitlistEntry>('/waitlist_entries')
  const act = useClerkChange((deed: Deed) => deed.call)
  const run = (deed: Deed, done?: () => void) =>
    act.mutate(deed, {
      onSuccess: () => {
        done?.()
        toast.good(deed.said)
      },
    })
  return (
    <Card title="Waitlist">
      <AddLine
        label="Add to the waitlist"
        placeholder="ada@example.com"
        action="Add"
        busy={act.isPending}
        error={complaintAt(act.error, 'email_address')}
        onAdd={(address, done) => run(added(address), done)}
      />
      <RefusalNote error={complaintBeside(act.error, 'email_address') ?? error} />
      <DataTable
        label="Waitlist"
        columns={columnsFor(run)}
        rows={rows ?? []}
        keyOf={({ id }) => id}
        empty={rows !== undefined && <p className="text-sm text-quiet">Nobody waits.</p>}
      />
      <Pages {...pages} />
    </Card>
  )
}

function added(address: string): Deed {
  const call: ClerkCall = { method: 'POST', path: '/waitlist_entries', body: { email_address: address, notify: false } }
  return { call, said: `${address} waits now.` }
}

function columnsFor(run: (deed: Deed) => void): readonly Column<WaitlistEntry>[] {
  return [
    { id: 'address', head: 'Email address', cell: (entry) => <span className="break-all">{entry.email_address}</span> },
    { id: 'status', head: 'Status', cell: ({ status }) => <Badge tone={tones[status]}>{status}</Badge> },
    { id: 'since', head: 'Since', cell: ({ created_at: at }) => timeOf(at), from: 'sm' },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (entry) => <EntryMenu entry={entry} run={run} />,
      align: 'right',
    },
  ]
}

function EntryMenu({ entry, run }: { readonly entry: WaitlistEntry; readonly run: (deed: Deed) => void }) {
  const { id, email_address: address, status } = entry
  const path = `/waitlist_entries/${id}`
  return (
    <Menu
      label={`Actions for ${address}`}
      trigger={<Ellipsis aria-hidden />}
      variant="ghost"
      size="icon"
      items={[
        {
          label: 'Invite',
          disabled: status === 'completed',
          onSelect: () =>
            run({
              call: { method: 'POST', path: `${path}/invite`, body: {} },
              said: `${address} was invited by e-mail.`,
            }),
        },
        {
          label: 'Reject',
          disabled: status === 'completed' || status === 'rejected',
          onSelect: () =>
            run({ call: { method: 'POST', path: `${path}/reject`, body: {} }, said: `${address} was rejected.` }),
        },
        {
          label: 'Delete',
          danger: true,
          apart: true,
          onSelect: () => run({ call: { method: 'DELETE', path }, said: `${address} was taken off the waitlist.` }),
        },
      ]}
    />
  )
}
