// Lists of more than one page, and the ways to the neighbouring ones.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { useClerk } from '../api/clerk-request.ts'
import { LIST_ROWS } from './list-search.ts'

interface PagesProps {
  /** From 1. */
  readonly page: number
  readonly rows: number
  readonly total: number
  readonly onChange: (page: number) => void
}

/** Nothing where everything is on one page. */
export function Pages({ page, rows, total, onChange }: PagesProps) {
  const last = Math.max(1, Math.ceil(total / rows))
  if (last === 1 && page === 1) return null
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-end gap-2 text-sm">
      <span className="text-quiet">
        Page {page} of {last}, {total} in all
      </span>
      <Button size="sm" disabled={page <= 1} onClick={() => onChange(page - 1)}>
        Previous
      </Button>
      <Button size="sm" disabled={page >= last} onClick={() => onChange(page + 1)}>
        Next
      </Button>
    </nav>
  )
}

/** One page of a list, and what `Pages` needs to turn it. */
interface PagedList<Row> {
  /** Undefined until they are known. */
  readonly rows: readonly Row[] | undefined
  readonly error: unknown
  readonly pages: PagesProps
}

/** A list of the Backend API that answers `data` and `total_count`, from its first page. `path` may have a query. */
export function usePagedList<Row>(path: string): PagedList<Row> {
  const [page, setPage] = useState(1)
  const read = useClerk<{ readonly data: readonly Row[]; readonly total_count: number }>(
    `${path}${path.includes('?') ? '&' : '?'}limit=${LIST_ROWS}&offset=${(page - 1) * LIST_ROWS}`,
  )
  // The last row of the last page was removed.
  if (page > 1 && read.data?.data.length === 0 && !read.isFetching) setPage(page - 1)
  const total = read.data?.total_count ?? 0
  return { rows: read.data?.data, error: read.error, pages: { page, rows: LIST_ROWS, total, onChange: setPage } }
}
