// The advice on a function, with a button that follows it.

import { Button } from '../../../../ui/button.tsx'
import { adviceFor } from './advice.ts'
import type { FunctionForm } from '../function-form.ts'

interface AdviceNoteProps {
  readonly form: FunctionForm
  /** Policies call it already. */
  readonly inPolicies: boolean
  readonly onChange: (part: Partial<FunctionForm>) => void
}

/** Nothing where there is nothing to say. */
export function AdviceNote({ form, inPolicies, onChange }: AdviceNoteProps) {
  const advice = adviceFor(form, inPolicies)
  if (advice === null) return null
  const look = advice.tone === 'warning' ? 'bg-warning-soft text-warning' : 'bg-sunken text-quiet'
  return (
    <div
      role="note"
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line px-3 py-2 text-sm ${look}`}
    >
      <p className="min-w-0 flex-1 basis-60">
        {advice.tone === 'warning' && <strong>Slow in policies. </strong>}
        {advice.text}
      </p>
      <Button size="sm" onClick={() => onChange(advice.fix.change)}>
        {advice.fix.label}
      </Button>
    </div>
  )
}
