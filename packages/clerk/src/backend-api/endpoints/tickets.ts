// The endpoints that make tickets: sign-in tokens, actor tokens for impersonation, and the testing token.

import {
  mintTestingToken,
  mintTicket,
  type TicketKind,
  type TicketSource,
  ticketUrl,
} from '../../tokens/minting/mint-tickets.ts'
import {
  type Body,
  optionalInteger,
  optionalObject,
  optionalText,
  requireBody,
  requireText,
} from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { actorTokenResource, signInTokenResource } from '../../resources/ticket.ts'
import { insertActorToken, revokeActorToken } from '../../state/sessions/actor-tokens.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { requireMembership } from '../../state/organizations/memberships.ts'
import { requireOrganization } from '../../state/organizations/organizations.ts'
import { insertSignInToken, revokeSignInToken } from '../../state/sessions/sign-in-tokens.ts'
import { requireUser } from '../../state/people/users.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const ticketEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/testing_tokens', answer: createTestingToken },
  { method: 'POST', path: '/sign_in_tokens', answer: createSignInToken },
  { method: 'POST', path: '/sign_in_tokens/:token_id/revoke', answer: revokeSignIn },
  { method: 'POST', path: '/actor_tokens', answer: createActorToken },
  { method: 'POST', path: '/actor_tokens/:token_id/revoke', answer: revokeActor },
]

/** Seconds, as the Backend API's parameters have them. */
const longest = 315_360_000
const signInTokenLifetime = 2_592_000
const actorTokenLifetime = 3600
const impersonationLifetime = 1800

async function createTestingToken({ instance }: BackendRequest): Promise<object> {
  const { token, expiresAt } = mintTestingToken(instance)
  return { object: 'testing_token', token, expires_at: expiresAt }
}

async function createSignInToken(request: BackendRequest): Promise<object> {
  const { instance, store, body } = request
  const read = requireBody(body, ['user_id', 'org_id', 'expires_in_seconds'])
  const user = await requireUser(store, requireText(read, 'user_id'))
  const lifetime = optionalInteger(read, 'expires_in_seconds', 1, longest) ?? signInTokenLifetime
  const organizationId = await organizationOf(request, user.id, optionalText(read, 'org_id') || null)
  const token = await insertSignInToken(store, { userId: user.id, organizationId, lifetimeSeconds: lifetime })
  return signInTokenResource(token, await ticketOf(instance, 'sign_in_token', token))
}

/** The organization to begin in. Refuses one the user is no member of, and any where the instance has none. */
async function organizationOf(
  { instance, store }: BackendRequest,
  userId: string,
  asked: string | null,
): Promise<string | null> {
  if (asked === null) return null
  const { organizations } = (await instance.snapshot()).settings
  if (!organizations.enabled) throw new ClerkRefusal('organization_not_enabled_in_instance', {})
  const { id } = await requireOrganization(store, asked)
  await requireMembership(store, id, userId)
  return id
}

async function revokeSignIn(request: BackendRequest): Promise<object> {
  return signInTokenResource(await revokeSignInToken(request.store, pathValue(request, 'token_id')), null)
}

async function createActorToken({ instance, store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['user_id', 'actor', 'expires_in_seconds', 'session_max_duration_in_seconds'])
  const user = await requireUser(store, requireText(read, 'user_id'))
  const lifetime = optionalInteger(read, 'expires_in_seconds', 1, longest) ?? actorTokenLifetime
  const duration = optionalInteger(read, 'session_max_duration_in_seconds', 1, longest) ?? impersonationLifetime
  const token = await insertActorToken(store, {
    userId: user.id,
    actor: requireActor(read),
    lifetime: lifetime * 1000,
    sessionLifetime: duration * 1000,
  })
  return actorTokenResource(token, await ticketOf(instance, 'actor_token', token))
}

async function revokeActor(request: BackendRequest): Promise<object> {
  return actorTokenResource(await revokeActorToken(request.store, pathValue(request, 'token_id')), null)
}

/** Who impersonates. Goes into session tokens whole, so it has to have the `sub` that RFC 8693 asks of `act`. */
function requireActor(body: Body): JsonObject {
  const actor = optionalObject(body, 'actor')
  if (actor === undefined || actor === null) throw new ClerkRefusal('form_param_missing', { param: 'actor' })
  if (typeof actor['sub'] !== 'string' || actor['sub'] === '') {
    throw new ClerkRefusal('form_param_format_invalid', { param: 'actor', expected: 'an object with a text `sub`' })
  }
  return actor
}

async function ticketOf(
  instance: Instance,
  kind: TicketKind,
  source: TicketSource,
): Promise<{ token: string; url: string }> {
  const token = await mintTicket(instance, kind, source)
  return { token, url: ticketUrl(instance, token) }
}
