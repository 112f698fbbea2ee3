// Sessions of the browser's client: touch, end, tokens.

import { closeSession } from '../../directory/sessions/close-sessions.ts'
import { completeSessionTasks } from '../../directory/sessions/complete-session-tasks.ts'
import { requireMemberOf } from '../../directory/organizations/require-permitted.ts'
import { mintSessionToken, mintTemplateToken, type MintRequest } from '../../tokens/minting/mint-token.ts'
import { optionalText } from '../../parameters/body.ts'
import { changeClient } from '../../state/sessions/clients.ts'
import { putSessionActivity } from '../../state/sessions/session-activities.ts'
import { changeSession, requireSession, type Session } from '../../state/sessions/sessions.ts'
import type { OpenSession } from '../../state/sessions/shared-reads/browser-clients.ts'
import type { Store } from '../../state/database/store.ts'
import {
  bare,
  type ClientRequest,
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
} from '../frontend-request.ts'
import { requireClientSession } from '../serving/require-client-session.ts'
import { sessionResource } from '../resources/session.ts'

const path = '/v1/client/sessions/:session_id'

export const sessionEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path, access: 'client', answer: sessionAnswer },
  { method: 'POST', path: `${path}/touch`, access: 'client', answer: touch },
  { method: 'POST', path: `${path}/end`, access: 'client', answer: (request) => close(request, 'ended') },
  { method: 'POST', path: `${path}/remove`, access: 'client', answer: (request) => close(request, 'removed') },
  { method: 'POST', path: `${path}/tokens`, access: 'client', answer: token },
  { method: 'POST', path: `${path}/tokens/:template`, access: 'client', answer: tokenByTemplate },
]

async function sessionAnswer(request: ClientRequest): Promise<FrontendAnswer> {
  const session = requireClientSession(request)
  return resource(await sessionResource(request.instance, session, request.origin))
}

/** Marks the session as the client's active one and, when the form names one, switches its organization. */
async function touch(request: ClientRequest): Promise<FrontendAnswer> {
  const { instance, client, origin } = request
  const session = requireClientSession(request)
  await request.store.atomically(async (store) => {
    const active_organization_id = await switchedOrganization(request, store, session)
    await changeSession(store, session.id, { active_organization_id, last_active_at: store.now() })
    await changeClient(store, client.id, { last_active_session_id: session.id })
    await putSessionActivity(store, session.id, request)
    await completeSessionTasks(instance, store, session.id)
  })
  return resource(await sessionResource(instance, await requireSession(request.store, session.id), origin))
}

/** The organization to switch to; `undefined` leaves it, null is the personal account, which forced selection does not allow. */
async function switchedOrganization(
  { instance, form }: ClientRequest,
  store: Store,
  session: Session,
): Promise<string | null | undefined> {
  const asked = optionalText(form, 'active_organization_id')
  if (asked === undefined) return undefined
  if (asked === '' || asked === null) {
    return (await instance.snapshot()).settings.organizations.forceSelection ? undefined : null
  }
  return (await requireMemberOf(store, asked, session.userId)).organization.id
}

async function close(request: ClientRequest, how: 'ended' | 'removed'): Promise<FrontendAnswer> {
  const { instance, store, origin } = request
  const session = requireClientSession(request)
  return resource(await sessionResource(instance, await closeSession(store, session.id, how), origin))
}

async function token(request: ClientRequest): Promise<FrontendAnswer> {
  const asked = optionalText(request.form, 'organization_id')
  const organizationId = asked === undefined ? undefined : asked || null
  const mint = { ...mintRequest(requireClientSession(request), request), organizationId }
  return bare({ object: 'token', jwt: await mintSessionToken(request.instance, mint) })
}

async function tokenByTemplate(request: ClientRequest): Promise<FrontendAnswer> {
  const mint = mintRequest(requireClientSession(request), request)
  return bare({ object: 'token', jwt: await mintTemplateToken(request.instance, pathValue(request, 'template'), mint) })
}

function mintRequest({ id, subject }: OpenSession, { origin }: ClientRequest): MintRequest {
  return { sessionId: id, subject, lifetimeSeconds: null, authorizedParty: origin }
}
