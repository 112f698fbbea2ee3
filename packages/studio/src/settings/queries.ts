// What the screens of the project's settings ask the server, and what they tell it.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { request } from '../api/request.ts'

const SETTINGS = ['settings', 'api']
const KEYS = ['settings', 'signing-keys']

export interface ShownKey {
  readonly value: string
  /** `development`: the well-known value of every local project. `derived`: made of the JWT secret. */
  readonly source: 'file' | 'development' | 'derived'
}

/** What the REST door serves. */
export interface RestSettings {
  readonly schemas: readonly string[]
  readonly extraSearchPath: readonly string[]
  /** Null for no limit. */
  readonly maxRows: number | null
}

export interface ApiSettings extends RestSettings {
  readonly url: string
  readonly keys: Readonly<Record<'publishable' | 'secret' | 'anon' | 'serviceRole' | 'jwtSecret', ShownKey>>
  /** Which settings stand in the file; the others are defaults. */
  readonly inFile: Readonly<Record<keyof RestSettings, boolean>>
  readonly knownSchemas: readonly string[]
  readonly file: string
}

export function useApiSettings() {
  return useQuery({
    queryKey: SETTINGS,
    queryFn: async () => await request<ApiSettings>('GET', '/platform/v1/settings/api'),
  })
}

/** Which schemas there are to see changes on many screens. */
export function useChangeSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (changes: Partial<RestSettings>) =>
      await request<ApiSettings>('PATCH', '/platform/v1/settings/api', changes),
    onSuccess: async () => await client.invalidateQueries(),
  })
}

export interface SigningKey {
  readonly kid: string
  readonly algorithm: string
  readonly state: 'standby' | 'in_use' | 'previously_used' | 'revoked'
  readonly createdAt: string | null
  readonly legacy: boolean
}

export interface SigningKeys {
  readonly keys: readonly SigningKey[]
  readonly file: string | null
  readonly note: string | null
}

export function useSigningKeys() {
  return useQuery({
    queryKey: KEYS,
    queryFn: async () => await request<SigningKeys>('GET', '/platform/v1/signing-keys'),
  })
}

export type KeyMove = 'rotate' | 'revoke' | 'standby' | 'delete'

export function useMoveKey() {
  return useKeyChange(async ({ kid, move }: { readonly kid: string; readonly move: KeyMove }) => {
    const path = `/platform/v1/signing-keys/${encodeURIComponent(kid)}`
    if (move === 'delete') return await request('DELETE', path)
    return await request('POST', `${path}/${move}`)
  })
}

export function useCreateKey() {
  return useKeyChange(
    async (algorithm: 'ES256' | 'RS256') => await request('POST', '/platform/v1/signing-keys', { algorithm }),
  )
}

function useKeyChange<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn, onSuccess: async () => await client.invalidateQueries({ queryKey: KEYS }) })
}
