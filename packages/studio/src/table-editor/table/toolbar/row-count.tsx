// How many rows there are; of many it is a guess until somebody wants to know.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { counted } from '../../../ui/words/amounts.ts'
import type { Total } from '../../rows/window/page-request.ts'
import { sayRefusal } from '../../rows/say-refusal.ts'

interface RowCountProps {
  readonly total: Total | null
  readonly onCount: () => Promise<unknown>
}

export function RowCount({ total, onCount }: RowCountProps) {
  const [busy, setBusy] = useState(false)
  const count = async (): Promise<void> => {
    setBusy(true)
    await onCount().catch((error: unknown) => toast.bad(sayRefusal(error)))
    setBusy(false)
  }
  if (total === null) return null
  const number = counted(total.count, 'row')
  return (
    <span className="ml-auto flex items-center gap-2 text-xs text-quiet">
      <span role="status">{total.exact ? number : `about ${number}`}</span>
      {!total.exact && (
        <Button size="sm" variant="ghost" busy={busy} onClick={() => void count()}>
          Count exactly
        </Button>
      )}
    </span>
  )
}
