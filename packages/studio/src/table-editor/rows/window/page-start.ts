// From where a page is reached with the fewest rows to step over.

import { PAGE, type PageStart, type Total } from './page-request.ts'
import type { Page } from '../requests.ts'

/** The start, the end where it is known exactly, or the nearest page whose place is known. */
export function startOf(page: number, cursors: ReadonlyMap<number, Page['cursors']>, total: Total | null): PageStart {
  const first = page * PAGE
  const candidates: PageStart[] = [{ from: 'start', offset: first, limit: PAGE }]
  if (total?.exact === true && first < total.count) {
    const limit = Math.min(PAGE, total.count - first)
    candidates.push({ from: 'end', offset: total.count - first - limit, limit })
  }
  for (const [known, { first: before, last: after }] of cursors) {
    if (known < page && after !== null) {
      candidates.push({ from: { after }, offset: (page - known - 1) * PAGE, limit: PAGE })
    }
    if (known > page && before !== null) {
      candidates.push({ from: { before }, offset: (known - page - 1) * PAGE, limit: PAGE })
    }
  }
  return candidates.reduce((best, candidate) => (candidate.offset < best.offset ? candidate : best))
}
