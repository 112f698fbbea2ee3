// Roles that may be looked through.

import { useQuery } from '@tanstack/react-query'

import { request } from '../../api/request.ts'

interface TakenRole {
  readonly name: string
  /** Policies do not bind it. */
  readonly bypasses: boolean
}

/** The roles the console may take. */
export function useRoles() {
  return useQuery({
    queryKey: ['view-as', 'roles'],
    queryFn: async () => (await request<{ roles: readonly TakenRole[] }>('GET', '/platform/v1/query/roles')).roles,
  })
}
