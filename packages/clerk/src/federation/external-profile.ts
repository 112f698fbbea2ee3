// Who a provider says somebody is, from the claims of OpenID Connect Core §5.1 or from what GitHub calls them.

import type { ExternalAccount } from '../state/people/external-accounts.ts'
import type { Json, JsonObject } from '../tokens/json.ts'

/** The part of an account that its provider tells; the address in lower case, null where it tells none. */
export type ExternalProfile = Pick<
  ExternalAccount,
  'providerUserId' | 'emailAddress' | 'emailVerified' | 'firstName' | 'lastName' | 'username' | 'imageUrl'
>

/** Reads claims; null where they name nobody. */
export function profileOf(claims: JsonObject): ExternalProfile | null {
  const providerUserId = identifierOf(claims['sub'] ?? claims['id'])
  if (providerUserId === null) return null
  const [first, last] = splitName(text(claims['name']))
  const verified = claims['email_verified'] ?? null
  return {
    providerUserId,
    emailAddress: text(claims['email'])?.toLowerCase() ?? null,
    // Some providers write the boolean as text.
    emailVerified: verified === null ? null : verified === true || verified === 'true',
    firstName: text(claims['given_name']) ?? first,
    lastName: text(claims['family_name']) ?? last,
    username: text(claims['preferred_username']) ?? text(claims['login']),
    imageUrl: text(claims['picture']) ?? text(claims['avatar_url']),
  }
}

/** The profile with the address that GitHub's list names as primary: it says there whether it is verified. */
export function withListedEmail(profile: ExternalProfile, listed: Json | undefined): ExternalProfile {
  if (!Array.isArray(listed)) return profile
  const primary: unknown = listed.find(
    (entry: unknown) => typeof entry === 'object' && entry !== null && 'primary' in entry && entry.primary === true,
  )
  if (typeof primary !== 'object' || primary === null || !('email' in primary)) return profile
  if (typeof primary.email !== 'string') return profile
  const emailVerified = 'verified' in primary && primary.verified === true
  return { ...profile, emailAddress: primary.email.toLowerCase(), emailVerified }
}

function identifierOf(value: Json | undefined): string | null {
  return typeof value === 'number' ? String(value) : text(value)
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function splitName(name: string | null): readonly [first: string | null, last: string | null] {
  if (name === null) return [null, null]
  const [first = '', ...rest] = name.trim().split(/\s+/)
  return [first === '' ? null : first, rest.length === 0 ? null : rest.join(' ')]
}
