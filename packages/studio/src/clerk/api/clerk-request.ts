// What the screens of an instance ask of it, and what they tell it.

import { useMutation, type UseMutationResult, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'

import { askClerk, type ClerkCall, useClerkOf } from '../../api/clerk/ask-clerk.ts'
import { type ClerkInstance, useInstances } from '../../api/clerk/instances.ts'
import { RequestRefused } from '../../api/request.ts'

/** The name of the instance whose screen this is. */
export function useInstanceName(): string {
  return useParams({ strict: false, select: (params) => params.instance ?? 'default' })
}

/** The instance whose screen this is, once it is known. */
export function useThisInstance(): ClerkInstance | undefined {
  const name = useInstanceName()
  return useInstances().data?.find((instance) => instance.name === name)
}

/** What a GET of this screen's instance answers; null asks nothing. With `every` it is asked again so many milliseconds later. */
export function useClerk<Answer>(
  path: string | null,
  options: { readonly every?: number } = {},
): UseQueryResult<Answer> {
  return useClerkOf<Answer>(useInstanceName(), path, options)
}

/**
 * A change of this screen's instance; afterwards everything is read anew, as other screens show its people and whom the
 * API trusts, too. The caller's `onSuccess` comes after that, unless it `leaves` a screen whose subject is gone.
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
      const read = queries.invalidateQueries()
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
