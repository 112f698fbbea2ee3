// Where the browser goes to sign in with a provider: an authorization request with PKCE (RFC 7636), a `state`, and a
// `nonce` for the id_token.

import { createHash, randomBytes } from 'node:crypto'

import type { Provider } from './provider.ts'

/** What a request keeps back to check the answer by. */
export interface Proofs {
  readonly codeVerifier: string
  readonly nonce: string
}

/** Fresh ones. */
export function newProofs(): Proofs {
  return { codeVerifier: randomBytes(32).toString('base64url'), nonce: randomBytes(16).toString('base64url') }
}

/** The S256 challenge of a code verifier (RFC 7636 §4.2). */
export function challengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url')
}

export interface AuthorizationRequest {
  readonly endpoint: string
  readonly state: string
  readonly proofs: Proofs
  readonly callbackUrl: string
  readonly additionalScopes: readonly string[]
  readonly prompt?: string | undefined
  readonly loginHint?: string | undefined
}

/** What a provider is asked for when nothing else is configured. */
export const defaultScopes = ['openid', 'email', 'profile']

/** The address of the request. */
export function authorizationUrl({ settings }: Provider, request: AuthorizationRequest): string {
  const { endpoint, state, proofs, callbackUrl, additionalScopes, prompt, loginHint } = request
  const scopes = new Set([...(settings.scopes ?? defaultScopes), ...additionalScopes])
  const url = new URL(endpoint)
  const parameters = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: callbackUrl,
    scope: [...scopes].join(' '),
    state,
    code_challenge: challengeOf(proofs.codeVerifier),
    code_challenge_method: 'S256',
    ...(scopes.has('openid') && { nonce: proofs.nonce }),
    ...(prompt !== undefined && { prompt }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
