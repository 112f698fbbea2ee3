// What the OAuth server has handed out: codes, access and refresh tokens, each of a grant, and the consents they rest
// on. Kept as digests.

import { randomBytes } from 'node:crypto'

import { newId } from '../database/ids.ts'
import { secretDigest } from '../database/secret-digest.ts'
import type { Store } from '../database/store.ts'

export type TokenKind = 'access' | 'refresh'

export interface OAuthToken {
  readonly id: string
  readonly kind: TokenKind
  /** Tokens that go back to one code share it, and are revoked together. */
  readonly grantId: string
  readonly applicationId: string
  readonly clientId: string
  readonly userId: string
  /** Separated by spaces. */
  readonly scopes: string
  /** When the user's session began, in Unix milliseconds. */
  readonly authTime: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a new token is made of. */
export type NewToken = Pick<
  OAuthToken,
  'kind' | 'grantId' | 'applicationId' | 'userId' | 'scopes' | 'authTime' | 'expiresAt'
>

/** Machines are told by these beginnings; `@clerk/backend` looks for the first. */
const prefixes: Readonly<Record<TokenKind, string>> = { access: 'oat_', refresh: 'ort_' }

const columns = /* sql */ `
  t.id, t.kind, t.grant_id as "grantId", t.application_id as "applicationId", a.client_id as "clientId",
  t.user_id as "userId", t.scopes, t.auth_time as "authTime", t.expires_at as "expiresAt",
  t.revoked_at as "revokedAt", t.created_at as "createdAt", t.updated_at as "updatedAt"`

/** Makes a token, told here and never again. */
export async function insertOAuthToken(store: Store, token: NewToken): Promise<string> {
  const text = `${prefixes[token.kind]}${randomBytes(24).toString('base64url')}`
  await store.db.query(
    `insert into clerk.oauth_tokens (instance_id, id, kind, token_digest, grant_id, application_id, user_id, scopes,
       auth_time, expires_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
    [
      store.instanceId,
      newId('oat'),
      token.kind,
      secretDigest(text),
      token.grantId,
      token.applicationId,
      token.userId,
      token.scopes,
      token.authTime,
      token.expiresAt,
      store.now(),
    ],
  )
  return text
}

/** The token of a text, whatever became of it; null for one that is none. */
export async function findOAuthToken(store: Store, text: string): Promise<OAuthToken | null> {
  const [token] = await store.db.query<OAuthToken>(
    `select ${columns} from clerk.oauth_tokens t
     join clerk.oauth_applications a on a.instance_id = t.instance_id and a.id = t.application_id
     where t.instance_id = $1 and t.token_digest = $2`,
    [store.instanceId, secretDigest(text)],
  )
  return token ?? null
}

/** True while a token is neither revoked nor over. */
export function isLive(token: OAuthToken, now: number): boolean {
  return token.revokedAt === null && (token.expiresAt === null || token.expiresAt > now)
}

/** Revokes one token; false when it was revoked already. */
export async function revokeOAuthToken(store: Store, id: string): Promise<boolean> {
  const revoked = await store.db.query(
    `update clerk.oauth_tokens set revoked_at = $3, updated_at = $3
     where instance_id = $1 and id = $2 and revoked_at is null returning 1`,
    [store.instanceId, id, store.now()],
  )
  return revoked.length > 0
}

/** Revokes every token of a grant. */
export async function revokeOAuthGrant(store: Store, grantId: string): Promise<void> {
  await store.db.query(
    `update clerk.oauth_tokens set revoked_at = $3, updated_at = $3
     where instance_id = $1 and grant_id = $2 and revoked_at is null`,
    [store.instanceId, grantId, store.now()],
  )
}
