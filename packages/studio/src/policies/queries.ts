// What the policies' screen asks the server, and what it tells it.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { request } from '../api/request.ts'
import type { Policy, PolicyFields, ProtectedTable } from './protected-table.ts'

const KEY = 'policies'

interface Listing {
  readonly tables: readonly ProtectedTable[]
  /** Every role a policy can be for. */
  readonly roles: readonly string[]
}

/** The tables of a schema. */
export function usePolicies(schema: string) {
  return useQuery({
    queryKey: [KEY, schema],
    queryFn: async () =>
      await request<Listing>('GET', `/platform/v1/policies?${new URLSearchParams({ schema }).toString()}`),
  })
}

interface At {
  readonly schema: string
  readonly table: string
}

/** Makes a policy, or changes the one that was `before`, unless that is another by now. */
export function useSavePolicy() {
  return useChange(async ({ schema, table, before, policy }: At & { before: Policy | null; policy: PolicyFields }) => {
    if (before === null) return await request('POST', '/platform/v1/policies', { schema, table, ...policy })
    const { behaviour, command, roles, using, check } = before
    const expected = { behaviour, command, roles, using, check }
    return await request('PATCH', `/platform/v1/policies/${pathOf(schema, table, before.name)}`, {
      ...policy,
      expected,
    })
  })
}

export function useDeletePolicy() {
  return useChange(async ({ schema, table, name }: At & { name: string }) => {
    return await request('DELETE', `/platform/v1/policies/${pathOf(schema, table, name)}`)
  })
}

export function useRowSecurity() {
  return useChange(async ({ schema, table, enabled }: At & { enabled: boolean }) => {
    return await request('PUT', `/platform/v1/tables/${pathOf(schema, table)}/row-security`, { enabled })
  })
}

/** A number of rows, of which there may be more, or why nothing could be counted. */
export type Seen = { readonly rows: number; readonly more: boolean } | { readonly problem: string }

export interface Identity {
  readonly role: string
  readonly claims: Readonly<Record<string, unknown>> | null
}

interface Trial {
  readonly total: Seen
  readonly views: readonly (Identity & { readonly before: Seen; readonly after: Seen })[]
}

/** Tries a policy without keeping it. */
export function useTrial() {
  return useMutation({
    mutationFn: async (trial: At & PolicyFields & { replaces: string | null; identities: readonly Identity[] }) =>
      await request<Trial>('POST', '/platform/v1/policies/check', trial),
  })
}

function pathOf(...names: readonly string[]): string {
  return names.map(encodeURIComponent).join('/')
}

/**
 * Whatever was changed here, other screens show too: the table editor's badge, the schema. Reading it anew is not waited
 * for: it may take away the very row whose change is still to be told.
 */
function useChange<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => void client.invalidateQueries() })
}
