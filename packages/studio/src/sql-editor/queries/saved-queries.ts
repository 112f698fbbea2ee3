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
    retry: false,
  })
}

interface Save {
  readonly name: string
  readonly sql: string
  /** Null where no file of this name may be there. */
  readonly version: string | null
}

/** Knows afterwards what it saved, without asking for it. */
export function useSaveQuery() {
  return useChange(
    async ({ name, sql, version }: Save) => await request<SavedAs>('PUT', pathOf(name), { sql, version }),
  )
}

export function useRenameQuery() {
  const client = useQueryClient()
  return useChange(async ({ from, to }: { readonly from: SavedAs; readonly to: string }) => {
    const saved = await request<SavedAs>('POST', `${pathOf(from.name)}/rename`, { to, version: from.version })
    client.removeQueries({ queryKey: savedQuery(from.name).queryKey })
    return saved
  })
}

export function useDeleteQuery() {
  const client = useQueryClient()
  return useChange(async ({ name, version }: SavedAs) => {
    await request('DELETE', `${pathOf(name)}?version=${encodeURIComponent(version)}`)
    client.removeQueries({ queryKey: savedQuery(name).queryKey })
    return null
  })
}

function useChange<Input>(mutationFn: (input: Input) => Promise<SavedAs | null>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: (saved) => saved !== null && client.setQueryData(savedQuery(saved.name).queryKey, saved),
    // Not what single files hold: text that is open must not change because another one was saved.
    onSettled: async () => await client.invalidateQueries({ queryKey: ['sql-editor', 'saved'], exact: true }),
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
