// What the default claims of session tokens say, for any number of sessions in one prepared statement. Minting
// asks for nothing more unless a custom claim does; see token-subject.ts for the rest.

import type { SessionSubject } from '../../../tokens/token-subject.ts'
import type { Store } from '../../database/store.ts'

/** A subject as the columns of a row. */
export interface SubjectRow extends Omit<SessionSubject, 'user' | 'organization'> {
  readonly userId: string
  readonly organizationId: string | null
  readonly slug: string
  readonly role: string
  readonly permissions: readonly string[]
}

/** To the session `s`: its user `u`, and the organization `o` that is active with her membership `m`, if she has one. */
export const subjectJoins = /* sql */ `
  left join clerk.users u on u.instance_id = s.instance_id and u.id = s.user_id
  left join clerk.organization_memberships m on m.instance_id = s.instance_id
    and m.organization_id = s.active_organization_id and m.user_id = s.user_id
  left join clerk.organizations o on o.instance_id = m.instance_id and o.id = m.organization_id`

/**
 * The permissions of the roles that rows of `subject` have, gathered once for all sessions that are in a role; system
 * permissions are in no token.
 */
export const grantedPermissions = /* sql */ `granted as materialized (
  select r.key, array_agg(k.key) as permissions
  from clerk.roles r
  join clerk.role_permissions g on g.instance_id = r.instance_id and g.role_id = r.id
  join clerk.permissions k on k.instance_id = g.instance_id and k.id = g.permission_id
  where r.instance_id = $1 and r.key in (select role from subject) and k.key not like 'org:sys\\_%'
  group by r.key
)`

const text = /* sql */ `
with subject as materialized (
  select s.id, s.status, s.first_factor_verified_at, s.second_factor_verified_at, s.actor, s.user_id,
    o.id as organization_id, o.slug, m.role
  from clerk.sessions s ${subjectJoins}
  where s.instance_id = $1 and s.id = any($2) and s.status in ('active', 'pending')
    and s.expire_at > $3 and s.abandon_at > $3 and not u.banned
), ${grantedPermissions}
select s.id as "sessionId", s.status as "sessionStatus", s.first_factor_verified_at as "firstFactorVerifiedAt",
  s.second_factor_verified_at as "secondFactorVerifiedAt", s.actor, s.user_id as "userId",
  s.organization_id as "organizationId", s.slug, s.role, coalesce(g.permissions, '{}') as permissions
from subject s left join granted g on g.key = s.role`

/** The sessions of these ids that tokens may be minted for, by id: not over, and not of a banned user. */
export async function readSessionSubjects(
  store: Store,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, SessionSubject>> {
  const rows = await store.db.query<SubjectRow>(
    text,
    [store.instanceId, sessionIds, store.now()],
    'clerk-session-subjects',
  )
  return new Map(rows.map((row) => [row.sessionId, subjectOf(row)]))
}

/** What a row tells. */
export function subjectOf(row: SubjectRow): SessionSubject {
  const { organizationId, slug, role, permissions } = row
  return {
    sessionId: row.sessionId,
    sessionStatus: row.sessionStatus,
    firstFactorVerifiedAt: row.firstFactorVerifiedAt,
    secondFactorVerifiedAt: row.secondFactorVerifiedAt,
    actor: row.actor,
    user: { id: row.userId },
    organization: organizationId === null ? null : { id: organizationId, slug, role, permissions },
  }
}
