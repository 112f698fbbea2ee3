// Saved queries and what an editor completes, as queries and mutations.

import type { SQLNamespace } from '@codemirror/lang-sql'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { request } from '../../api/request.ts'
import type { SavedAs } from '../tabs/tabs-state.ts'
import { type Completions, namespaceOf } from './completion-names.ts'

const ROOT = '/platform/v1/query/snippets'
const pathOf = (name: string): string => `${ROOT}/${encodeURIComponent(name)}`

/** Names of all saved queries. */
export function useSavedQueries() {
  return useQuery({
    queryKey: ['sql-editor', 'saved'],
    queryFn: async () => (await request<{ snippets: readonly { readonly name: string }[] }>('GET', ROOT)).snippets,
  })
}

/** One saved query, as its file is now. */
export function savedQuery(name: string) {
  return queryOptions({
    queryKey: ['sql-editor', 'saved', name],
    queryFn: async () => await request<SavedAs>('GET', pathOf(name)),
    staleTime: 0,
    retry: false,
  })
}

interface Save {
  readonly name: string
  readonly sql: string
  /** Null where no file of this name may be there. */
  readonly version: string | null
}

export function useSaveQuery() {
  return useChange(async ({ name, sql, version }: Save) => {
    return await request<SavedAs>('PUT', pathOf(name), { sql, version })
  })
}

export function useRenameQuery() {
  return useChange(async ({ from, to }: { readonly from: SavedAs; readonly to: string }) => {
    return await request<SavedAs>('POST', `${pathOf(from.name)}/rename`, { to, version: from.version })
  })
}

export function useDeleteQuery() {
  return useChange(async ({ name, version }: SavedAs) => {
    await request('DELETE', `${pathOf(name)}?version=${encodeURIComponent(version)}`)
  })
}

function useChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: async () => await client.invalidateQueries({ queryKey: ['sql-editor', 'saved'] }),
  })
}

/** The catalog as names to complete. */
export function useCompletions(): SQLNamespace | undefined {
  const { data } = useQuery({
    queryKey: ['sql-editor', 'completions'],
    queryFn: async () => namespaceOf(await request<Completions>('GET', '/platform/v1/query/completions')),
    staleTime: 30_000,
  })
  return data
}
