// People of an instance, in the parts that a choice of them shows.

import type { UseQueryResult } from '@tanstack/react-query'

import { useClerkOf } from './ask-clerk.ts'

export interface ClerkUser {
  readonly id: string
  readonly first_name: string | null
  readonly last_name: string | null
  readonly username: string | null
  readonly primary_email_address_id: string | null
  readonly email_addresses: readonly { readonly id: string; readonly email_address: string }[]
}

/** Her name as people know her: address, names, user name or id. */
export function nameOf(user: ClerkUser): string {
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id)
  const names = [user.first_name, user.last_name].filter((part) => part !== null && part !== '').join(' ')
  return (primary ?? user.email_addresses[0])?.email_address ?? (names === '' ? (user.username ?? user.id) : names)
}

/** At most so many people whom a search finds by name, address or id; without one, those who joined last. */
export function usePeople(
  instance: string | null,
  { search = '', most }: { readonly search?: string; readonly most: number },
): UseQueryResult<readonly ClerkUser[]> {
  const text = search.trim()
  const parameters = new URLSearchParams({ limit: String(most), ...(text !== '' && { query: text }) })
  return useClerkOf(instance, `/users?${parameters.toString()}`)
}
