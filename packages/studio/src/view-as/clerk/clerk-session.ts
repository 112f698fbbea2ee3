// Who somebody of a built-in Clerk instance is to Postgres.

import { askClerk } from '../../api/clerk/ask-clerk.ts'
import { type ClerkUser, nameOf } from '../../api/clerk/people.ts'
import { request } from '../../api/request.ts'
import type { ViewAs } from '../view-as.ts'

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
  const { jwt } = await askClerk<{ jwt: string }>(instance, {
    method: 'POST',
    path: '/instance/forged_tokens',
    body: {
      user_id: user.id,
      factor_verification_age: [0, secondFactorAge],
      ...(organization !== null && { organization_id: organization.id, ...(role !== null && { role }) }),
    },
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
