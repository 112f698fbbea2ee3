// The handshake: an application's server that cannot tell who asks sends the browser here, and gets it back with the
// cookies it lacks.

import { changeSession, sessionsOnClient } from '../../state/sessions/sessions.ts'
import { requireMembership } from '../../state/organizations/memberships.ts'
import { requireOrganization } from '../../state/organizations/organizations.ts'
import { bindDevBrowser, insertDevBrowser } from '../../state/sessions/dev-browsers.ts'
import { insertHandshake } from '../../state/sessions/handshakes.ts'
import { mintHandshakeToken } from '../../tokens/minting/mint-handshake.ts'
import { mintRefreshToken } from '../../tokens/minting/refresh-tokens.ts'
import { mintSessionToken } from '../../tokens/minting/mint-token.ts'
import { bothNames, uatOf } from '../../browser/client-uat.ts'
import { cookieSuffix, longLived, setCookie } from '../../browser/cookies.ts'
import { makeBrowserClient } from '../../browser/find-client.ts'
import { requireRedirectUrl } from '../../browser/page-origin.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { Session } from '../../state/sessions/sessions.ts'
import { type FrontendAnswer, type FrontendEndpoint, type FrontendRequest, redirect } from '../frontend-request.ts'

export const handshakeEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: '/v1/client/handshake', access: 'open', answer: handshake },
  { method: 'GET', path: '/v1/client/touch', access: 'open', answer: touchClient },
]

/** Where the cookies go while the browser is on its way. */
const nonceName = '__clerk_handshake_nonce'

async function handshake(request: FrontendRequest): Promise<FrontendAnswer> {
  const { instance, query } = request
  const target = await requireRedirectUrl(query.get('redirect_url'), 'redirect_url', instance, request.headers)
  const active = await activeSession(request)
  const session = active === null ? null : await switched(request, active)
  const directives = await directivesFor(request, session, target)
  if (query.get('format') !== 'nonce') {
    target.searchParams.set('__clerk_handshake', await mintHandshakeToken(instance, directives))
    return redirect(target)
  }
  const nonce = await insertHandshake(instance.store, directives)
  if (!instance.isDevelopment) return redirect(target, [setCookie(nonceName, nonce, { maxAge: 60, httpOnly: true })])
  target.searchParams.set(nonceName, nonce)
  return redirect(target)
}

async function activeSession({ store, client }: FrontendRequest): Promise<Session | null> {
  if (client === null) return null
  const open = await sessionsOnClient(store, client.id)
  return open.find(({ id }) => id === client.lastActiveSessionId) ?? open[0] ?? null
}

/** Follows the organization that the address asked for; one that cannot be active changes nothing. */
async function switched({ store, query }: FrontendRequest, session: Session): Promise<Session> {
  const asked = query.get('organization_id')
  if (asked === null) return session
  try {
    const organization = asked === '' ? null : await requireOrganization(store, asked)
    if (organization !== null) await requireMembership(store, organization.id, session.userId)
    const activeOrganizationId = organization?.id ?? null
    await changeSession(store, session.id, { active_organization_id: activeOrganizationId })
    return { ...session, activeOrganizationId }
  } catch (error) {
    if (error instanceof ClerkRefusal) return session
    throw error
  }
}

/** Every cookie the SDKs keep, under both of its names, as `Set-Cookie` values for the application's own host. */
async function directivesFor(
  request: FrontendRequest,
  session: Session | null,
  target: URL,
): Promise<readonly string[]> {
  const { instance, client } = request
  const token =
    session === null
      ? null
      : await mintSessionToken(instance, {
          sessionId: session.id,
          lifetimeSeconds: null,
          authorizedParty: target.origin,
        })
  const uat = session === null || client === null ? '0' : uatOf(client.updatedAt)
  const secure = target.protocol === 'https:'
  const session_ = token === null ? { value: '', maxAge: 0 } : { value: token, maxAge: longLived }
  return [
    ...bothNames(instance, '__session', session_.value, { maxAge: session_.maxAge, secure }),
    refreshCookie(instance, session, secure),
    ...bothNames(instance, '__client_uat', uat, { maxAge: longLived, secure }),
    ...(instance.isDevelopment
      ? bothNames(instance, '__clerk_db_jwt', await devBrowserFor(request), { maxAge: longLived, secure })
      : [setCookie(nonceName, '', { maxAge: 0 })]),
  ]
}

/** Lets the application's server refresh the session without another handshake; the SDKs read its suffixed name alone. */
function refreshCookie(instance: Instance, session: Session | null, secure: boolean): string {
  const name = `__refresh_${cookieSuffix(instance.publishableKey)}`
  if (session === null) return setCookie(name, '', { maxAge: 0, httpOnly: true, secure })
  return setCookie(name, mintRefreshToken(instance, session.id), { maxAge: longLived, httpOnly: true, secure })
}

/** The browser's own dev browser, or a new one that is bound to its client. */
async function devBrowserFor(request: FrontendRequest): Promise<string> {
  const known = request.query.get('__clerk_db_jwt')
  if (known !== null) return known
  const token = await insertDevBrowser(request.store)
  if (request.client === null) {
    await makeBrowserClient(request.instance, { devBrowserToken: token, cookies: request.cookies }, request.headers)
  } else {
    await bindDevBrowser(request.store, token, request.client.id)
  }
  return token
}

/** Keeps the client's cookie from running out. Ours last a year and are renewed whenever they are read, so the way back is all there is. */
async function touchClient(request: FrontendRequest): Promise<FrontendAnswer> {
  const { instance, query, headers } = request
  return redirect(await requireRedirectUrl(query.get('redirect_url'), 'redirect_url', instance, headers))
}
