// Sessions: a person signed in on one client. Expiry is read from the clock, so nothing has to sweep.

import { notFound } from '../../refusal/not-found.ts'
import type { Json } from '../../tokens/json.ts'
import { newId } from '../database/ids.ts'
import { type Listed, type Page, readPage } from '../database/page.ts'
import { assignments, bindings, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export type SessionStatus =
  | 'active'
  | 'pending'
  | 'ended'
  | 'removed'
  | 'revoked'
  | 'expired'
  | 'abandoned'
  | 'replaced'

export const sessionStatuses: readonly SessionStatus[] = [
  'active',
  'pending',
  'ended',
  'removed',
  'revoked',
  'expired',
  'abandoned',
  'replaced',
]

/** A session. Times are Unix milliseconds. */
export interface Session {
  readonly id: string
  readonly userId: string
  readonly clientId: string
  readonly status: SessionStatus
  readonly actor: Json
  readonly activeOrganizationId: string | null
  /** When each factor was last verified; null for never. */
  readonly firstFactorVerifiedAt: number | null
  readonly secondFactorVerifiedAt: number | null
  readonly lastActiveAt: number
  readonly expireAt: number
  readonly abandonAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

export interface SessionFilter {
  readonly userId?: string | undefined
  readonly clientId?: string | undefined
  readonly status?: SessionStatus | undefined
}

/** A factor of authentication; each has its own age in a token's `fva`. */
export type Factor = 'first' | 'second'

const day = 86_400_000
const lifetime = 7 * day
const abandonedAfter = 30 * day

/** The status now: an active session past its time is expired. `$2` must be the present. */
export const statusNow = /* sql */ `case
  when s.status in ('active', 'pending') and s.expire_at <= $2 then 'expired'
  when s.status in ('active', 'pending') and s.abandon_at <= $2 then 'abandoned'
  else s.status end`

/** The columns of a session `s`, as `Session` names them. `$2` must be the present. */
export const sessionColumns = /* sql */ `
  s.id, s.user_id as "userId", s.client_id as "clientId", ${statusNow} as status, s.actor,
  s.active_organization_id as "activeOrganizationId", s.first_factor_verified_at as "firstFactorVerifiedAt",
  s.second_factor_verified_at as "secondFactorVerifiedAt", s.last_active_at as "lastActiveAt", s.expire_at as "expireAt",
  s.abandon_at as "abandonAt", s.created_at as "createdAt", s.updated_at as "updatedAt"`

/** How a session begins. */
export interface NewSession {
  readonly userId: string
  /** An organization's id, null for the personal account. */
  readonly activeOrganizationId: string | null
  /** The browser's client; a session without one gets a client id that is nobody's. */
  readonly clientId?: string | undefined
  /** `pending` while session tasks are open. */
  readonly status?: 'active' | 'pending' | undefined
  /** Who impersonates the user. */
  readonly actor?: Json | undefined
  /** A second factor was verified as well. */
  readonly secondFactorVerified?: boolean | undefined
  /** Milliseconds until it expires; seven days when left out. */
  readonly lifetime?: number | undefined
}

/** Opens a session whose first factor was verified just now, and marks the sign-in on the user. */
export async function insertSession(store: Store, session: NewSession): Promise<string> {
  const id = newId('sess')
  const now = store.now()
  const { text, values } = insertion('clerk.sessions', {
    instance_id: store.instanceId,
    id,
    user_id: session.userId,
    client_id: session.clientId ?? newId('client'),
    status: session.status ?? 'active',
    actor: session.actor ?? undefined,
    active_organization_id: session.activeOrganizationId,
    first_factor_verified_at: now,
    second_factor_verified_at: session.secondFactorVerified === true ? now : null,
    last_active_at: now,
    expire_at: now + (session.lifetime ?? lifetime),
    abandon_at: now + abandonedAfter,
    created_at: now,
    updated_at: now,
  })
  await store.db.query(text, values)
  await store.db.query(
    'update clerk.users set last_sign_in_at = $3, last_active_at = $3 where instance_id = $1 and id = $2',
    [store.instanceId, session.userId, now],
  )
  return id
}

/** The organization a new session of the user starts in: the one she joined last, or none. */
export async function latestOrganizationOf(store: Store, userId: string): Promise<string | null> {
  const [latest] = await store.db.query<{ id: string }>(
    `select organization_id as id from clerk.organization_memberships
     where instance_id = $1 and user_id = $2 order by created_at desc, position desc limit 1`,
    [store.instanceId, userId],
  )
  return latest?.id ?? null
}

/** The session. Refuses an unknown id. */
export async function requireSession(store: Store, id: string): Promise<Session> {
  const [session] = await store.db.query<Session>(
    `select ${sessionColumns} from clerk.sessions s where s.instance_id = $1 and s.id = $3`,
    [store.instanceId, store.now(), id],
  )
  if (session === undefined) throw notFound('session', id)
  return session
}

/** One page of the sessions that pass, newest first, and how many pass. */
export async function listSessions(store: Store, filter: SessionFilter, page: Page): Promise<Listed<Session>> {
  const bound = bindings(store.instanceId, store.now())
  const where = [
    's.instance_id = $1',
    // Takes `$2` in the count as well, where no column mentions it.
    `(${statusNow}) is not null`,
    ...(filter.userId === undefined ? [] : [`s.user_id = ${bound.bind(filter.userId)}`]),
    ...(filter.clientId === undefined ? [] : [`s.client_id = ${bound.bind(filter.clientId)}`]),
    ...(filter.status === undefined ? [] : [`(${statusNow}) = ${bound.bind(filter.status)}`]),
  ].join(' and ')
  const from = `from clerk.sessions s where ${where}`
  return readPage(store, { columns: sessionColumns, from, orderBy: 's.created_at desc, s.position desc' }, bound, page)
}

/** How an open session is closed: signed out, signed out and forgotten, or by somebody else. */
export type Closing = 'ended' | 'removed' | 'revoked'

/** Closes a session that is still open; false when it was over already or is unknown. */
export async function closeSession(store: Store, id: string, closing: Closing): Promise<boolean> {
  const closed = await store.db.query(
    `update clerk.sessions s set status = $4, updated_at = $2
     where s.instance_id = $1 and s.id = $3 and (${statusNow}) in ('active', 'pending') returning 1`,
    [store.instanceId, store.now(), id, closing],
  )
  return closed.length > 0
}

/** Ids of a user's open sessions, the oldest first. */
export async function openSessionsOf(store: Store, userId: string): Promise<readonly string[]> {
  const rows = await store.db.query<{ id: string }>(
    `select s.id from clerk.sessions s
     where s.instance_id = $1 and s.user_id = $3 and (${statusNow}) in ('active', 'pending') order by s.position`,
    [store.instanceId, store.now(), userId],
  )
  return rows.map(({ id }) => id)
}

/** Records that a factor was verified now, so that its age in `fva` starts again at 0. Refuses an unknown session. */
export async function verifyFactor(store: Store, sessionId: string, factor: Factor): Promise<void> {
  const [updated] = await store.db.query(
    `update clerk.sessions set ${factor}_factor_verified_at = $3, updated_at = $3
     where instance_id = $1 and id = $2 returning id`,
    [store.instanceId, sessionId, store.now()],
  )
  if (updated === undefined) throw notFound('session', sessionId)
}

/** The open sessions of a client, the newest first. */
export async function sessionsOnClient(store: Store, clientId: string): Promise<readonly Session[]> {
  return await store.db.query<Session>(
    `select ${sessionColumns} from clerk.sessions s
     where s.instance_id = $1 and s.client_id = $3 and (${statusNow}) in ('active', 'pending')
     order by s.created_at desc, s.position desc`,
    [store.instanceId, store.now(), clientId],
    'clerk-client-sessions',
  )
}

/** What a request changes about an open session. `undefined` leaves a column alone. */
export interface SessionColumns {
  readonly active_organization_id?: string | null | undefined
  readonly last_active_at?: number | undefined
  readonly status?: 'active' | 'pending' | undefined
}

/** Changes a session. */
export async function changeSession(store: Store, id: string, change: SessionColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  await store.db.query(`update clerk.sessions set ${set} where instance_id = $1 and id = $2`, bound.values)
}
