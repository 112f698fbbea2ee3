// What Postgres remarked.

import type { Notice } from '../run/run-answer.ts'

export function Notices({ notices }: { readonly notices: readonly Notice[] }) {
  if (notices.length === 0) return null
  return (
    <ul aria-label="Notices" className="max-h-40 overflow-auto border-t border-line px-3 py-1.5 text-xs" tabIndex={0}>
      {notices.map(({ severity, message, detail, hint }, index) => (
        <li key={index} className="break-words">
          <strong>{severity}</strong>: {[message, detail, hint].filter((part) => part !== null).join(' ')}
        </li>
      ))}
    </ul>
  )
}
