// One remark on a table or a policy, and what to do about it.

import { Badge, type Tone } from '../ui/display/badge.tsx'
import type { Finding } from './protected-table.ts'

const tones: Readonly<Record<Finding['level'], Tone>> = { error: 'danger', warning: 'warning', info: 'neutral' }

/** The remark in a line; its fix in words beside it. */
export function FindingNote({ finding }: { readonly finding: Finding }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-xs text-quiet">
      <Badge tone={tones[finding.level]}>{finding.level}</Badge>
      <span className="min-w-0 flex-1 basis-60">
        {finding.message} <span className="text-text">{finding.fix}</span>
      </span>
    </p>
  )
}
