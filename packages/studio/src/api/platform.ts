// What screens ask the platform, and what they tell it, by its paths.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { request } from './request.ts'

/** What stands at `path` below `/platform/v1`, kept up to date by every change here. */
export function usePlatform<Answer>(path: string) {
  return useQuery({
    queryKey: ['platform', path],
    queryFn: async () => await request<Answer>('GET', `/platform/v1${path}`),
  })
}

interface Change {
  readonly method: 'POST' | 'PATCH' | 'DELETE'
  /** Below `/platform/v1`. */
  readonly path: string
  readonly body?: unknown
}

/** A change; whatever is dropped or made here, the other screens show too. */
export function usePlatformChange<Input, Answer = unknown>(changeOf: (input: Input) => Change) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (input: Input) => {
      const { method, path, body } = changeOf(input)
      return await request<Answer>(method, `/platform/v1${path}`, body)
    },
    onSuccess: async () => await client.invalidateQueries(),
  })
}

/** The search part of an address. */
export function searchOf(parameters: Readonly<Record<string, string>>): string {
  return `?${new URLSearchParams(parameters).toString()}`
}
