// One policy in the list of its table.

import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../ui/button.tsx'
import { Badge } from '../ui/display/badge.tsx'
import { Confirm } from '../ui/overlay/confirm.tsx'
import { toast } from '../ui/overlay/toast.tsx'
import { FindingNote } from './finding-note.tsx'
import type { Finding, Policy } from './protected-table.ts'
import { useDeletePolicy } from './queries.ts'

interface PolicyRowProps {
  readonly at: { readonly schema: string; readonly table: string }
  readonly policy: Policy
  readonly findings: readonly Finding[]
  readonly onEdit: () => void
}

export function PolicyRow({ at, policy, findings, onEdit }: PolicyRowProps) {
  const { name, command, behaviour, roles, using, check, comment } = policy
  return (
    <li className="flex flex-col gap-1.5 py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone="brand">{command}</Badge>
        <span className="min-w-0 text-sm font-medium break-words">{name}</span>
        {behaviour === 'restrictive' && <Badge tone="warning">restrictive</Badge>}
        <span className="text-xs text-quiet">to {roles.join(', ')}</span>
        <span className="ml-auto flex gap-1">
          <Button variant="ghost" size="icon" aria-label={`Edit policy ${name}`} onClick={onEdit}>
            <Pencil aria-hidden />
          </Button>
          <DeleteButton at={at} name={name} />
        </span>
      </div>
      {comment !== null && <p className="text-xs text-quiet">{comment}</p>}
      <Expression word="using" text={using} />
      <Expression word="with check" text={check} />
      {findings.map((finding) => (
        <FindingNote key={finding.name + finding.message} finding={finding} />
      ))}
    </li>
  )
}

function Expression({ word, text }: { readonly word: string; readonly text: string | null }) {
  if (text === null) return null
  return (
    <code className="font-mono text-xs break-words text-quiet">
      {word} ({text})
    </code>
  )
}

function DeleteButton({ at, name }: { readonly at: PolicyRowProps['at']; readonly name: string }) {
  const [asking, setAsking] = useState(false)
  const remove = useDeletePolicy()
  const run = () =>
    remove.mutate(
      { ...at, name },
      {
        onSuccess: () => toast.good(`The policy “${name}” was deleted.`),
        onError: (error) => toast.bad(error.message),
        onSettled: () => setAsking(false),
      },
    )
  return (
    <>
      <Button variant="ghost" size="icon" aria-label={`Delete policy ${name}`} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </Button>
      <Confirm
        open={asking}
        danger
        title={`Delete the policy “${name}”?`}
        body={`It decides about rows of ${at.schema}.${at.table}, and cannot be brought back.`}
        action="Delete policy"
        busy={remove.isPending}
        onConfirm={run}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
