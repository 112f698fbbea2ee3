// The keys an instance signs with: rotate, and retire those before.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Badge } from '../../../ui/display/badge.tsx'
import { CopyButton } from '../../../ui/display/copy.tsx'
import { type Column, DataTable } from '../../../ui/display/data-table.tsx'
import { Card, Loading } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Confirm } from '../../../ui/overlay/confirm.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { useClerk, useClerkChange } from '../../api/clerk-request.ts'
import { timeOf } from '../../../ui/words/time-of.ts'

interface SigningKey {
  readonly id: string
  readonly algorithm: string
  readonly current: boolean
  readonly public_key: string
  readonly created_at: number
}

/** What is being asked about: a rotation, the end of one key, nothing. */
type Question = 'rotate' | SigningKey | null

export function SigningKeys() {
  const keys = useClerk<{ readonly data: readonly SigningKey[] }>('/instance/signing_keys')
  const [question, setQuestion] = useState<Question>(null)
  return (
    <Card
      title="JWKS public key"
      actions={
        <Button size="sm" onClick={() => setQuestion('rotate')}>
          Rotate signing key
        </Button>
      }
    >
      <RefusalNote error={keys.error} />
      {keys.isPending && <Loading />}
      <Pem keys={keys.data?.data ?? []} />
      <DataTable
        label="Signing keys"
        columns={columnsFor(setQuestion)}
        rows={keys.data?.data ?? []}
        keyOf={({ id }) => id}
        empty={null}
      />
      <Answer question={question} onClose={() => setQuestion(null)} />
    </Card>
  )
}

function Pem({ keys }: { readonly keys: readonly SigningKey[] }) {
  const current = keys.find((key) => key.current)
  if (current === undefined) return null
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-quiet">For CLERK_JWT_KEY, where a server verifies tokens without asking anybody.</p>
      <pre tabIndex={0} className="overflow-x-auto rounded border border-line bg-sunken p-3 font-mono text-xs">
        {current.public_key}
      </pre>
      <div>
        <CopyButton text={current.public_key} label="Copy the JWKS public key" />
      </div>
    </div>
  )
}

function columnsFor(ask: (question: Question) => void): readonly Column<SigningKey>[] {
  return [
    { id: 'kid', head: 'Key id', cell: ({ id }) => <code className="font-mono text-xs break-all">{id}</code> },
    {
      id: 'state',
      head: 'State',
      cell: ({ current }) => (current ? <Badge tone="good">Current</Badge> : <Badge>Previously used</Badge>),
    },
    { id: 'algorithm', head: 'Algorithm', cell: ({ algorithm }) => algorithm, from: 'sm' },
    { id: 'created', head: 'Created', cell: ({ created_at: at }) => timeOf(at), from: 'sm' },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (key) =>
        !key.current && (
          <Button size="sm" onClick={() => ask(key)}>
            Retire
          </Button>
        ),
      align: 'right',
    },
  ]
}

interface AnswerProps {
  readonly question: Question
  readonly onClose: () => void
}

function Answer({ question, onClose }: AnswerProps) {
  const rotate = useClerkChange<void>(() => ({ method: 'POST', path: '/instance/signing_keys/rotate', body: {} }))
  const retire = useClerkChange((kid: string) => ({ method: 'DELETE', path: `/instance/signing_keys/${kid}` }))
  if (question === null) return null
  const rotating = question === 'rotate'
  const done = (text: string) => () => {
    onClose()
    toast.good(text)
  }
  const confirm = () =>
    rotating
      ? rotate.mutate(undefined, { onSuccess: done('Tokens are signed with a new key from now on.') })
      : retire.mutate(question.id, { onSuccess: done(`The key ${question.id} was retired.`) })
  return (
    <Confirm
      open
      title={rotating ? 'Rotate the signing key?' : `Retire ${question.id}?`}
      body={
        <>
          <p>
            {rotating
              ? 'New tokens are signed with a new key. The one before stays published until you retire it. Servers with CLERK_JWT_KEY need the new key.'
              : 'What it signed does not verify any more.'}
          </p>
          <RefusalNote error={rotating ? rotate.error : retire.error} />
        </>
      }
      action={rotating ? 'Rotate' : 'Retire'}
      danger={!rotating}
      busy={rotate.isPending || retire.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
