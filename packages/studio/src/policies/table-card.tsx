// One table: whether row level security is on, and its policies.

import { useState } from 'react'

import { Button } from '../ui/button.tsx'
import { Badge } from '../ui/display/badge.tsx'
import { Card } from '../ui/display/page.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Confirm } from '../ui/overlay/confirm.tsx'
import { FindingNote } from './finding-note.tsx'
import { PolicyRow } from './policy-row.tsx'
import type { Policy, ProtectedTable } from './protected-table.ts'
import { useRowSecurity } from './queries.ts'

interface TableCardProps {
  readonly table: ProtectedTable
  readonly onCreate: () => void
  readonly onEdit: (policy: Policy) => void
}

export function TableCard({ table, onCreate, onEdit }: TableCardProps) {
  const { schema, table: name, rowSecurity, policies, findings } = table
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-mono break-all">{name}</span>
          {rowSecurity.enabled ? <Badge tone="good">RLS enabled</Badge> : <Badge tone="warning">RLS disabled</Badge>}
          {rowSecurity.forced && <Badge>forced</Badge>}
        </span>
      }
      actions={
        <>
          <RowSecurityButton table={table} />
          <Button size="sm" onClick={onCreate} aria-label={`Create policy on ${name}`}>
            Create policy
          </Button>
        </>
      }
    >
      {findings
        .filter(({ policy }) => policy === null)
        .map((finding) => (
          <FindingNote key={finding.name} finding={finding} />
        ))}
      {policies.length === 0 ? (
        <p className="text-sm text-quiet">No policies created yet</p>
      ) : (
        <ul aria-label={`Policies on ${name}`} className="-my-2 divide-y divide-line">
          {policies.map((policy) => (
            <PolicyRow
              key={policy.name}
              at={{ schema, table: name }}
              policy={policy}
              findings={findings.filter((finding) => finding.policy === policy.name)}
              onEdit={() => onEdit(policy)}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

function RowSecurityButton({ table: { schema, table, rowSecurity, policies } }: { readonly table: ProtectedTable }) {
  const [asking, setAsking] = useState(false)
  const change = useRowSecurity()
  const { enabled } = rowSecurity
  const set = () => change.mutate({ schema, table, enabled: !enabled }, { onSettled: () => setAsking(false) })
  return (
    <>
      <RefusalNote error={change.error} />
      <Button
        size="sm"
        busy={change.isPending}
        onClick={() => (enabled ? setAsking(true) : set())}
        aria-label={`${enabled ? 'Disable' : 'Enable'} RLS on ${table}`}
      >
        {enabled ? 'Disable RLS' : 'Enable RLS'}
      </Button>
      <Confirm
        open={asking}
        danger
        title={`Disable row level security on ${table}?`}
        body={`Everybody who may use the table will see and change all of its rows${
          policies.length > 0 ? '; its policies stay and are not asked' : ''
        }.`}
        action="Disable RLS"
        busy={change.isPending}
        onConfirm={set}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
