// The checks in their order.

import { Check, Minus, X } from 'lucide-react'

import { type ExplainedCheck, sentenceOf } from './explanation.ts'

const outcomes = {
  passed: { said: 'Passed', icon: <Check className="size-4 text-good" aria-hidden /> },
  failed: { said: 'Failed', icon: <X className="size-4 text-danger" aria-hidden /> },
  skipped: { said: 'Not asked', icon: <Minus className="size-4 text-quiet" aria-hidden /> },
} as const

export function CheckList({ checks }: { readonly checks: readonly ExplainedCheck[] }) {
  return (
    <ol aria-label="Checks of the token" className="flex flex-col gap-2">
      {checks.map((check) => (
        <li key={check.check} className="flex min-w-0 gap-2 text-sm">
          <span className="mt-0.5 shrink-0">{outcomes[check.outcome].icon}</span>
          <div className="min-w-0">
            <p className={check.outcome === 'skipped' ? 'text-quiet' : ''}>
              <span className="sr-only">{outcomes[check.outcome].said}: </span>
              {sentenceOf(check)}
            </p>
            <Seen check={check} />
          </div>
        </li>
      ))}
    </ol>
  )
}

/** What was seen; what would have been right, only where that was something else. */
function Seen({ check: { outcome, saw, expected } }: { readonly check: ExplainedCheck }) {
  if (saw === null) return null
  return (
    <p className="text-xs break-words text-quiet">
      {saw}
      {outcome === 'failed' && expected !== null && <> – wanted: {expected}</>}
    </p>
  )
}
