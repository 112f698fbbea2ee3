// What an application asks a person for (RFC 6749 §4.1.1, RFC 7636, OpenID Connect Core §3.1.2.1).

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { findOAuthClient, type OAuthApplication } from '../state/oauth/oauth-applications.ts'
import type { Store } from '../state/database/store.ts'
import { isScope, scopesOf, usualScopes } from './scopes.ts'

/** Where answers go, once it is known that they may go there. */
export interface AnswerAddress {
  readonly redirectUri: string
  readonly state: string | null
}

export interface AuthorizationRequest extends AnswerAddress {
  readonly kind: 'request'
  readonly application: OAuthApplication
  /** As it was asked for; null where the application's only one was meant. */
  readonly namedRedirectUri: string | null
  readonly scopes: string
  readonly nonce: string | null
  readonly codeChallenge: string | null
  readonly prompts: readonly string[]
}

/** A request that the application is told no about. */
export interface RefusedRequest extends AnswerAddress {
  readonly kind: 'refused'
  readonly error: string
  readonly description: string
}

const shortestState = 8

/**
 * Reads a request. An unknown application and an address that is not the application's are refused to the person's
 * face; everything else is told to the application.
 */
export async function requireAuthorizationRequest(
  store: Store,
  query: URLSearchParams,
): Promise<AuthorizationRequest | RefusedRequest> {
  const application = await requireOAuthClient(store, query.get('client_id') ?? '')
  const address = { redirectUri: requireRegistered(application, query.get('redirect_uri')), state: query.get('state') }
  const wrong = mistakeOf(application, query)
  if (wrong !== null) return { kind: 'refused', ...address, error: wrong[0], description: wrong[1] }
  return {
    kind: 'request',
    ...address,
    application,
    namedRedirectUri: query.get('redirect_uri'),
    scopes: scopesOf(query.get('scope') ?? usualScopes).join(' '),
    nonce: query.get('nonce'),
    codeChallenge: query.get('code_challenge'),
    prompts: scopesOf(query.get('prompt') ?? ''),
  }
}

/** The application of a client id. Refuses an unknown one. */
export async function requireOAuthClient(store: Store, clientId: string): Promise<OAuthApplication> {
  const application = await findOAuthClient(store, clientId)
  if (application === null) throw new ClerkRefusal('oauth_client_unknown', {})
  return application
}

/** The address that an answer leaves for. */
export function answerUrl({ redirectUri, state }: AnswerAddress, answer: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  if (state !== null) url.searchParams.set('state', state)
  return url.toString()
}

function requireRegistered({ redirectUris }: OAuthApplication, asked: string | null): string {
  const [only, ...others] = redirectUris
  if (asked === null && only !== undefined && others.length === 0) return only
  if (asked !== null && redirectUris.some((registered) => isSameAddress(registered, asked))) return asked
  throw new ClerkRefusal('oauth_redirect_uri_mismatch', {})
}

/** Addresses are compared as they are written; on loopback the port may differ, because native apps pick a free one (RFC 8252 §7.3). */
function isSameAddress(registered: string, asked: string): boolean {
  if (registered === asked) return true
  if (!URL.canParse(registered) || !URL.canParse(asked)) return false
  const [one, other] = [new URL(registered), new URL(asked)]
  const loopback = one.protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(one.hostname)
  if (!loopback || other.username !== '' || other.password !== '') return false
  other.port = one.port
  return one.href === other.href
}

/** The first thing that is wrong: its code and what to say of it. */
function mistakeOf(application: OAuthApplication, query: URLSearchParams): readonly [string, string] | null {
  const challenge = query.get('code_challenge')
  const state = query.get('state') ?? ''
  const allowed = new Set(scopesOf(application.scopes))
  const scopes = scopesOf(query.get('scope') ?? usualScopes)
  if (query.get('response_type') !== 'code') return ['unsupported_response_type', 'Only response_type=code is served.']
  if (!['query', ''].includes(query.get('response_mode') ?? '')) {
    return ['invalid_request', 'Only response_mode=query is served.']
  }
  if (challenge !== null && query.get('code_challenge_method') !== 'S256') {
    return ['invalid_request', 'Only code_challenge_method=S256 is served.']
  }
  if (challenge !== null && !/^[\w-]{43}$/.test(challenge)) return ['invalid_request', 'code_challenge is malformed.']
  if (challenge === null && (application.public || application.pkceRequired)) {
    return ['invalid_request', 'This client has to use PKCE.']
  }
  if (challenge === null && state.length < shortestState) {
    return ['invalid_state', `state must have at least ${shortestState} characters, or PKCE must be used.`]
  }
  const unknown = scopes.find((scope) => !isScope(scope) || !allowed.has(scope))
  return unknown === undefined ? null : ['invalid_scope', `The client may not ask for the scope ${unknown}.`]
}
