// What a Clerk instance offers to forge tokens of, and forging them.

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'

import { request } from '../../api/request.ts'
import { explain, type Explanation } from '../explanation/explanation.ts'

const KEY = 'token-lab'

interface Instance {
  readonly name: string
  readonly environment: 'development' | 'production'
}

export interface User {
  readonly id: string
  readonly first_name: string | null
  readonly last_name: string | null
  readonly username: string | null
  readonly email_addresses: readonly { readonly email_address: string }[]
}

interface Named {
  readonly id: string
  readonly name: string
}

/** The built-in instances; refused where there are none. */
export function useInstances() {
  return useQuery({
    queryKey: [KEY, 'instances'],
    queryFn: async () =>
      (await request<{ instances: readonly Instance[] }>('GET', '/platform/v1/clerk/instances')).instances,
    retry: false,
  })
}

/** Her name as people know her. */
export function nameOf({ id, first_name, last_name, username, email_addresses }: User): string {
  const name = [first_name, last_name].filter((part) => part !== null && part !== '').join(' ')
  return email_addresses[0]?.email_address ?? (name === '' ? (username ?? id) : name)
}

/** People whom a search finds, by address, name or id; the former ones stay while the next are looked for. */
export function useUsers(instance: string, search: string) {
  const text = search.trim()
  const parameters = new URLSearchParams({ limit: '50', ...(text !== '' && { query: text }) })
  return useListing<readonly User[]>(instance, `/users?${parameters.toString()}`)
}

export function useOrganizations(instance: string) {
  return useListing<{ readonly data: readonly Named[] }>(instance, '/organizations?limit=100')
}

export function useTemplates(instance: string) {
  return useListing<readonly Named[]>(instance, '/jwt_templates')
}

function useListing<Answer>(instance: string, path: string) {
  return useQuery({
    queryKey: [KEY, instance, path],
    queryFn: async () => await request<Answer>('GET', below(instance, path)),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

interface Forged {
  readonly jwt: string
  readonly explanation: Explanation
}

/** A token and what is to be said of it, both for this page alone. */
export function useForge(instance: string) {
  return useMutation({ mutationFn: async (body: object) => await forge(instance, body), gcTime: 0 })
}

/** Forges a token and has it explained at once. */
export async function forge(instance: string, body: object): Promise<Forged> {
  const { jwt } = await request<{ jwt: string }>('POST', below(instance, '/instance/forged_tokens'), body)
  return { jwt, explanation: await explain(jwt) }
}

function below(instance: string, path: string): string {
  return `/platform/v1/clerk/${encodeURIComponent(instance)}${path}`
}
