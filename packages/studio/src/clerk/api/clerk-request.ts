// The way to an instance's Backend API: through the platform, which adds the secret key.

import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
  type PlaceholderDataFunction,
} from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'

import { request, RequestRefused } from '../../api/request.ts'

/** What is asked of the Backend API: the path is below `/v1`. */
export interface ClerkCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
}

/** The name of the instance whose screen this is. */
export function useInstanceName(): string {
  return useParams({ strict: false, select: (params) => params.instance ?? 'default' })
}

/** Asks an instance's Backend API. Throws RequestRefused. */
export async function askClerk<Answer>(instance: string, { method, path, body }: ClerkCall): Promise<Answer> {
  return await request<Answer>(method, `/platform/v1/clerk/${encodeURIComponent(instance)}${path}`, body)
}

/** What a GET of this screen's instance answers; null asks nothing. With `every` it is asked again so many milliseconds later. */
export function useClerk<Answer>(path: string | null, { every = 0 } = {}): UseQueryResult<Answer> {
  const instance = useInstanceName()
  return useQuery<Answer, Error, Answer>({
    queryKey: ['clerk', instance, path],
    queryFn: async () => await askClerk<Answer>(instance, { method: 'GET', path: path ?? '' }),
    enabled: path !== null,
    refetchInterval: every > 0 && every,
    placeholderData: keepList(path),
  })
}

/**
 * A change of this screen's instance; afterwards everything read of it is read anew, which the caller's `onSuccess` comes
 * after, unless it `leaves` a screen whose subject is gone.
 */
export function useClerkChange<Input, Answer = unknown>(
  callOf: (input: Input) => ClerkCall,
  { leaves = false } = {},
): UseMutationResult<Answer, Error, Input> {
  const instance = useInstanceName()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (input: Input) => await askClerk<Answer>(instance, callOf(input)),
    onSuccess: async () => {
      const read = queries.invalidateQueries({ queryKey: ['clerk', instance] })
      if (!leaves) await read
    },
  })
}

/** The server's complaint about one parameter, for the field it belongs to. */
export function complaintAt(error: unknown, ...params: readonly string[]): string | undefined {
  if (!(error instanceof RequestRefused) || error.param === null) return undefined
  return params.includes(error.param) ? error.message : undefined
}

/** The error, unless it is about one of these parameters and stands at a field already. */
export function complaintBeside(error: unknown, ...params: readonly string[]): unknown {
  return complaintAt(error, ...params) === undefined ? error : null
}

/** Another page or search of the same list: the one before stays until the new one is there. */
function keepList<Answer>(path: string | null): PlaceholderDataFunction<Answer, Error, Answer> {
  return (before, query) => {
    const old = query?.queryKey[2]
    return typeof old === 'string' && old.split('?')[0] === path?.split('?')[0] ? before : undefined
  }
}
