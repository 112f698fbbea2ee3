// POST /sessions/:id/refresh. Every refusal is a 401, which sends the SDKs back to the handshake.

import { cookieSuffix, longLived, setCookie } from '../../browser/cookies.ts'
import { mintSessionToken } from '../../tokens/minting/mint-token.ts'
import { requireRefreshToken, requireSpentSessionToken } from '../../tokens/minting/refresh-tokens.ts'
import { type Body, optionalChoice, optionalText, requireBody } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { requireSession } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const refreshSessionEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/sessions/:session_id/refresh', answer: refreshSession },
]

const parameters = [
  'expired_token',
  'refresh_token',
  'request_origin',
  'request_headers',
  'request_originating_ip',
  'format',
  'suffixed_cookies',
]

async function refreshSession(request: BackendRequest): Promise<object> {
  const { instance, store } = request
  const body = requireBody(request.body, parameters)
  const sessionId = pathValue(request, 'session_id')
  const [expired, refresh, origin] = ['expired_token', 'refresh_token', 'request_origin'].map((name) =>
    shown(body, name),
  )
  requireRefreshToken(instance, sessionId, refresh ?? '')
  await requireSpentSessionToken(instance, sessionId, expired ?? '')
  await requireOpen(store, sessionId)
  const jwt = await mintSessionToken(instance, { sessionId, lifetimeSeconds: null, authorizedParty: origin ?? null })
  if (optionalChoice(body, 'format', ['token', 'cookie']) !== 'cookie') return { object: 'token', jwt }
  const attributes = { maxAge: longLived, secure: origin?.startsWith('https:') ?? false }
  const names = ['__session', `__session_${cookieSuffix(instance.publishableKey)}`]
  return { object: 'cookies', cookies: names.map((name) => setCookie(name, jwt, attributes)) }
}

function shown(body: Body, param: string): string {
  const text = optionalText(body, param)
  if (text === undefined || text === null || text === '')
    throw new ClerkRefusal('session_refresh_refused', { what: param })
  return text
}

async function requireOpen(store: Store, sessionId: string): Promise<void> {
  const { status } = await requireSession(store, sessionId)
  if (status !== 'active') throw new ClerkRefusal('session_refresh_refused', { what: `session, which is ${status}` })
}
