// Everything there is to say of a token: whether it is accepted, why not, and what Postgres would see.

import { useState } from 'react'

import { Badge } from '../../ui/display/badge.tsx'
import { Card } from '../../ui/display/page.tsx'
import { CheckList } from './check-list.tsx'
import type { Explanation } from './explanation.ts'
import { SeenByPostgres } from './seen-by-postgres.tsx'
import { TimeLeft } from './time-left.tsx'

const kinds: Readonly<Record<Explanation['kind'], string>> = {
  token: 'token',
  'publishable-key': 'publishable key',
  'secret-key': 'secret key',
  'unknown-key': 'key',
}

export function ExplanationView({ explanation }: { readonly explanation: Explanation }) {
  const { accepted, kind, issuer, header, claims } = explanation
  return (
    <section aria-label="Explanation" className="flex min-w-0 flex-col gap-4">
      <div role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={accepted ? 'good' : 'danger'}>{accepted ? 'Accepted' : 'Refused'}</Badge>
        <span className="text-sm">
          The API {accepted ? 'takes' : 'refuses'} this {kinds[kind]}
          {accepted && issuer !== null && ` of ${issuer}`}.
        </span>
        <TimeLeft explanation={explanation} />
      </div>
      <Problem explanation={explanation} />
      <SeenByPostgres explanation={explanation} />
      <Card title="Checks">
        <CheckList checks={explanation.checks} />
      </Card>
      {header !== null && <Decoded title="Header" json={header} />}
      {claims !== null && <Decoded title={accepted ? 'Claims' : 'Claims (not to be believed)'} json={claims} />}
    </section>
  )
}

function Problem({ explanation: { problem, hints } }: { readonly explanation: Explanation }) {
  return (
    <>
      {problem !== null && (
        <div className="rounded-md border border-danger/40 bg-danger-soft px-3 py-2 text-sm">
          <p className="font-medium break-words text-danger">{problem.message}</p>
          {problem.fix !== null && <p className="break-words">{problem.fix}</p>}
          <p className="font-mono text-xs text-quiet">{problem.code}</p>
        </div>
      )}
      {hints.map((hint) => (
        <p key={hint} className="rounded-md bg-warning-soft px-3 py-2 text-sm break-words text-warning">
          {hint}
        </p>
      ))}
    </>
  )
}

interface DecodedProps {
  readonly title: string
  readonly json: Readonly<Record<string, unknown>>
}

function Decoded({ title, json }: DecodedProps) {
  const [open, setOpen] = useState(true)
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="text-sm font-semibold">{title}</summary>
      <pre
        tabIndex={0}
        aria-label={title}
        className="mt-2 overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs"
      >
        {JSON.stringify(json, null, 2)}
      </pre>
    </details>
  )
}
