// Says in words what a query would take away before it is run.

import { Confirm } from '../../ui/overlay/confirm.tsx'
import type { Pending } from './use-runner.ts'

interface DangerDialogProps {
  readonly pending: Pending | null
  readonly onConfirm: () => void
  readonly onClose: () => void
}

export function DangerDialog({ pending, onConfirm, onClose }: DangerDialogProps) {
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
          {opens && (
            <p className="mt-2">
              To close it, add <code className="font-mono">alter table … enable row level security;</code> to the query.
            </p>
          )}
        </>
      }
      action="Run this query"
      danger={!opens}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}
