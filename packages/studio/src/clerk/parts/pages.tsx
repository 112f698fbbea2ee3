// Ways to the neighbouring pages of a list.

import { Button } from '../../ui/button.tsx'

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
