// The way to an instance's Backend API: through the platform, which adds the secret key.

import { type PlaceholderDataFunction, useQuery, type UseQueryResult } from '@tanstack/react-query'

import { request } from '../request.ts'

/** What is asked of the Backend API: the path is below `/v1`. */
export interface ClerkCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
}

/** Asks an instance's Backend API. Throws RequestRefused. */
export async function askClerk<Answer>(instance: string, { method, path, body }: ClerkCall): Promise<Answer> {
  return await request<Answer>(method, `/platform/v1/clerk/${encodeURIComponent(instance)}${path}`, body)
}

/**
 * What a GET of an instance answers; nothing is asked where it or the path is null. With `every` it is asked again so
 * many milliseconds later. Another page or search of the same list leaves the one before until the new one is there.
 */
export function useClerkOf<Answer>(
  instance: string | null,
  path: string | null,
  { every = 0 } = {},
): UseQueryResult<Answer> {
  return useQuery<Answer, Error, Answer>({
    queryKey: ['clerk', instance, path],
    queryFn: async () => await askClerk<Answer>(instance ?? '', { method: 'GET', path: path ?? '' }),
    enabled: instance !== null && path !== null,
    refetchInterval: every > 0 && every,
    placeholderData: keepList(instance, path),
  })
}

function keepList<Answer>(
  instance: string | null,
  path: string | null,
): PlaceholderDataFunction<Answer, Error, Answer> {
  return (before, query) => {
    const [, from, old] = query?.queryKey ?? []
    const same = from === instance && typeof old === 'string' && old.split('?')[0] === path?.split('?')[0]
    return same ? before : undefined
  }
}
