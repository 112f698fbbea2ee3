// Ways to another provider and back that are under way. What leads back (`state`) is told to the browser and kept as
// a digest; it works once, for ten minutes.

import { randomBytes } from 'node:crypto'

import { secretDigest } from '../database/secret-digest.ts'
import type { Store } from '../database/store.ts'

/** What a flow is for. `subjectId` is the verification of a sign-in or sign-up, or the external account, that it is to prove. */
export interface OAuthFlow {
  /** The browser's client. The way back carries nothing else that tells whose it is. */
  readonly clientId: string
  readonly strategy: string
  readonly purpose: 'sign_in' | 'sign_up' | 'connect'
  readonly subjectId: string
  /** Where the browser goes when something is left to do. */
  readonly redirectUrl: string
  /** Where it goes when nothing is; the other one where null. */
  readonly completeUrl: string | null
  /** Our own address that the provider sends back to, as it was told. */
  readonly callbackUrl: string
  readonly codeVerifier: string
  readonly nonce: string
}

const lifetime = 600_000

/** Keeps a flow and hands back the `state` that leads to it. */
export async function insertOAuthFlow(store: Store, flow: OAuthFlow): Promise<string> {
  const state = randomBytes(32).toString('base64url')
  const now = store.now()
  await store.db.query('delete from clerk.oauth_flows where instance_id = $1 and expires_at <= $2', [
    store.instanceId,
    now,
  ])
  const { clientId, strategy, purpose, subjectId } = flow
  const { redirectUrl, completeUrl, callbackUrl, codeVerifier, nonce } = flow
  await store.db.query(
    `insert into clerk.oauth_flows
       (instance_id, state_digest, client_id, strategy, purpose, subject_id, redirect_url, complete_url, callback_url,
        code_verifier, nonce, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      store.instanceId,
      secretDigest(state),
      clientId,
      strategy,
      purpose,
      subjectId,
      redirectUrl,
      completeUrl,
      callbackUrl,
      codeVerifier,
      nonce,
      now + lifetime,
    ],
  )
  return state
}

/** The flow behind a `state`, once; null for one that is unknown, used or too old. */
export async function takeOAuthFlow(store: Store, state: string): Promise<OAuthFlow | null> {
  const [flow] = await store.db.query<OAuthFlow>(
    `delete from clerk.oauth_flows where instance_id = $1 and state_digest = $2 and expires_at > $3
     returning client_id as "clientId", strategy, purpose, subject_id as "subjectId", redirect_url as "redirectUrl",
       complete_url as "completeUrl", callback_url as "callbackUrl", code_verifier as "codeVerifier", nonce`,
    [store.instanceId, secretDigest(state), store.now()],
  )
  return flow ?? null
}
