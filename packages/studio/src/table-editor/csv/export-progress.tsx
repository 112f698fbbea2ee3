// How far an export is.

import { Button } from '../../ui/button.tsx'
import { countText } from '../../ui/words/amounts.ts'
import type { Total } from '../rows/window/page-request.ts'
import type { Exporting } from './use-export.ts'

interface ExportProgressProps {
  readonly exporting: Exporting
  /** Of the rows that are exported, where it is known. */
  readonly total: Total | null
}

/** Nothing while nothing is exported. */
export function ExportProgress({ exporting, total }: ExportProgressProps) {
  const { lines } = exporting
  if (lines === null) return null
  return (
    <span className="flex items-center gap-2 text-xs text-quiet">
      <progress
        aria-label="Export"
        className="w-24 accent-(--brand)"
        {...(total !== null && { max: Math.max(1, total.count), value: Math.min(lines, total.count) })}
      />
      {countText(lines)} lines
      <Button size="sm" variant="ghost" onClick={() => exporting.stop()}>
        Stop
      </Button>
    </span>
  )
}
