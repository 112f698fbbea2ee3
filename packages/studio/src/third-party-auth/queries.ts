// What the screen of Third-Party Auth asks the server, and what it tells it.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { request } from '../api/request.ts'
import type { Integration } from './integration.ts'

const KEY = 'third-party-auth'
const PATH = '/platform/v1/third-party-auth'
/** Milliseconds between two looks: tokens arrive while somebody watches. */
const LOOK_EVERY = 10_000
/** Milliseconds that a check holds. */
const CHECK_HOLDS = 60_000

interface Listing {
  readonly integrations: readonly Integration[]
  /** Why the configuration file cannot be read, where it cannot. */
  readonly problem: string | null
  readonly file: string
}

export function useIntegrations() {
  return useQuery({
    queryKey: [KEY, 'list'],
    queryFn: async () => await request<Listing>('GET', PATH),
    refetchInterval: LOOK_EVERY,
  })
}

/** Asks the issuer for its keys when it is first shown, and again when told. */
export function useCheck(id: string) {
  const client = useQueryClient()
  return useQuery({
    queryKey: [KEY, 'check', id],
    queryFn: async () => {
      await request('POST', `${PATH}/${encodeURIComponent(id)}/check`)
      await client.invalidateQueries({ queryKey: [KEY, 'list'] })
      return true
    },
    staleTime: CHECK_HOLDS,
    retry: false,
  })
}

/** The members of a body: the keys of the configuration. */
export type Entry = Readonly<Record<string, string | readonly string[] | null>>

export function useAddIntegration() {
  return useChange(async (entry: Entry) => await request('POST', PATH, entry))
}

export function useChangeIntegration(id: string) {
  return useChange(async (entry: Entry) => await request('PATCH', `${PATH}/${encodeURIComponent(id)}`, entry))
}

export function useRemoveIntegration(id: string) {
  return useChange(
    async () =>
      await request<{ readonly stillTrusted: Integration | null }>('DELETE', `${PATH}/${encodeURIComponent(id)}`),
  )
}

/** Other screens show whom the API trusts, too. What is gone is not asked for again. */
function useChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: async () =>
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY || queryKey[1] !== 'check' }),
  })
}
