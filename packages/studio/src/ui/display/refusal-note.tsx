// A no of the server in its own words: what was refused, why, and what to do.

import { RequestRefused } from '../../api/request.ts'

/** Nothing where `error` is null. The hint is the way to a yes. */
export function RefusalNote({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null
  const message = error instanceof Error ? error.message : 'Something went wrong in this page.'
  const refused = error instanceof RequestRefused ? error : null
  return (
    <div role="alert" className="rounded-md border border-danger/40 bg-danger-soft px-3 py-2 text-sm">
      <p className="font-medium break-words text-danger">{message}</p>
      {refused?.details && <p className="break-words">{refused.details}</p>}
      {refused?.hint && <p className="break-words">{refused.hint}</p>}
      {refused !== null && refused.code !== '' && <p className="font-mono text-xs text-quiet">{refused.code}</p>}
    </div>
  )
}
