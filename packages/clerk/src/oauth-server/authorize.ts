// The authorization endpoint: who sits at the browser, whether she has to be asked, and the code that the application
// gets.

import type { Instance } from '../state/instance/instance.ts'
import { consentedScopes, insertOAuthCode, keepConsent } from '../state/oauth/oauth-codes.ts'
import type { Session } from '../state/sessions/sessions.ts'
import { answerUrl, type AuthorizationRequest, type RefusedRequest } from './authorization-request.ts'
import { scopesOf } from './scopes.ts'

/** What the browser gets to see. */
export type AuthorizationAnswer =
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'ask'; readonly request: AuthorizationRequest; readonly session: Session }
  | { readonly kind: 'sign-in'; readonly request: AuthorizationRequest }

/** Milliseconds that a code waits to be exchanged. */
const codeLifetime = 600_000

/** Milliseconds that a proof is fresh for `prompt=login`. */
const freshness = 300_000

/** Answers a request of whoever sits at the browser, if anybody is signed in there. */
export async function authorize(
  instance: Instance,
  request: AuthorizationRequest | RefusedRequest,
  session: Session | null,
): Promise<AuthorizationAnswer> {
  if (request.kind === 'refused') {
    const { error, description } = request
    return { kind: 'redirect', url: answerUrl(request, { error, error_description: description }) }
  }
  const silent = request.prompts.includes('none')
  if (session === null || !isFreshEnough(instance, request, session)) {
    return silent ? refused(request, 'login_required') : { kind: 'sign-in', request }
  }
  if (await hasConsent(instance, request, session)) return await granted(instance, request, session)
  return silent ? refused(request, 'consent_required') : { kind: 'ask', request, session }
}

/** `prompt=login` asks for somebody who has just proven herself; else she could never come back from doing so. */
function isFreshEnough({ store }: Instance, { prompts }: AuthorizationRequest, session: Session): boolean {
  const provenAt = session.firstFactorVerifiedAt ?? session.createdAt
  return !prompts.includes('login') || store.now() - provenAt < freshness
}

/** Answers a request by what the person said to it. */
export async function decide(
  instance: Instance,
  request: AuthorizationRequest | RefusedRequest,
  session: Session,
  consented: boolean,
): Promise<AuthorizationAnswer> {
  if (request.kind === 'refused') return await authorize(instance, request, session)
  if (!consented) return refused(request, 'access_denied')
  await keepConsent(instance.store, request.application.id, session.userId, request.scopes)
  return await granted(instance, request, session)
}

async function hasConsent(instance: Instance, request: AuthorizationRequest, session: Session): Promise<boolean> {
  const { application, prompts, scopes } = request
  if (!application.consentScreenEnabled) return true
  if (prompts.includes('consent')) return false
  const given = new Set(scopesOf(await consentedScopes(instance.store, application.id, session.userId)))
  return scopesOf(scopes).every((scope) => given.has(scope))
}

async function granted(
  instance: Instance,
  request: AuthorizationRequest,
  session: Session,
): Promise<AuthorizationAnswer> {
  const code = await insertOAuthCode(instance.store, {
    applicationId: request.application.id,
    userId: session.userId,
    redirectUri: request.namedRedirectUri,
    scopes: request.scopes,
    codeChallenge: request.codeChallenge,
    nonce: request.nonce,
    authTime: session.createdAt,
    expiresAt: instance.store.now() + codeLifetime,
  })
  return { kind: 'redirect', url: answerUrl(request, { code }) }
}

function refused(request: AuthorizationRequest, error: string): AuthorizationAnswer {
  return { kind: 'redirect', url: answerUrl(request, { error }) }
}
