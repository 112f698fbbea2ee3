// One value, whole.

import { CopyButton } from '../../../ui/display/copy.tsx'
import { Dialog } from '../../../ui/overlay/panel.tsx'
import type { Column } from '../../run/run-answer.ts'

interface ValueDialogProps {
  /** Closed where null. */
  readonly column: Column | null
  readonly value: string | null
  readonly onClose: () => void
}

export function ValueDialog({ column, value, onClose }: ValueDialogProps) {
  return (
    <Dialog
      open={column !== null}
      onClose={onClose}
      title={column?.name ?? ''}
      {...(column !== null && { description: column.type })}
      footer={value !== null && <CopyButton text={value} label="Copy the value" />}
    >
      <pre tabIndex={0} className="overflow-auto font-mono text-xs break-all whitespace-pre-wrap">
        {value === null ? 'NULL' : pretty(value, column?.type ?? '')}
      </pre>
    </Dialog>
  )
}

function pretty(value: string, type: string): string {
  if (type !== 'json' && type !== 'jsonb') return value
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}
