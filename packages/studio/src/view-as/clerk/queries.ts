// People of the built-in Clerk instances, as queries.

import { keepPreviousData, useQuery } from '@tanstack/react-query'

import { request } from '../../api/request.ts'
import { findUsers, membershipsOf } from './clerk-people.ts'

/** The built-in Clerk instances; refused where there are none. */
export function useClerkInstances() {
  return useQuery({
    queryKey: ['view-as', 'instances'],
    queryFn: async () => {
      const path = '/platform/v1/clerk/instances'
      return (await request<{ instances: readonly { readonly name: string }[] }>('GET', path)).instances
    },
    retry: false,
  })
}

/** People of an instance that a search finds; the former ones stay while the next are looked for. */
export function useClerkUsers(instance: string | null, search: string) {
  return useQuery({
    queryKey: ['view-as', 'users', instance, search],
    queryFn: async () => await findUsers(instance ?? '', search),
    enabled: instance !== null,
    placeholderData: keepPreviousData,
  })
}

/** The organizations somebody belongs to. */
export function useMemberships(instance: string | null, userId: string | null) {
  return useQuery({
    queryKey: ['view-as', 'memberships', instance, userId],
    queryFn: async () => await membershipsOf(instance ?? '', userId ?? ''),
    enabled: instance !== null && userId !== null,
  })
}
