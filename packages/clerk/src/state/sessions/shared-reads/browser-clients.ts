// The clients of browsers, each with the sessions that are open on it and what their tokens say: for any number of
// browsers in one prepared statement, because nearly every request of a browser needs all of it.

import type { OrganizationGrant, SessionSubject } from '../../../tokens/token-subject.ts'
import { secretDigest } from '../../database/secret-digest.ts'
import type { Store } from '../../database/store.ts'
import type { Client } from '../clients.ts'
import { type Session, sessionColumns, statusNow } from '../sessions.ts'
import { grantedPermissions, subjectJoins, subjectOf, type SubjectRow } from './session-subjects.ts'

/** A session that is open. */
export interface OpenSession extends Session {
  readonly status: 'active' | 'pending'
  /** What its tokens say by default; null where its user is banned, so that there are none. */
  readonly subject: SessionSubject | null
}

/** A client as a request finds it. */
export interface BrowserClient extends Client {
  /** Those open when the request came, the newest first. */
  readonly sessions: readonly OpenSession[]
}

/** What a browser shows of itself: the `__client` cookie, or the dev browser in the URL. */
type Shown = 'cookie' | 'devBrowser'

/** One open session, or one browser without any. What a browser without a client lacks is null. */
interface BrowserRow extends Omit<Client, 'id' | 'createdAt' | 'updatedAt'>, Omit<OpenSession, 'id' | 'subject'> {
  readonly shown: Buffer
  readonly ofClient: string | null
  readonly clientCreatedAt: number
  readonly clientUpdatedAt: number
  readonly id: string | null
  readonly banned: boolean
  readonly organizationId: string | null
  readonly slug: string
  readonly role: string
  readonly permissions: OrganizationGrant['permissions']
}

const browsers: Readonly<Record<Shown, string>> = {
  cookie: /* sql */ `
    select c.token_digest as shown, c.* from clerk.clients c
    where c.instance_id = $1 and c.token_digest = any($3)`,
  devBrowser: /* sql */ `
    select d.token_digest as shown, c.* from clerk.dev_browsers d
    left join clerk.clients c on c.instance_id = d.instance_id and c.id = d.client_id
    where d.instance_id = $1 and d.token_digest = any($3)`,
}

const textOf = (shown: Shown): string => /* sql */ `
with browser as (${browsers[shown]}
), subject as materialized (
  select b.shown, b.id as "ofClient", b.last_active_session_id as "lastActiveSessionId",
    b.last_authentication_strategy as "lastAuthenticationStrategy", b.sign_in_id as "signInId",
    b.sign_up_id as "signUpId", b.created_at as "clientCreatedAt", b.updated_at as "clientUpdatedAt",
    ${sessionColumns}, s.position, u.banned, o.id as "organizationId", o.slug, m.role
  from browser b
  left join clerk.sessions s on s.instance_id = $1 and s.client_id = b.id and (${statusNow}) in ('active', 'pending')
  ${subjectJoins}
), ${grantedPermissions}
select s.*, coalesce(g.permissions, '{}') as permissions
from subject s left join granted g on g.key = s.role
order by s."createdAt" desc, s.position desc`

const texts: Readonly<Record<Shown, string>> = { cookie: textOf('cookie'), devBrowser: textOf('devBrowser') }

/** The clients of browsers by the tokens they show; null for a dev browser that has no client yet. */
export async function readBrowserClients(
  store: Store,
  shown: Shown,
  tokens: readonly string[],
): Promise<ReadonlyMap<string, BrowserClient | null>> {
  const digests = new Map(tokens.map((token) => [secretDigest(token).toString('hex'), token]))
  const rows = await store.db.query<BrowserRow>(
    texts[shown],
    [store.instanceId, store.now(), [...digests.keys()].map((digest) => Buffer.from(digest, 'hex'))],
    `clerk-browser-clients-${shown}`,
  )
  const byToken = Map.groupBy(rows, (row) => digests.get(row.shown.toString('hex')) ?? '')
  return new Map(Array.from(byToken, ([token, own]) => [token, clientOf(own)]))
}

function clientOf(rows: readonly BrowserRow[]): BrowserClient | null {
  const [row] = rows
  if (row === undefined || row.ofClient === null) return null
  return {
    id: row.ofClient,
    lastActiveSessionId: row.lastActiveSessionId,
    lastAuthenticationStrategy: row.lastAuthenticationStrategy,
    signInId: row.signInId,
    signUpId: row.signUpId,
    createdAt: row.clientCreatedAt,
    updatedAt: row.clientUpdatedAt,
    sessions: rows.flatMap((each) => (each.id === null ? [] : [sessionOf(each, each.id)])),
  }
}

function sessionOf(row: BrowserRow, id: string): OpenSession {
  const told: SubjectRow = { ...row, sessionId: id, sessionStatus: row.status }
  return {
    id,
    userId: row.userId,
    clientId: row.clientId,
    status: row.status,
    actor: row.actor,
    activeOrganizationId: row.activeOrganizationId,
    firstFactorVerifiedAt: row.firstFactorVerifiedAt,
    secondFactorVerifiedAt: row.secondFactorVerifiedAt,
    lastActiveAt: row.lastActiveAt,
    expireAt: row.expireAt,
    abandonAt: row.abandonAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    subject: row.banned ? null : subjectOf(told),
  }
}
