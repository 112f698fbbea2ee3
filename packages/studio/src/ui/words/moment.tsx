// A moment as people say it, with the exact one for who points at it.

import { ago } from './ago.ts'

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** `iso` is ISO 8601; `otherwise` stands where there was none. */
export function Moment({ iso, otherwise = '–' }: { readonly iso: string | null; readonly otherwise?: string }) {
  if (iso === null) return <>{otherwise}</>
  const moment = new Date(iso)
  return (
    <time dateTime={iso} title={exact.format(moment)}>
      {ago(moment.getTime(), Date.now())}
    </time>
  )
}
