// How many rows there are for the owner, to say how many of them somebody does not see.

import { useQuery } from '@tanstack/react-query'

import type { Total } from './window/page-request.ts'
import type { Relation } from './relation.ts'
import { fetchCount } from './requests.ts'

/** Null until it is known. */
export function useOwnersCount({ schema, name }: Relation): Total | null {
  const { data } = useQuery({
    queryKey: ['rows', 'owners-count', schema, name],
    queryFn: () => fetchCount({ table: { schema, name }, filters: [], sort: [], as: null }, false),
  })
  return data ?? null
}
