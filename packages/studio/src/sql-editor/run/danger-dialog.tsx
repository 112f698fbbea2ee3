// Says in words what a query would take away before it is run.

import { Confirm } from '../../ui/overlay/confirm.tsx'
import type { Pending } from './use-runner.ts'

interface DangerDialogProps {
  readonly pending: Pending | null
  readonly onConfirm: () => void
  /** With Row Level Security on what it makes. */
  readonly onFixed: () => void
  readonly onClose: () => void
}

export function DangerDialog({ pending, onConfirm, onFixed, onClose }: DangerDialogProps) {
  const dangers = pending?.dangers ?? []
  const opens = dangers.every(({ kind }) => kind === 'table-without-rls')
  return (
    <Confirm
      open={pending !== null}
      title={opens ? 'This query makes a table that anybody can reach' : 'This query takes something away'}
      body={
        <>
          <ul className="list-disc pl-5">
            {dangers.map(({ says, line }, index) => (
              <li key={index} className="break-words">
                {says} <span className="text-xs">(line {line + (pending?.order.linesBefore ?? 0)})</span>
              </li>
            ))}
          </ul>
        </>
      }
      action={opens ? 'Run without RLS' : 'Run this query'}
      other={opens ? { action: 'Enable RLS and run', onChoose: onFixed } : undefined}
      danger
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}
