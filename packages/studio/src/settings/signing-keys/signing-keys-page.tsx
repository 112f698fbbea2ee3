// Project Settings → JWT Signing Keys: what signs the project's own tokens, and what is still trusted.

import { Badge, type Tone } from '../../ui/display/badge.tsx'
import { DataTable } from '../../ui/display/data-table.tsx'
import { Moment } from '../../ui/words/moment.tsx'
import { Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { type SigningKey, useSigningKeys } from '../queries.ts'
import { CreateKey } from './create-key.tsx'
import { KeyActions } from './key-actions.tsx'

const states: Readonly<Record<SigningKey['state'], { readonly words: string; readonly tone: Tone }>> = {
  standby: { words: 'Standby', tone: 'brand' },
  in_use: { words: 'In use', tone: 'good' },
  previously_used: { words: 'Previously used', tone: 'neutral' },
  revoked: { words: 'Revoked', tone: 'danger' },
}

const columns = [
  {
    id: 'kid',
    head: 'Key ID',
    cell: ({ kid, legacy }: SigningKey) =>
      legacy ? 'Legacy JWT secret' : <code className="font-mono text-xs break-all">{kid}</code>,
  },
  {
    id: 'state',
    head: 'Status',
    cell: ({ state }: SigningKey) => <Badge tone={states[state].tone}>{states[state].words}</Badge>,
  },
  { id: 'algorithm', head: 'Type', from: 'sm' as const, cell: ({ algorithm }: SigningKey) => algorithm },
  {
    id: 'created',
    head: 'Created',
    from: 'sm' as const,
    cell: ({ createdAt }: SigningKey) => <Moment iso={createdAt} />,
  },
  {
    id: 'actions',
    head: <span className="sr-only">Actions</span>,
    align: 'right' as const,
    cell: (key: SigningKey) => <KeyActions signingKey={key} />,
  },
]

export function SigningKeysPage() {
  const { data, error, isPending } = useSigningKeys()
  return (
    <Page
      title="JWT Signing Keys"
      description="One key signs the tokens of this project; the others are known already, or still."
      actions={<CreateKey />}
    >
      <RefusalNote error={error} />
      {isPending && <Loading />}
      {data !== undefined && (
        <>
          <DataTable label="Signing keys" columns={columns} rows={data.keys} keyOf={({ kid }) => kid} empty={null} />
          <p className="max-w-prose text-sm text-quiet">
            Public halves stand at <code className="font-mono text-xs">/auth/v1/.well-known/jwks.json</code>, where
            clients may keep them for ten minutes.
          </p>
          {data.note !== null && <p className="max-w-prose text-sm break-words text-quiet">{data.note}</p>}
        </>
      )}
    </Page>
  )
}
