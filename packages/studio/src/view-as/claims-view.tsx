// The settings of a transaction in somebody's name, as Postgres has them.

import type { ViewAs } from './view-as.ts'

interface ClaimsViewProps {
  readonly title: string
  readonly identity: Pick<ViewAs, 'role' | 'claims'>
}

/** The role, and `request.jwt.claims` where there are any. */
export function ClaimsView({ title, identity: { role, claims } }: ClaimsViewProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <h3 className="text-xs font-medium text-quiet">{title}</h3>
      <pre
        tabIndex={0}
        className="max-h-48 overflow-auto rounded-md border border-line bg-sunken p-2 font-mono text-xs whitespace-pre-wrap break-all"
      >
        {`role = ${role}\nrequest.jwt.claims = ${claims === null ? '(empty)' : JSON.stringify({ role, ...claims }, null, 2)}`}
      </pre>
    </section>
  )
}
