// Sessions on a browser's client: opened at the end of a sign-up or sign-in, closed by signing out. Each change tells
// the client when its set of sessions changed, because servers compare that moment with the age of a token.

import { changeClient, type Client } from '../../state/sessions/clients.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { findMembership } from '../../state/organizations/memberships.ts'
import { putSessionActivity } from '../../state/sessions/session-activities.ts'
import { latestOrganizationOf, sessionsOnClient } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import type { Json } from '../../tokens/json.ts'
import { closeSession } from './close-sessions.ts'
import { openSession } from './open-session.ts'
import { sessionTasks } from './session-tasks.ts'

/** Who signed in, how, and from where. */
export interface SignedIn {
  readonly userId: string
  readonly client: Client
  /** For `last_authentication_strategy`: `password`, `email_code`, `oauth_google` … */
  readonly strategy: string
  readonly secondFactorVerified: boolean
  /** Who impersonates the user. */
  readonly actor?: Json | undefined
  /** Milliseconds until the session expires; the instance's own when left out. */
  readonly lifetime?: number | undefined
  /** What the session is to be active in; the organization she joined last when left out, or when she is no member. */
  readonly organizationId?: string | null | undefined
  readonly ipAddress: string
  readonly userAgent: string
}

/**
 * Opens a session and makes it the client's active one. Pending while the instance has tasks for the user. Refuses a
 * banned one. Call it inside the transaction of the sign-in or sign-up.
 */
export async function openClientSession(instance: Instance, store: Store, signedIn: SignedIn): Promise<string> {
  const { userId, client, strategy, secondFactorVerified, actor, lifetime } = signedIn
  const { settings } = await instance.snapshot()
  if (settings.authentication.singleSession) await closeClientSessions(store, client.id, 'ended')
  const activeOrganizationId = await startingOrganization(store, signedIn)
  const tasks = await sessionTasks(store, settings, { userId, activeOrganizationId })
  const id = await openSession(store, {
    userId,
    activeOrganizationId,
    clientId: client.id,
    status: tasks.length === 0 ? 'active' : 'pending',
    secondFactorVerified,
    actor,
    lifetime,
  })
  await putSessionActivity(store, id, signedIn)
  await changeClient(store, client.id, {
    last_active_session_id: id,
    last_authentication_strategy: strategy,
    updated_at: store.now(),
  })
  return id
}

async function startingOrganization(store: Store, { userId, organizationId }: SignedIn): Promise<string | null> {
  const wanted = organizationId ? await findMembership(store, organizationId, userId) : null
  return wanted?.organization.id ?? (await latestOrganizationOf(store, userId))
}

/** Closes every session of a client. Call it inside a transaction. */
export async function closeClientSessions(
  store: Store,
  clientId: string,
  how: 'ended' | 'removed' | 'revoked',
): Promise<void> {
  for (const session of await sessionsOnClient(store, clientId)) await closeSession(store, session.id, how)
}
