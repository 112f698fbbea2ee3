// People of a built-in Clerk instance, over the way that the platform opens to its Backend API.

import { request } from '../../api/request.ts'
import type { ViewAs } from '../view-as.ts'

export interface ClerkUser {
  readonly id: string
  readonly first_name: string | null
  readonly last_name: string | null
  readonly username: string | null
  readonly primary_email_address_id: string | null
  readonly email_addresses: readonly { readonly id: string; readonly email_address: string }[]
}

export interface Membership {
  readonly role: string
  readonly organization: { readonly id: string; readonly name: string }
}

/** Whom to look through the eyes of, and how she is signed in. */
export interface ClerkSession {
  readonly instance: string
  readonly user: ClerkUser
  readonly organization: Membership['organization'] | null
  /** Minutes since her second factor; -1 where it was never asked. */
  readonly secondFactorAge: number
  /** Instead of her own role in the organization; null for that. */
  readonly role: string | null
}

const below = (instance: string): string => `/platform/v1/clerk/${encodeURIComponent(instance)}`

export async function findUsers(instance: string, search: string): Promise<readonly ClerkUser[]> {
  const parameters = new URLSearchParams({ limit: '20', ...(search.trim() !== '' && { query: search.trim() }) })
  return await request('GET', `${below(instance)}/users?${parameters.toString()}`)
}

export async function membershipsOf(instance: string, userId: string): Promise<readonly Membership[]> {
  const path = `${below(instance)}/users/${encodeURIComponent(userId)}/organization_memberships?limit=100`
  return (await request<{ data: readonly Membership[] }>('GET', path)).data
}

/** Her name as people know her: address, user name or id. */
export function nameOf(user: ClerkUser): string {
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id)
  return (primary ?? user.email_addresses[0])?.email_address ?? user.username ?? user.id
}

interface Explanation {
  readonly claims: Readonly<Record<string, unknown>> | null
  readonly postgres: { readonly role: string } | null
  readonly problem: { readonly message: string; readonly fix: string | null } | null
}

/**
 * What her session token would make of her: the instance forges it, and our own verifier says what Postgres sees of it.
 * Throws with the verifier's words where the token would be turned away.
 */
export async function identityOf(session: ClerkSession): Promise<ViewAs> {
  const { instance, user, organization, secondFactorAge, role } = session
  const { jwt } = await request<{ jwt: string }>('POST', `${below(instance)}/instance/forged_tokens`, {
    user_id: user.id,
    factor_verification_age: [0, secondFactorAge],
    ...(organization !== null && { organization_id: organization.id, ...(role !== null && { role }) }),
  })
  const { claims, postgres, problem } = await request<Explanation>('POST', '/platform/v1/tokens/explain', {
    token: jwt,
  })
  if (postgres === null) throw new Error([problem?.message, problem?.fix].filter(Boolean).join(' '))
  return { role: postgres.role, claims: { ...claims, role: postgres.role }, label: labelOf(session) }
}

function labelOf({ user, organization, role, secondFactorAge }: ClerkSession): string {
  const parts = [nameOf(user)]
  if (organization !== null) parts.push(role === null ? organization.name : `${organization.name} as ${role}`)
  if (secondFactorAge >= 0) parts.push('second factor')
  return parts.join(' · ')
}
