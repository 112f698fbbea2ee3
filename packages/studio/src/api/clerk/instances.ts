// The instances there are, as the platform lists them.

import { useQuery, type UseQueryResult } from '@tanstack/react-query'

import { request } from '../request.ts'

export interface ClerkInstance {
  readonly name: string
  readonly domain: string
  readonly issuer: string
  readonly environment: 'development' | 'production'
  readonly publishableKey: string
  readonly frontendApiUrl: string
  readonly backendApiUrl: string
  readonly jwksUrl: string
  /** Whether the API takes its tokens at present. */
  readonly trusted: boolean
  readonly mailboxUrl: string | null
}

/** All instances, the default one first. Refused where none is built in. */
export function useInstances(): UseQueryResult<readonly ClerkInstance[]> {
  return useQuery({
    queryKey: ['clerk-instances'],
    queryFn: async () => {
      const { instances } = await request<{ instances: readonly ClerkInstance[] }>(
        'GET',
        '/platform/v1/clerk/instances',
      )
      return instances
    },
    staleTime: 60_000,
  })
}
