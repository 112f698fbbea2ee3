// Authorization codes and the consents of people to applications.

import { randomBytes } from 'node:crypto'

import { secretDigest } from '../database/secret-digest.ts'
import type { Store } from '../database/store.ts'

/** What a code was given for. Times are Unix milliseconds. */
export interface OAuthCode {
  readonly grantId: string
  readonly applicationId: string
  readonly userId: string
  /** As the request named it; null where it named none. */
  readonly redirectUri: string | null
  readonly scopes: string
  readonly codeChallenge: string | null
  readonly nonce: string | null
  readonly authTime: number
  readonly expiresAt: number
}

/** Makes a code, told here and never again. */
export async function insertOAuthCode(store: Store, code: Omit<OAuthCode, 'grantId'>): Promise<string> {
  const text = randomBytes(32).toString('base64url')
  await store.db.query(
    `insert into clerk.oauth_codes (instance_id, code_digest, grant_id, application_id, user_id, redirect_uri, scopes,
       code_challenge, nonce, auth_time, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      store.instanceId,
      secretDigest(text),
      randomBytes(16).toString('hex'),
      code.applicationId,
      code.userId,
      code.redirectUri,
      code.scopes,
      code.codeChallenge,
      code.nonce,
      code.authTime,
      code.expiresAt,
    ],
  )
  return text
}

/** The code of a text, and whether it was unused until now; null for one that is none. Uses it up. */
export async function useOAuthCode(
  store: Store,
  text: string,
): Promise<{ readonly code: OAuthCode; readonly fresh: boolean } | null> {
  const used = await store.db.query(
    `update clerk.oauth_codes set used_at = $3
     where instance_id = $1 and code_digest = $2 and used_at is null returning 1`,
    [store.instanceId, secretDigest(text), store.now()],
  )
  const [code] = await store.db.query<OAuthCode>(
    `select grant_id as "grantId", application_id as "applicationId", user_id as "userId",
       redirect_uri as "redirectUri", scopes, code_challenge as "codeChallenge", nonce, auth_time as "authTime",
       expires_at as "expiresAt"
     from clerk.oauth_codes where instance_id = $1 and code_digest = $2`,
    [store.instanceId, secretDigest(text)],
  )
  return code === undefined ? null : { code, fresh: used.length > 0 }
}

/** Forgets a code, which came twice. */
export async function forgetOAuthCode(store: Store, text: string): Promise<void> {
  await store.db.query('delete from clerk.oauth_codes where instance_id = $1 and code_digest = $2', [
    store.instanceId,
    secretDigest(text),
  ])
}

/** Whether a code is known, used or not. */
export async function isOAuthCodeKept(store: Store, text: string): Promise<boolean> {
  const kept = await store.db.query('select 1 from clerk.oauth_codes where instance_id = $1 and code_digest = $2', [
    store.instanceId,
    secretDigest(text),
  ])
  return kept.length > 0
}

/** The scopes a person has let an application have, separated by spaces; empty where she has not. */
export async function consentedScopes(store: Store, applicationId: string, userId: string): Promise<string> {
  const [consent] = await store.db.query<{ scopes: string }>(
    'select scopes from clerk.oauth_consents where instance_id = $1 and application_id = $2 and user_id = $3',
    [store.instanceId, applicationId, userId],
  )
  return consent?.scopes ?? ''
}

/** Remembers a person's consent. */
export async function keepConsent(store: Store, applicationId: string, userId: string, scopes: string): Promise<void> {
  await store.db.query(
    `insert into clerk.oauth_consents (instance_id, application_id, user_id, scopes, created_at)
     values ($1, $2, $3, $4, $5)
     on conflict (instance_id, application_id, user_id) do update set scopes = excluded.scopes`,
    [store.instanceId, applicationId, userId, scopes, store.now()],
  )
}
