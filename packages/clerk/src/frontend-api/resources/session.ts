// Sessions as their own browser sees them.

import { mintSessionToken } from '../../tokens/minting/mint-token.ts'
import { sessionTasks } from '../../directory/sessions/session-tasks.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { Session } from '../../state/sessions/sessions.ts'
import { minutesSince } from '../../tokens/session-claims.ts'
import { publicUserData, readProfile, userResource } from './user.ts'

/** A session with its user and, while it is open, a fresh token. `origin` becomes the token's `azp`. */
export async function sessionResource(instance: Instance, session: Session, origin: string | null): Promise<object> {
  const { store } = instance
  const open = session.status === 'active' || session.status === 'pending'
  const [profile, token, { settings }] = await Promise.all([
    readProfile(store, session.userId),
    open ? mintSessionToken(instance, { sessionId: session.id, lifetimeSeconds: null, authorizedParty: origin }) : null,
    instance.snapshot(),
  ])
  const tasks = session.status === 'pending' ? await sessionTasks(store, settings, session) : []
  return {
    object: 'session',
    id: session.id,
    status: session.status,
    expire_at: session.expireAt,
    abandon_at: session.abandonAt,
    last_active_at: session.lastActiveAt,
    last_active_organization_id: session.activeOrganizationId,
    factor_verification_age: [
      minutesSince(session.firstFactorVerifiedAt, store.now()),
      minutesSince(session.secondFactorVerifiedAt, store.now()),
    ],
    actor: session.actor,
    tasks: tasks.length === 0 ? null : tasks.map((key) => ({ key })),
    user: userResource(profile, store),
    public_user_data: publicUserData(profile.user, store),
    last_active_token: token === null ? null : { object: 'token', jwt: token },
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  }
}
