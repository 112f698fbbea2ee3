// The keys an issuer publishes.

import { DataTable } from '../../ui/display/data-table.tsx'
import { Moment } from '../../ui/words/moment.tsx'
import type { Integration } from '../integration.ts'

type Key = Integration['keys'][number]

const columns = [
  {
    id: 'kid',
    head: 'Key ID',
    cell: ({ kid }: Key) => <code className="font-mono text-xs break-all">{kid ?? 'without an id'}</code>,
  },
  { id: 'algorithms', head: 'Algorithm', cell: ({ algorithms }: Key) => algorithms.join(', ') },
  { id: 'first-seen', head: 'First seen', cell: ({ firstSeen }: Key) => <Moment iso={firstSeen} /> },
]

export function IssuerKeys({ keys, label }: { readonly keys: readonly Key[]; readonly label: string }) {
  return (
    <DataTable
      label={`Keys of ${label}`}
      columns={columns}
      rows={keys}
      keyOf={({ kid, firstSeen }) => `${kid} ${firstSeen}`}
      empty={<p className="text-sm text-quiet">No keys are known: its tokens are refused until they are.</p>}
    />
  )
}
