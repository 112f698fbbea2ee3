// A user's e-mail addresses or phone numbers.

import { Ellipsis } from 'lucide-react'

import type { ClerkCall } from '../../../../api/clerk/ask-clerk.ts'
import { Badge } from '../../../../ui/display/badge.tsx'
import { Card } from '../../../../ui/display/page.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Menu } from '../../../../ui/overlay/menu.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../../api/clerk-request.ts'
import { AddLine } from '../../../parts/add-line.tsx'
import type { Identifier } from '../user.ts'

interface Entry extends Identifier {
  readonly text: string
}

interface IdentifiersProps {
  readonly kind: 'email_address' | 'phone_number'
  readonly userId: string
  readonly primaryId: string | null
  readonly entries: readonly Entry[]
}

const kinds = {
  email_address: {
    title: 'Email addresses',
    path: '/email_addresses',
    example: 'ada@example.com',
    add: 'Add email address',
  },
  phone_number: { title: 'Phone numbers', path: '/phone_numbers', example: '+15555550100', add: 'Add phone number' },
} as const

/** What is added here counts as verified. */
export function Identifiers({ kind, userId, primaryId, entries }: IdentifiersProps) {
  const { title, path, example, add } = kinds[kind]
  const change = useClerkChange((call: ClerkCall) => call)
  const run = (call: ClerkCall, said: string, done?: () => void) =>
    change.mutate(call, {
      onSuccess: () => {
        done?.()
        toast.good(said)
      },
    })
  return (
    <Card title={title}>
      <ul aria-label={title} className="flex flex-col gap-2">
        {entries.map((entry) => (
          <li key={entry.id} className="flex items-center gap-2 text-sm">
            <span className="min-w-0 break-all">{entry.text}</span>
            {entry.id === primaryId && <Badge tone="brand">Primary</Badge>}
            <Verified entry={entry} />
            <span className="ml-auto">
              <EntryMenu entry={entry} primary={entry.id === primaryId} path={path} run={run} />
            </span>
          </li>
        ))}
      </ul>
      <AddLine
        label={add}
        placeholder={example}
        action="Add"
        busy={change.isPending}
        error={complaintAt(change.error, kind)}
        onAdd={(text, done) => {
          const body = { user_id: userId, [kind]: text, verified: true }
          run({ method: 'POST', path, body }, `${text} was added.`, done)
        }}
      />
      <RefusalNote error={complaintBeside(change.error, kind)} />
    </Card>
  )
}

function Verified({ entry }: { readonly entry: Entry }) {
  return entry.verification?.status === 'verified' ? (
    <Badge tone="good">Verified</Badge>
  ) : (
    <Badge tone="warning">Unverified</Badge>
  )
}

interface EntryMenuProps {
  readonly entry: Entry
  readonly primary: boolean
  readonly path: string
  readonly run: (call: ClerkCall, said: string) => void
}

function EntryMenu({ entry: { id, text, verification }, primary, path, run }: EntryMenuProps) {
  const patch = (body: object): ClerkCall => ({ method: 'PATCH', path: `${path}/${id}`, body })
  const verified = verification?.status === 'verified'
  return (
    <Menu
      label={`Actions for ${text}`}
      trigger={<Ellipsis aria-hidden />}
      variant="ghost"
      size="icon"
      items={[
        {
          label: 'Set as primary',
          disabled: primary || !verified,
          onSelect: () => run(patch({ primary: true }), `${text} is the primary one now.`),
        },
        {
          label: verified ? 'Mark as unverified' : 'Mark as verified',
          onSelect: () => run(patch({ verified: !verified }), `${text} was changed.`),
        },
        {
          label: 'Remove',
          danger: true,
          apart: true,
          onSelect: () => run({ method: 'DELETE', path: `${path}/${id}` }, `${text} was removed.`),
        },
      ]}
    />
  )
}
