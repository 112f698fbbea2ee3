// The steps, each with the way to its screen.

import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleDashed } from 'lucide-react'

import type { Step } from './steps.ts'

export function StepList({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol className="flex flex-col gap-3">
      {steps.map(({ title, body, to, done }) => (
        <li key={title} className="flex gap-3">
          {done ? (
            <CircleCheck className="mt-0.5 size-5 shrink-0 text-good" role="img" aria-label="Done" />
          ) : (
            <CircleDashed className="mt-0.5 size-5 shrink-0 text-quiet" role="img" aria-label="To do" />
          )}
          <div className="min-w-0">
            <Link to={to} className="text-sm font-medium underline underline-offset-2 hover:text-brand-strong">
              {title}
            </Link>
            <p className="text-sm break-words text-quiet">{body}</p>
          </div>
        </li>
      ))}
    </ol>
  )
}
