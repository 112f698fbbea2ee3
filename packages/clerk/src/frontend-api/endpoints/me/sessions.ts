// The devices somebody is signed in on.

import { closeSession } from '../../../directory/sessions/close-sessions.ts'
import { notFound } from '../../../refusal/not-found.ts'
import { sessionResource } from '../../../resources/session.ts'
import { activitiesOf } from '../../../state/sessions/session-activities.ts'
import { listSessions, requireSession } from '../../../state/sessions/sessions.ts'
import {
  bare,
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { sessionWithActivity } from '../../resources/session-with-activity.ts'
import { reverified } from '../../reverification/reverified.ts'

export const deviceEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: '/v1/me/sessions', access: 'session', answer: all },
  { method: 'GET', path: '/v1/me/sessions/active', access: 'session', answer: active },
  { method: 'POST', path: '/v1/me/sessions/:session_id/revoke', access: 'session', answer: reverified(revoke) },
]

/** More than a person has devices. */
const mostSessions = 500

async function all({ store, session: { userId } }: SessionRequest): Promise<FrontendAnswer> {
  const { items } = await listSessions(store, { userId }, { limit: mostSessions, offset: 0 })
  return bare(items.map(sessionResource))
}

/** A bare array: the SDK reads it so. */
async function active({ store, session: { userId } }: SessionRequest): Promise<FrontendAnswer> {
  const { items } = await listSessions(store, { userId }, { limit: mostSessions, offset: 0 })
  const open = items.filter(({ status }) => status === 'active' || status === 'pending')
  const activities = await activitiesOf(
    store,
    open.map(({ id }) => id),
  )
  return bare(open.map((session) => sessionWithActivity(session, activities.get(session.id))))
}

/** Ends one of her own sessions. Somebody else's is as good as unknown. */
async function revoke(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, session } = request
  const id = pathValue(request, 'session_id')
  const target = await requireSession(store, id)
  if (target.userId !== session.userId) throw notFound('session', id)
  const closed = await closeSession(store, id, 'revoked')
  const activities = await activitiesOf(store, [id])
  return resource(sessionWithActivity(closed, activities.get(id)))
}
