// What the address says of a list of people or organizations.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export const LIST_ROWS = 20

export interface ListSearch {
  readonly query: string
  readonly order: string
  readonly page: number
}

/** The search, the order and the page, and what changes them; another search begins at the first page. */
export function useListSearch(order: string): ListSearch & { readonly show: (part: Partial<ListSearch>) => void } {
  const now = useSearch({
    strict: false,
    select: (search) => ({ query: search.query ?? '', order: search.order ?? order, page: search.page ?? 1 }),
    structuralSharing: true,
  })
  const navigate = useNavigate()
  const show = useCallback(
    (part: Partial<ListSearch>) => {
      const { query, order: by, page } = { ...now, page: 1, ...part }
      const search = { ...(query !== '' && { query }), ...(by !== order && { order: by }), ...(page > 1 && { page }) }
      void navigate({ to: '.', search, replace: true })
    },
    [now, navigate, order],
  )
  return { ...now, show }
}

/** The parameters of a list's endpoint. */
export function listParameters({ query, order, page }: ListSearch): string {
  const parameters = new URLSearchParams({
    limit: String(LIST_ROWS),
    offset: String((page - 1) * LIST_ROWS),
    order_by: order,
    ...(query !== '' && { query }),
  })
  return parameters.toString()
}
