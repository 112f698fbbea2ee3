// The endpoints under /sessions, with the minting of tokens.

import { closeSession } from '../../directory/sessions/close-sessions.ts'
import { openSession } from '../../directory/sessions/open-session.ts'
import { mintSessionToken, mintTemplateToken, type MintRequest } from '../../tokens/minting/mint-token.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { requireMembership } from '../../state/organizations/memberships.ts'
import { requireOrganization } from '../../state/organizations/organizations.ts'
import { latestOrganizationOf, listSessions, requireSession, sessionStatuses } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'
import { type Body, optionalInteger, optionalText, requireBody, requireText } from '../../parameters/body.ts'
import { choiceOf, oneValue, pageOf } from '../../parameters/query.ts'
import { maybePaginated } from '../../resources/listing.ts'
import { sessionResource } from '../../resources/session.ts'

export const sessionEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/sessions', answer: createSession },
  { method: 'GET', path: '/sessions', answer: sessionList },
  { method: 'GET', path: '/sessions/:session_id', answer: sessionById },
  { method: 'POST', path: '/sessions/:session_id/revoke', answer: revoke },
  { method: 'POST', path: '/sessions/:session_id/tokens', answer: createToken },
  { method: 'POST', path: '/sessions/:session_id/tokens/:template', answer: createTokenByTemplate },
]

const longestLifetimeSeconds = 315_360_000

/** Opens a session without a sign-in, for tests. Only development instances allow that. */
async function createSession({ instance, store, body }: BackendRequest): Promise<object> {
  if (instance.configured.environment === 'production') {
    throw new ClerkRefusal('request_invalid_for_environment', { environment: 'development' })
  }
  const read = requireBody(body, ['user_id', 'active_organization_id'])
  const userId = requireText(read, 'user_id')
  const id = await store.atomically(async (inner) => {
    await requireUser(inner, userId)
    return openSession(inner, { userId, activeOrganizationId: await startingOrganization(inner, read, userId) })
  })
  return sessionResource(await requireSession(store, id))
}

/** The organization asked for (empty: none), else the one the user joined last. */
async function startingOrganization(store: Store, body: Body, userId: string): Promise<string | null> {
  const asked = optionalText(body, 'active_organization_id')
  if (asked === undefined || asked === null) return latestOrganizationOf(store, userId)
  if (asked === '') return null
  const organization = await requireOrganization(store, asked)
  await requireMembership(store, organization.id, userId)
  return organization.id
}

async function sessionList({ store, query }: BackendRequest): Promise<object> {
  const status = choiceOf(query, 'status', sessionStatuses)
  const filter = { userId: oneValue(query, 'user_id'), clientId: oneValue(query, 'client_id'), status }
  return maybePaginated(query, await listSessions(store, filter, pageOf(query)), sessionResource)
}

async function sessionById(request: BackendRequest): Promise<object> {
  return sessionResource(await requireSession(request.store, pathValue(request, 'session_id')))
}

async function revoke(request: BackendRequest): Promise<object> {
  return sessionResource(await closeSession(request.store, pathValue(request, 'session_id'), 'revoked'))
}

async function createToken(request: BackendRequest): Promise<object> {
  return { object: 'token', jwt: await mintSessionToken(request.instance, mintRequestOf(request)) }
}

async function createTokenByTemplate(request: BackendRequest): Promise<object> {
  const name = pathValue(request, 'template')
  return { object: 'token', jwt: await mintTemplateToken(request.instance, name, mintRequestOf(request)) }
}

function mintRequestOf(request: BackendRequest): MintRequest {
  const body = requireBody(request.body, ['expires_in_seconds'])
  return {
    sessionId: pathValue(request, 'session_id'),
    lifetimeSeconds: optionalInteger(body, 'expires_in_seconds', 1, longestLifetimeSeconds) ?? null,
    authorizedParty: request.origin,
  }
}
